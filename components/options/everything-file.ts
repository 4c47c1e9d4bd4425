import type { Ask } from '../../core/contract/client';
import type { Answer } from '../../core/contract/messages';
import { type CaseTexts, composeEverything } from '../../core/domain/portable-text';

export interface MadeFile {
  name: string;
  file: Blob;
  cases: number;
}

/**
 * Collects a file of everything, some cases with each request.
 * @param onProgress told after each request how many cases there are by then
 * @returns `null`: it was cancelled
 */
export async function collectEverything(
  ask: Ask,
  onProgress: (cases: number) => void,
  signal: AbortSignal,
): Promise<Answer<MadeFile> | null> {
  const pieces: CaseTexts[] = [];
  let cases = 0;
  let after: string | null = null;
  do {
    const part: Awaited<ReturnType<typeof ask<'data.export'>>> = await ask('data.export', { after });
    if (signal.aborted) return null;
    if (!part.ok) return part;
    pieces.push(part.value.texts);
    cases += part.value.cases;
    after = part.value.next;
    onProgress(cases);
  } while (after !== null);
  const rest = await ask('data.export-frame', {});
  if (signal.aborted) return null;
  if (!rest.ok) return rest;
  const { fileName, frame } = rest.value;
  const file = new Blob(composeEverything(frame, pieces), { type: 'application/json' });
  return { ok: true, value: { name: fileName, file, cases } };
}

/** Hands a file to the browser, as a click on a link does. */
export function download({ name, file }: MadeFile): void {
  const link = document.createElement('a');
  link.download = name;
  link.href = URL.createObjectURL(file);
  link.click();
  URL.revokeObjectURL(link.href);
}
