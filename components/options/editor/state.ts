import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Ask } from '../../../core/contract/client';
import type { DraftReview, DraftView } from '../../../core/contract/views';
import { type Retirable, retire, unretire } from '../../../core/domain/retire';
import type { CaseTemplate } from '../../../core/domain/template';
import { editorWords } from '../../../core/words/editor';

/** How long the editor waits for the next edit before it keeps what there is. */
const SAVE_PAUSE_MS = 500;
/** Edits of the same field within this time are one step of Undo. */
const ONE_STEP_MS = 1500;
const MOST_STEPS = 200;

export type Tab = 'statuses' | 'flow' | 'timers' | 'replies' | 'messages' | 'tickets' | 'versions';

/** Where a finding leads: the tab, and which of its things. */
export interface Place {
  tab: Tab;
  /** The place of the status, rule or message in its list; `null`: the tab alone. */
  index: number | null;
}

export type Keeping = 'kept' | 'unsaved' | 'saving' | 'conflict' | 'failed';

export interface EditorState {
  template: ReadonlySignal<CaseTemplate>;
  /** What the publishing is to be noted with. */
  note: ReadonlySignal<string>;
  view: DraftView;
  review: ReadonlySignal<DraftReview>;
  /** Whether there is a draft at all; without one, the template is what is published. */
  drafted: ReadonlySignal<boolean>;
  keeping: ReadonlySignal<Keeping>;
  error: ReadonlySignal<string | null>;
  canUndo: ReadonlySignal<boolean>;
  canRedo: ReadonlySignal<boolean>;
  place: ReadonlySignal<Place>;
  /** @param field edits of the same field soon after one another are one step of Undo */
  edit(change: (template: CaseTemplate) => CaseTemplate, field?: string): void;
  /** Kept with the draft, as soon as there is one; none of what Undo takes back. */
  setNote(note: string): void;
  undo(): void;
  redo(): void;
  /** Retires what is published, or brings it back; a refusal is said. Its cases stay in it until they leave by themselves. */
  setRetired(what: Retirable, retired: boolean): void;
  go(tab: Tab, index?: number | null): void;
  /** Where the last word was refused because another tab was faster: mine all the same. */
  keepMine(): Promise<void>;
  /** Takes what was typed and is no edit yet: called before what there is is kept at once. */
  beforeFlush: Set<() => void>;
  /** Whether there are edits that wait for those before them to be kept: they would not get out of a page that closes. */
  lagging(): boolean;
  /** Keeps what there is now. Resolves when it is kept, with when it was edited; `null`: it could not be. */
  flush(): Promise<number | null>;
  /** Throws the draft away, unless another tab has edited it. @returns whether it is gone; why it is not is said */
  discard(): Promise<boolean>;
}

