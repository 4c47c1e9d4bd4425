import '../temporal';
import { calendarRows } from './calendar.bench';
import { decideRows } from './decide.bench';
import type { LongRow, Row } from './measure';
import { replayRows } from './replay.bench';
import { templateRows } from './template.bench';

export { measure, measureLong } from './measure';

export const rows: readonly Row[] = [...decideRows, ...templateRows, ...calendarRows];

/** Measured after the others, once each. */
export const longRows: readonly LongRow[] = [...replayRows];
