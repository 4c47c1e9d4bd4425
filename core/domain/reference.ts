import { isNewer } from './decide/target';
import type { DeskMessage } from './desk';
import { hashText } from './history';

/** A message as it is searched for before it is sent. */
export interface Marked {
  reference: string;
  visibility: DeskMessage['visibility'];
  /** The newest message of the ticket when the case came to where it is; `null`: none was known. */
  after: string | null;
}

const HALF = 8;

/**
 * The short mark at the end of each message, by which it is found again.
 * @param occasion what every browser that knows the case would send the same for; its half is the same in all of them
 * @param own what makes this message the only one of its kind
 */
export function referenceOf(occasion: string, own: string): string {
  return `[ref:${hashText(occasion).slice(0, HALF)}-${hashText(own).slice(0, HALF)}]`;
}

/**
 * Who has said this in the ticket already: we (the message itself is there), or another browser that knows the case (one
 * for the same occasion is there, and is none of ours). Another's counts only where it ends a message that came after the
 * case came to where it is: what somebody quotes from before says nothing.
 * @param ours references of all that was ever sent for this case from here
 */
export function saidBefore(
  messages: readonly DeskMessage[],
  { reference, visibility, after }: Marked,
  ours: ReadonlySet<string>,
): 'us' | 'another' | null {
  const same = messages.filter((message) => message.visibility === visibility);
  if (same.some(({ text }) => text.includes(reference))) return 'us';
  const occasion = reference.match(/^\[ref:[0-9a-f]+-/)?.[0];
  if (occasion === undefined) return null;
  const others = same.some(({ id, text }) => {
    const last = text.trimEnd().split('\n').at(-1)?.trim() ?? '';
    return isNewer(id, after) && last.startsWith(occasion) && !ours.has(last);
  });
  return others ? 'another' : null;
}
