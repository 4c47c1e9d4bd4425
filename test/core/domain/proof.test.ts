import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { BusinessCalendar } from '../../../core/domain/calendar';
import { dueAfter, plainCalendar } from '../../../core/domain/calendar';
import type { Timer } from '../../../core/domain/case';
import { Timer as TimerSchema } from '../../../core/domain/case';
import { proofOf, proofSentence } from '../../../core/domain/proof';
import type { Wait } from '../../../core/domain/template';
import { dateTableOf, writeDatesBy } from '../../../core/words/dates';
import { speak } from '../../../core/words/language';
import { runs } from '../../runs';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const POSITION = 'Pending – Customer Input';

type Shift = Timer['proof']['shifts'][number];

/** A timer that was armed at `from` and moved since. */
function timerOf(
  wait: Wait,
  from: string,
  changes: Partial<Timer> = {},
  shifts: Shift[] = [],
  calendar = berlin,
): Timer {
  const { dueAt: firstDueAt, derivation } = dueAfter(wait, Date.parse(from), calendar);
  const dueAt = shifts.reduce((at, { byMs }) => at + byMs, firstDueAt);
  return {
    timerId: 'rt/1#1#reminder',
    caseKey: 'rt/1',
    ruleId: 'reminder',
    kind: 'reminder',
    scope: 'position',
    generation: 1,
    occurrence: 1,
    note: null,
    state: 'armed',
    dueAt,
    nextAt: dueAt,
    heldAt: null,
    heldFor: null,
    unreadSince: null,
    proof: { derivation, firstDueAt, shifts },
    ...changes,
  };
}

const berlin: BusinessCalendar = {
  ...plainCalendar('Europe/Berlin'),
  holidays: [
    { date: '2026-12-25', name: 'Christmas Day' },
    { date: '2027-01-01', name: 'New Year' },
  ],
};
const shift = (byMs: number, why: string): Shift => ({ at: Date.parse('2026-11-20T10:00Z'), byMs, why });
const sevenDays: Wait = { amount: 7, unit: 'days' };
const businessDays = (amount: number): Wait => ({ amount, unit: 'business-days' });
const sentence = (timer: Timer, timeZone = 'UTC') => proofSentence(timer, POSITION, timeZone);

