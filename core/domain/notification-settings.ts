import * as z from 'zod/mini';
import { fileWords } from '../words/files';
import { NotificationKind } from './case';
import { lazily } from './lazily';
import { ClockTime } from './template';

/** Which notifications a person wants, and when. */
export const NotificationSettings = lazily(() =>
  z.strictObject({
    off: z.array(NotificationKind).check(z.maxLength(20)),
    /** From a time of day to another, perhaps over midnight, in the person's own zone; `null`: never quiet. */
    quiet: z.nullable(
      z
        .strictObject({ from: ClockTime, to: ClockTime })
        .check(z.refine(({ from, to }) => from !== to, { error: () => fileWords.sameTime })),
    ),
    /** More than so many at once become one. */
    digestAbove: z.int().check(z.minimum(1), z.maximum(100)),
  }),
);
/** Where nobody has chosen. */
export const EVERY_NOTIFICATION: NotificationSettings = { off: [], quiet: null, digestAbove: 5 };
export type NotificationSettings = z.infer<typeof NotificationSettings>;
