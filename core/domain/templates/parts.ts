import type { Duration, Status, StatusTag } from '../template';

/** Status tags whose ids come from their names. */
export const tags = (...names: string[]): StatusTag[] =>
  names.map((name) => ({ id: name.toLowerCase().replace(/[^a-z0-9]+/g, '-'), name, retired: false }));

/** A status that anything may follow, with what is left out empty. */
export const status = (
  part: Pick<Status, 'id' | 'name' | 'category' | 'waitsFor' | 'meaning'> & Partial<Status>,
): Status => ({
  subStatuses: [],
  subStatusRequired: false,
  tags: [],
  tagRequired: false,
  mayBecome: null,
  colour: null,
  retired: false,
  ...part,
});

/** Fires once, in the position only, and not before the ticket was read. */
export const once = { repeat: null, pausesIn: null, ifUnread: 'retry' } as const;

export const days = (amount: number): Duration => ({ amount, unit: 'days' });