describe('the proof in a sentence', () => {
  it('R14: says when it began, how long it waits, and the date', () => {
    expect(sentence(timerOf(sevenDays, '2026-11-17T14:02Z'))).toBe(
      'Entered Pending – Customer Input on Tue 17 Nov, 14:02, plus 7 days = Tue 24 Nov, 14:02 (UTC).',
    );
    expect(sentence(timerOf(sevenDays, '2026-11-17T14:02Z'), 'Asia/Tokyo')).toBe(
      'Entered Pending – Customer Input on Tue 17 Nov, 23:02, plus 7 days = Tue 24 Nov, 23:02 (Asia/Tokyo).',
    );
  });

  it('makes the format of a zone’s dates once', () => {
    const timer = timerOf(sevenDays, '2026-11-17T14:02Z');
    sentence(timer, 'Asia/Dili');
    const formats = vi.spyOn(Intl, 'DateTimeFormat');
    sentence(timer, 'Asia/Dili');
    expect(formats).not.toHaveBeenCalled();
    formats.mockRestore();
  });

  it.each(['en-GB', 'en-US', 'de-AT'])('is the same by a table of dates, without any format: %s', (locale) => {
    onTestFinished(() => {
      speak('en-GB');
      writeDatesBy(null);
      vi.restoreAllMocks();
    });
    speak(locale);
    const table = dateTableOf(locale);
    const formats = vi.spyOn(Intl, 'DateTimeFormat');
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }),
        fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu'),
        (from, zone) => {
          const timer = timerOf({ amount: 40, unit: 'business-days' }, from.toISOString());
          // First, while no format of that zone has been made and kept.
          formats.mockClear();
          writeDatesBy(table);
          const byTable = sentence(timer, zone);
          expect(formats).not.toHaveBeenCalled();
          writeDatesBy(null);
          expect(byTable).toBe(sentence(timer, zone));
        },
      ),
      { numRuns: runs(50) },
    );
  });

  it('writes midnight as 00:00', () => {
    expect(sentence(timerOf(sevenDays, '2026-11-02T00:00Z'))).toBe(
      'Entered Pending – Customer Input on Mon 2 Nov, 00:00, plus 7 days = Mon 9 Nov, 00:00 (UTC).',
    );
  });

  it('R13: names the year where it is another one, also by the zone of the reader', () => {
    const wait: Wait = { amount: 28, unit: 'days' };
    expect(sentence(timerOf(wait, '2026-12-17T14:02Z'))).toBe(
      'Entered Pending – Customer Input on Thu 17 Dec 2026, 14:02, plus 28 days = Thu 14 Jan 2027, 14:02 (UTC).',
    );
    const hour: Wait = { amount: 1, unit: 'hours' };
    expect(sentence(timerOf(hour, '2026-12-31T22:30Z'), 'Europe/Berlin')).toContain('on Thu 31 Dec 2026, 23:30');
    expect(sentence(timerOf(hour, '2026-12-31T22:30Z'))).toContain('on Thu 31 Dec, 22:30');
  });

  it('names the calendar’s zone, and what it left out', () => {
    expect(sentence(timerOf(businessDays(7), '2026-12-17T13:02Z'))).toBe(
      'Entered Pending – Customer Input on Thu 17 Dec, 13:02, plus 7 business days (Europe/Berlin; 4 days off and Christmas Day left out) = Tue 29 Dec, 13:02 (UTC).',
    );
    expect(sentence(timerOf(businessDays(1), '2026-12-14T13:02Z'))).toBe(
      'Entered Pending – Customer Input on Mon 14 Dec, 13:02, plus 1 business day (Europe/Berlin) = Tue 15 Dec, 13:02 (UTC).',
    );
    expect(sentence(timerOf(businessDays(1), '2026-12-13T13:02Z'))).toContain('(Europe/Berlin; 1 day off left out)');
    expect(sentence(timerOf(businessDays(1), '2026-12-24T13:02Z'))).toContain(
      '(Europe/Berlin; 2 days off and Christmas Day left out)',
    );
  });

  it('names a few holidays and counts the others', () => {
    const holidays = (count: number) =>
      Array.from({ length: count }, (_, i) => ({
        date: `2026-06-${String(i + 1).padStart(2, '0')}`,
        name: `H${i + 1}`,
      }));
    const daily = { ...berlin, week: Array.from({ length: 7 }, () => [{ from: '09:00', to: '17:00' }]) };
    const leftOut = (count: number) =>
      sentence(timerOf(businessDays(1), '2026-05-31T10:00Z', {}, [], { ...daily, holidays: holidays(count) })).replace(
        /.*; (.*) left out.*/,
        '$1',
      );
    expect(leftOut(1)).toBe('H1');
    expect(leftOut(2)).toBe('H1 and H2');
    expect(leftOut(3)).toBe('H1, H2 and H3');
    expect(leftOut(4)).toBe('H1, H2, H3 and 1 more holiday');
    expect(leftOut(5)).toBe('H1, H2, H3 and 2 more holidays');
    expect(leftOut(25)).toBe('H1, H2, H3 and 22 more holidays');
  });

  it('R13: is said in the language and by the dates of whoever reads it', () => {
    const inLocale = (tag: string, from: string) => {
      speak(tag);
      return sentence(timerOf(sevenDays, from), 'Europe/Berlin');
    };
    onTestFinished(() => speak('en-GB'));
    expect(inLocale('en-GB', '2026-09-14T12:02Z')).toContain('Mon 14 Sept, 14:02');
    expect(inLocale('en-US', '2026-09-14T12:02Z')).toContain('Mon 14 Sep, 14:02');
    expect(inLocale('de-DE', '2026-01-19T12:02Z')).toContain('seit Mo. 19. Jan., 13:02');
    expect(inLocale('de-AT', '2026-01-19T12:02Z')).toContain('19. Jän., 13:02');
  });

  it('R13, R14: says where the clocks were changed', () => {
    expect(sentence(timerOf(businessDays(7), '2026-10-19T12:02Z'))).toContain(
      'plus 7 business days (Europe/Berlin; 2 days off left out; clocks go back on 25 Oct) = Wed 28 Oct, 13:02 (UTC)',
    );
    expect(sentence(timerOf(sevenDays, '2026-10-19T12:02Z'))).toContain('plus 7 days = Mon 26 Oct, 12:02 (UTC)');
    expect(sentence(timerOf(sevenDays, '2026-10-19T12:02Z'), 'Europe/Berlin')).toContain(
      'on Mon 19 Oct, 14:02, plus 7 days (clocks go back on 25 Oct) = Mon 26 Oct, 13:02 (Europe/Berlin)',
    );
    expect(sentence(timerOf(sevenDays, '2026-03-25T12:02Z'), 'Europe/Berlin')).toContain(
      '(clocks go forward on 29 Mar)',
    );
    expect(sentence(timerOf(sevenDays, '2026-04-01T12:02Z'), 'Australia/Lord_Howe')).toContain(
      '(clocks go back by 30 min on 5 Apr)',
    );
    expect(sentence(timerOf(sevenDays, '2011-12-28T12:02Z'), 'Pacific/Apia')).toContain(
      '(clocks go forward by 1 d on 31 Dec 2011)',
    );
    const years = (days: number) =>
      sentence(timerOf({ amount: days, unit: 'days' }, '2026-01-01T12:00Z'), 'Europe/Berlin');
    expect(years(600)).toContain('clocks go forward on 29 Mar 2026, back on 25 Oct 2026 and forward on 28 Mar 2027)');
    expect(years(700)).toContain(', forward on 28 Mar 2027 and 1 more change)');
    expect(years(900)).toContain(', forward on 28 Mar 2027 and 2 more changes)');
  });

  it('says until when, for a working day at a time', () => {
    const timer = timerOf({ amount: 1, unit: 'working-day', at: '08:00' }, '2026-11-17T14:02Z');
    expect(sentence(timer)).toBe(
      'Entered Pending – Customer Input on Tue 17 Nov, 14:02, until the next working day at 08:00 (Europe/Berlin) = Wed 18 Nov, 07:00 (UTC).',
    );
  });

  it('says what moved it, each cause once', () => {
    const moved = timerOf(sevenDays, '2026-11-17T14:02Z', {}, [
      shift(DAY_MS, 'snoozed'),
      shift(3 * HOUR_MS, 'held'),
      shift(DAY_MS, 'snoozed'),
      shift(-2 * HOUR_MS, 'the rule was changed'),
      shift(0, 'looked at'),
    ]);
    expect(sentence(moved)).toBe(
      'Entered Pending – Customer Input on Tue 17 Nov, 14:02, plus 7 days, plus 2 d (snoozed, 2 times), plus 3 h (held), minus 2 h (the rule was changed) = Thu 26 Nov, 15:02 (UTC).',
    );
  });

  it('says that a held one stands still', () => {
    const held = timerOf(sevenDays, '2026-11-17T14:02Z', { state: 'held', heldAt: Date.parse('2026-11-18T14:02Z') });
    expect(sentence(held)).toBe(
      'Entered Pending – Customer Input on Tue 17 Nov, 14:02, plus 7 days = Tue 24 Nov, 14:02 (UTC). Held: its time stands still.',
    );
  });

  it('counts a repeated one from the one before', () => {
    expect(sentence(timerOf(sevenDays, '2026-11-17T14:02Z', { occurrence: 2 }))).toBe(
      'The one before it was on Tue 17 Nov, 14:02, plus 7 days = Tue 24 Nov, 14:02 (UTC).',
    );
  });

  it('of a note-to-self says for when it was set', () => {
    const note = { ruleId: null, kind: 'remind-me' } satisfies Partial<Timer>;
    expect(sentence(timerOf(sevenDays, '2026-10-19T14:02Z', note), 'Europe/Berlin')).toBe(
      'Set on Mon 19 Oct, 16:02 for Mon 26 Oct, 15:02 (Europe/Berlin).',
    );
    expect(sentence(timerOf(sevenDays, '2026-11-17T14:02Z', note, [shift(DAY_MS, 'snoozed')]))).toBe(
      'Set on Tue 17 Nov, 14:02 for Tue 24 Nov, 14:02, plus 1 d (snoozed) = Wed 25 Nov, 14:02 (UTC).',
    );
    const thereAndBack = [shift(DAY_MS, 'snoozed'), shift(-DAY_MS, 'undone')];
    expect(sentence(timerOf(sevenDays, '2026-11-17T14:02Z', note, thereAndBack))).toBe(
      'Set on Tue 17 Nov, 14:02 for Tue 24 Nov, 14:02, plus 1 d (snoozed), minus 1 d (undone) = Tue 24 Nov, 14:02 (UTC).',
    );
  });

  it('does not lie where its parts do not add up', () => {
    const timer = timerOf(sevenDays, '2026-11-17T14:02Z', {}, [shift(DAY_MS, 'snoozed')]);
    expect(sentence({ ...timer, dueAt: timer.dueAt + 2 * DAY_MS })).toBe(
      'Entered Pending – Customer Input on Tue 17 Nov, 14:02, plus 7 days, plus 1 d (snoozed) = Fri 27 Nov, 14:02 (UTC). This does not add up: its parts come to Wed 25 Nov, 14:02.',
    );
    const note = timerOf(sevenDays, '2026-11-17T14:02Z', { ruleId: null, kind: 'remind-me' });
    expect(sentence({ ...note, dueAt: note.dueAt + DAY_MS })).toBe(
      'Set on Tue 17 Nov, 14:02 for Tue 24 Nov, 14:02 = Wed 25 Nov, 14:02 (UTC). This does not add up: its parts come to Tue 24 Nov, 14:02.',
    );
  });
});

