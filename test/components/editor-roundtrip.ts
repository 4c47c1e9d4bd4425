import { isDeepStrictEqual } from 'node:util';
import { makeEditorState } from '../../components/options/editor/state';
import type { Ask } from '../../core/contract/client';
import { requests } from '../../core/contract/messages';
import type { DraftView } from '../../core/contract/views';
import { builtinTemplates } from '../../core/domain/builtin-templates';
import { checkTemplate, templateFaults } from '../../core/domain/checker';
import { exampleTemplates } from '../../core/domain/example-templates';
import { exportFile, importFile, type PortableContent } from '../../core/domain/portable';
import type { CaseTemplate } from '../../core/domain/template';
import { emptyTemplate, freshId } from '../../core/domain/template-edits';
import { publish } from '../../core/domain/versions';
import { randomCalendar } from '../core/domain/random-template';
import { Random } from '../simulation/random';
import { EDITS } from './random-edits';

const AT = Date.UTC(2026, 5, 1);
const DESKS = [
  { id: 'rt', name: 'RT', kind: null },
  { id: 'redmine', name: 'Redmine', kind: null },
  { id: 'a1b2c3d4-e5f6', name: 'Support desk', kind: 'rt' },
];

export interface RoundTrips {
  templates: number;
  edits: number;
  /** Templates that could be published as they were, and went through a file to share as well. */
  publishable: number;
  /** By what was done, how often. */
  byEdit: Map<string, number>;
  /** What went wrong, each with the seed that shows it again; empty is what is wanted. */
  failures: { seed: number; what: string }[];
}

/**
 * Makes templates in the editor by random edits, and sends each through files: as a draft in a file of everything, and
 * as a template to share. What comes back has to be what the editor had, to the last letter.
 * @param seed of the first template; the next ones have the next seeds, so that each can be tried alone
 * @param progress called now and then with how many are done
 */
export async function roundTrips(
  count: number,
  seed: number,
  progress: (done: RoundTrips) => void = () => undefined,
): Promise<RoundTrips> {
  const result: RoundTrips = {
    templates: 0,
    edits: 0,
    publishable: 0,
    byEdit: new Map(Object.keys(EDITS).map((name) => [name, 0])),
    failures: [],
  };
  for (let n = 0; n < count; n += 1) {
    try {
      await oneTrip(new Random(seed + n), result);
    } catch (error) {
      result.failures.push({ seed: seed + n, what: error instanceof Error ? error.message : String(error) });
    }
    result.templates += 1;
    if (result.templates % 5000 === 0) progress(result);
  }
  return result;
}

async function oneTrip(random: Random, result: RoundTrips): Promise<void> {
  const { template, published } = begun(random);
  const kept: CaseTemplate[] = [];
  const view: DraftView = {
    template,
    published,
    editedAt: null,
    note: '',
    review: { findings: [], changes: [], blocked: null, cases: 0, staying: 0, retired: [], behind: null },
    usage: {},
    versions: [],
    desks: DESKS,
    calendars: [{ id: randomCalendar.id, name: randomCalendar.name }],
  };
  const state = makeEditorState(keeping(kept), view);
  const steps = random.int(1, 60);
  for (let step = 0; step < steps; step += 1) {
    const name = random.pick(Object.keys(EDITS));
    EDITS[name]?.(state, random);
    result.edits += 1;
    result.byEdit.set(name, (result.byEdit.get(name) ?? 0) + 1);
  }
  await state.flush();
  if (state.keeping.peek() !== 'kept') throw new Error(`the draft is not kept: ${state.error.peek()}`);
  const edited = state.template.peek();
  // Nothing was changed, or it was undone again: there is no draft then.
  if (kept.length > 0) same('what is kept', kept.at(-1), edited);

  asDraft(edited, published);
  if (templateFaults(edited).length === 0) shared({ ...edited, version: 1 });
  else refused(edited);
  if (checkTemplate(edited, { calendar: randomCalendar }).some(({ severity }) => severity === 'error')) return;
  const draft = { templateId: edited.id, basedOn: published?.version ?? null, template: edited, editedAt: AT };
  const made = publish(draft, published ? [published] : [], { at: AT, by: null, note: '', calendar: randomCalendar });
  if (!made.ok) return;
  result.publishable += 1;
  shared(made.template);
}

/** What the editor opens: a new template, a copy of another, or one that is published. */
function begun(random: Random): { template: CaseTemplate; published: CaseTemplate | null } {
  const known = random.pick([...builtinTemplates, ...exampleTemplates]);
  if (random.chance(0.3)) return { template: known, published: known };
  const name = random.pick(['Returns', '返品', 'Constructor', 'بيت', '👍']);
  const id = freshId(name, [known.id]);
  if (random.chance(0.4)) return { template: { ...known, id, name, version: 1, appliesTo: [] }, published: null };
  return {
    template: emptyTemplate(id, name, { initial: 'New', active: 'In Progress', done: 'Closed' }),
    published: null,
  };
}

/** Keeps drafts as the background does: what comes is a message, read with the contract's schema. */
function keeping(kept: CaseTemplate[]): Ask {
  return (async (name: 'drafts.save', input: unknown) => {
    const read = requests[name].in.safeParse(structuredClone(input));
    if (!read.success) return { ok: false, code: 'bad-request', message: read.error.message };
    kept.push(read.data.template);
    return { ok: true, value: { editedAt: AT + kept.length, review: {} } };
  }) as unknown as Ask;
}

function asDraft(template: CaseTemplate, published: CaseTemplate | null): void {
  const basedOn = published?.version ?? null;
  const content: PortableContent = {
    kind: 'everything',
    templates: published ? [published] : [],
    calendars: [randomCalendar],
    drafts: [{ templateId: template.id, basedOn, template, editedAt: AT }],
    publications: [],
    sites: [],
    settings: { panelPlaces: [], notifications: null },
    cases: [],
    history: [],
    timers: [],
    outbox: [],
  };
  const file = throughFile(content);
  if (file.kind !== 'everything') throw new Error('a file of everything comes back as another');
  same('the draft', file.drafts[0]?.template, template);
}

function shared(template: CaseTemplate): void {
  const file = throughFile({ kind: 'templates', templates: [template], calendars: [randomCalendar] });
  same('the template', file.templates[0], template);
}

function refused(template: CaseTemplate): void {
  const file = exportFile({ kind: 'templates', templates: [template], calendars: [randomCalendar] }, AT);
  if (importFile(file).ok) throw new Error('a template with faults is taken as one to share');
}

function throughFile(content: PortableContent) {
  const text = exportFile(content, AT);
  // As bytes on a disk: what has no place in UTF-8 would not come back.
  const read = importFile(new TextDecoder().decode(new TextEncoder().encode(text)));
  if (!read.ok) throw new Error(`the file is refused: ${read.problems.map(({ message }) => message).join(' ')}`);
  const { format: _format, version: _version, exportedAt: _exportedAt, ...again } = read.value;
  if (exportFile(again, AT) !== text) throw new Error('the second export differs from the first');
  return read.value;
}

function same(what: string, found: unknown, wanted: unknown): void {
  if (!isDeepStrictEqual(found, wanted)) throw new Error(`${what} is not what was edited`);
}