/** Edits a draft, with Undo, and keeps it as it is edited. */
export function makeEditorState(ask: Ask, view: DraftView): EditorState {
  const template = signal(view.template);
  const note = signal(view.note);
  const review = signal(view.review);
  const keeping = signal<Keeping>('kept');
  const error = signal<string | null>(null);
  const past = signal<CaseTemplate[]>([]);
  const future = signal<CaseTemplate[]>([]);
  const place = signal<Place>({ tab: 'statuses', index: null });
  const seen = signal(view.editedAt);
  const beforeFlush = new Set<() => void>();
  let lastField: string | undefined;
  let stepTimer: ReturnType<typeof setTimeout> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saving: Promise<void> | null = null;

  const save = async (): Promise<void> => {
    clearTimeout(timer);
    if (keeping.peek() === 'kept' || keeping.peek() === 'conflict') return;
    keeping.value = 'saving';
    const sent = { template: template.peek(), note: note.peek() };
    const answer = await ask('drafts.save', { ...sent, seen: seen.peek() });
    batch(() => {
      if (answer.ok) {
        seen.value = answer.value.editedAt;
        review.value = answer.value.review;
        error.value = null;
        const all = template.peek() === sent.template && note.peek() === sent.note;
        keeping.value = all ? 'kept' : 'unsaved';
      } else {
        keeping.value = answer.code === 'changed-meanwhile' ? 'conflict' : 'failed';
        // What the conflict is, and what can be done, is asked in its own place.
        error.value = keeping.value === 'conflict' ? null : answer.message;
      }
    });
    if (keeping.peek() === 'unsaved') await save();
  };
  /** One after the other: each has to know when the one before was kept. */
  const keep = async (): Promise<void> => {
    saving ??= save().finally(() => {
      saving = null;
    });
    await saving;
  };
  /** What is open stays open, wherever it is now in its list. */
  const follow = (next: CaseTemplate) => {
    const { tab, index } = place.peek();
    if (index === null || !(tab === 'statuses' || tab === 'timers' || tab === 'replies' || tab === 'messages')) return;
    const open = template.peek()[tab][index]?.id;
    const at = next[tab].findIndex(({ id }) => id === open);
    place.value = { tab, index: at === -1 ? null : at };
  };
  const changed = (next: CaseTemplate) => {
    template.value = next;
    keepSoon();
  };
  const keepSoon = () => {
    if (keeping.peek() !== 'conflict') keeping.value = 'unsaved';
    clearTimeout(timer);
    timer = setTimeout(keep, SAVE_PAUSE_MS);
  };

  const edit: EditorState['edit'] = (change, field) => {
    const before = template.peek();
    const next = change(before);
    if (next === before) return;
    batch(() => {
      const sameStep = field !== undefined && field === lastField;
      if (!sameStep) past.value = [...past.peek(), before].slice(-MOST_STEPS);
      future.value = [];
      lastField = field;
      clearTimeout(stepTimer);
      stepTimer = setTimeout(() => {
        lastField = undefined;
      }, ONE_STEP_MS);
      changed(next);
    });
  };

  const drafted = computed(() => seen.value !== null || keeping.value !== 'kept');

  return {
    template,
    note,
    view,
    review,
    drafted,
    keeping,
    error,
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
    place,
    edit,
    setRetired(what, retired) {
      const result = retired
        ? retire(template.peek(), what, { cases: 0 }, { type: 'keep' })
        : unretire(template.peek(), what);
      error.value = result.ok ? null : result.message;
      if (result.ok) edit(() => result.template);
    },
    setNote(next) {
      note.value = next;
      if (drafted.peek()) keepSoon();
    },
    undo() {
      const before = past.peek().at(-1);
      if (!before) return;
      batch(() => {
        past.value = past.peek().slice(0, -1);
        future.value = [...future.peek(), template.peek()];
        lastField = undefined;
        follow(before);
        changed(before);
      });
    },
    redo() {
      const next = future.peek().at(-1);
      if (!next) return;
      batch(() => {
        future.value = future.peek().slice(0, -1);
        past.value = [...past.peek(), template.peek()];
        lastField = undefined;
        follow(next);
        changed(next);
      });
    },
    go(tab, index = null) {
      place.value = { tab, index };
    },
    async keepMine() {
      const theirs = await ask('drafts.open', { templateId: template.peek().id });
      if (!theirs.ok) {
        error.value = theirs.message;
        return;
      }
      seen.value = theirs.value.editedAt;
      keeping.value = 'unsaved';
      await keep();
    },
    beforeFlush,
    lagging: () => saving !== null && keeping.peek() === 'unsaved',
    async flush() {
      for (const take of beforeFlush) take();
      await keep();
      return keeping.peek() === 'kept' ? seen.peek() : null;
    },
    async discard() {
      await keep();
      const answer = await ask('drafts.discard', { templateId: template.peek().id, seen: seen.peek() });
      if (answer.ok) return true;
      const conflict = answer.code === 'changed-meanwhile';
      batch(() => {
        if (conflict) keeping.value = 'conflict';
        error.value = conflict ? null : answer.message;
      });
      return false;
    },
  };
}

/** Where a finding of the checker lies in the editor. */
export function placeOf(path: readonly (string | number)[]): Place {
  const [part, index] = path;
  const at = typeof index === 'number' ? index : null;
  switch (part) {
    case 'statuses':
      return { tab: 'statuses', index: at };
    case 'timers':
      return { tab: 'timers', index: at };
    case 'replies':
      return { tab: 'replies', index: at };
    case 'messages':
      return { tab: 'messages', index: at };
    case 'onEntry':
      return { tab: 'messages', index: null };
    case 'appliesTo':
    case 'native':
    case 'name':
    case 'summary':
    case 'initialStatusId':
    case 'calendarId':
      return { tab: 'tickets', index: null };
    default:
      return { tab: 'statuses', index: null };
  }
}

/** How the draft stands, in words. */
export function keepingWords(keeping: Keeping, drafted: boolean): string {
  if (!drafted) return editorWords.notEdited;
  switch (keeping) {
    case 'kept':
      return editorWords.kept;
    case 'unsaved':
    case 'saving':
      return editorWords.keeping;
    default:
      return editorWords.notKept;
  }
}