describe('the proof in steps', () => {
  it('tells all that was counted, in order', () => {
    const timer = timerOf(
      businessDays(50),
      '2026-10-19T12:02Z',
      { state: 'held', heldAt: Date.parse('2026-11-18T14:02Z') },
      [shift(DAY_MS, 'snoozed')],
    );
    expect(proofOf(timer, 'UTC')).toEqual([
      { type: 'start', at: Date.parse('2026-10-19T12:02Z') },
      {
        type: 'wait',
        wait: businessDays(50),
        calendarName: 'Monday to Friday, 9 to 17',
        timeZone: 'Europe/Berlin',
      },
      { type: 'days-off', count: 20 },
      { type: 'holiday', date: '2026-12-25', name: 'Christmas Day' },
      {
        type: 'clock-change',
        at: Date.parse('2026-10-25T01:00Z'),
        byMs: -HOUR_MS,
        timeZone: 'Europe/Berlin',
      },
      { type: 'shift', at: Date.parse('2026-11-20T10:00Z'), byMs: DAY_MS, why: 'snoozed' },
      { type: 'held', since: Date.parse('2026-11-18T14:02Z') },
      { type: 'result', dueAt: Date.parse('2026-12-30T13:02Z') },
    ]);
  });

  it('has plain time by the clocks of the reader, and nothing that is not there', () => {
    expect(proofOf(timerOf(sevenDays, '2026-10-19T12:02Z'), 'Europe/Paris')).toEqual([
      { type: 'start', at: Date.parse('2026-10-19T12:02Z') },
      { type: 'wait', wait: sevenDays, calendarName: null, timeZone: null },
      { type: 'clock-change', at: Date.parse('2026-10-25T01:00Z'), byMs: -HOUR_MS, timeZone: 'Europe/Paris' },
      { type: 'result', dueAt: Date.parse('2026-10-26T12:02Z') },
    ]);
    expect(proofOf(timerOf(businessDays(1), '2026-12-14T13:02Z'), 'UTC').map(({ type }) => type)).toEqual([
      'start',
      'wait',
      'result',
    ]);
  });

  it('names a date that a person set', () => {
    const note = timerOf(sevenDays, '2026-10-19T12:02Z', { ruleId: null, kind: 'remind-me' });
    expect(proofOf(note, 'Europe/Berlin')).toEqual([
      { type: 'start', at: Date.parse('2026-10-19T12:02Z') },
      { type: 'named', at: Date.parse('2026-10-26T12:02Z') },
      { type: 'result', dueAt: Date.parse('2026-10-26T12:02Z') },
    ]);
  });

  it('counts the holidays that the derivation does not name', () => {
    const timer = timerOf(businessDays(1), '2026-12-14T13:02Z');
    const { derivation } = timer.proof;
    const calendar = derivation.calendar && { ...derivation.calendar, moreHolidays: 3 };
    const more = { ...timer, proof: { ...timer.proof, derivation: { ...derivation, calendar } } };
    expect(proofOf(more, 'UTC')).toContainEqual({ type: 'more-holidays', count: 3 });
    expect(sentence(more)).toContain('(Europe/Berlin; 3 more holidays left out)');
  });

  it('stays true when the calendar is changed later', () => {
    const timer = timerOf(businessDays(7), '2026-12-17T13:02Z');
    const stored = TimerSchema.parse(JSON.parse(JSON.stringify(timer)));
    expect(stored).toEqual(timer);
    expect(sentence(stored)).toContain('Christmas Day left out');
  });

  it('adds up: the first date and all shifts come to the due date, and any other is named', () => {
    const shifts = fc.array(fc.integer({ min: -DAY_MS, max: 30 * DAY_MS }).map((byMs) => shift(byMs, 'moved')));
    fc.assert(
      fc.property(shifts, fc.integer({ min: -DAY_MS, max: DAY_MS }), (moves, offMs) => {
        const timer = timerOf(businessDays(3), '2026-11-17T14:02Z', {}, moves);
        const steps = proofOf({ ...timer, dueAt: timer.dueAt + offMs }, 'UTC');
        const moved = steps.reduce((sum, step) => sum + (step.type === 'shift' ? step.byMs : 0), 0);
        const countedAt = timer.proof.firstDueAt + moved;
        expect(steps.filter((step) => step.type === 'mismatch')).toEqual(
          offMs === 0 ? [] : [{ type: 'mismatch', countedAt }],
        );
        expect(steps.at(-1)).toEqual({ type: 'result', dueAt: countedAt + offMs });
      }),
      { numRuns: runs(100), examples: [[[], 0]] },
    );
  });
});
