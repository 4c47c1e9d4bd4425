// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { OptionsApp } from '../../components/options/app';
import type { Ask } from '../../core/contract/client';
import type { CalendarView } from '../../core/contract/views';
import { type BusinessCalendar, dueAfter, plainCalendar } from '../../core/domain/calendar';

const NOW = Date.UTC(2026, 10, 20, 12);
const berlin: BusinessCalendar = {
  ...plainCalendar('Europe/Berlin'),
  id: 'berlin',
  name: 'Berlin',
  holidays: [
    { date: '2026-12-25', name: 'Christmas Day' },
    { date: '2027-01-01', name: 'New Year' },
  ],
};

/** The background, as far as this page asks it. */
let calendars: CalendarView[];
let answers: Record<string, unknown>;
let asked: { name: string; input: never }[];
/** Tries that wait for the test's answer, where it wants to give it. */
let tries: ((answer: unknown) => void)[] | null;
let host: HTMLElement;
/** Where the address was put, which happy-dom does not follow. */
let address: unknown;

const view = (calendar: BusinessCalendar, usedBy: string[] = []): CalendarView => ({
  calendar,
  version: `version of ${calendar.name}`,
  usedBy,
});
const ok = (value: unknown) => ({ ok: true, value });

const ask = ((name: string, input: never) => {
  asked.push({ name, input: structuredClone(input) });
  if (name in answers) return Promise.resolve(answers[name]);
  if (name === 'calendars.list')
    return Promise.resolve(ok({ calendars, plain: plainCalendar('Europe/London'), now: NOW }));
  if (name === 'calendars.save') {
    const { calendar } = input as { calendar: BusinessCalendar };
    calendars = [...calendars.filter((one) => one.calendar.id !== calendar.id), view(calendar)];
    return Promise.resolve(ok({ saved: view(calendar), problems: [] }));
  }
  if (name === 'calendars.remove') {
    calendars = calendars.filter(({ calendar }) => calendar.id !== (input as { calendarId: string }).calendarId);
    return Promise.resolve(ok(null));
  }
  if (name === 'calendars.try') {
    const { calendar, wait } = input as { calendar: BusinessCalendar; wait: never };
    const due = ok(dueAfter(wait, NOW, calendar));
    return tries ? new Promise((resolve) => tries?.push(() => resolve(due))) : Promise.resolve(due);
  }
  if (name === 'policy.view') return Promise.resolve({ ok: false, code: 'no-answer', message: 'No answer.' });
  return Promise.resolve(ok([]));
}) as unknown as Ask;

async function wait(ms = 50): Promise<void> {
  await act(async () => {
    await vi.advanceTimersByTimeAsync(ms);
  });
}

async function open(hash = '#calendars'): Promise<void> {
  location.hash = hash;
  await act(() =>
    render(
      <OptionsApp
        ask={ask}
        patientAsk={ask}
        requestAccess={async () => true}
        requestDownloads={async () => true}
        loadPreview={() => new Promise(() => {})}
      />,
      host,
    ),
  );
  await wait();
}

/** Some versions of the browser's own formats write "Fri, 25 Dec". */
const plainly = (text: string) => text.replace(/\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?=\d)/g, '$1 ');
const nameOf = (element: Element) => plainly(element.getAttribute('aria-label') ?? element.textContent ?? '');
const all = <E extends Element = HTMLElement>(selector: string) => [...host.querySelectorAll<E>(selector)];
const texts = (selector: string) => all(selector).map(({ textContent }) => plainly(textContent ?? ''));

function button(name: string | RegExp): HTMLElement {
  const found = all('button').find((element) =>
    typeof name === 'string' ? nameOf(element) === name : name.test(nameOf(element)),
  );
  if (!found) throw new Error(`no button "${name}" among ${all('button').map(nameOf).join(' | ')}`);
  return found;
}

/** A click of a person. */
async function click(name: string | RegExp): Promise<void> {
  const event = new MouseEvent('click', { bubbles: true });
  Object.defineProperty(event, 'isTrusted', { value: true });
  await act(() => void button(name).dispatchEvent(event));
  await wait();
}

function field(label: string): HTMLInputElement {
  const labelled = all<HTMLLabelElement>('label').find(({ textContent }) => textContent?.trim().startsWith(label));
  const found = labelled
    ? host.querySelector<HTMLInputElement>(`[id="${labelled.htmlFor}"]`)
    : host.querySelector<HTMLInputElement>(`input[aria-label="${label}"]`);
  if (!found) throw new Error(`no field "${label}"`);
  return found;
}

async function type(label: string, value: string): Promise<void> {
  const input = field(label);
  await act(() => {
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await wait();
}

async function choose(name: string, text: BlobPart): Promise<void> {
  const input = host.querySelector<HTMLInputElement>('input[type=file]');
  if (!input) throw new Error('no field for a file');
  Object.defineProperty(input, 'files', { value: [new File([text], name)], configurable: true });
  await act(() => void input.dispatchEvent(new Event('change', { bubbles: true })));
  await wait();
}

async function goTo(hash: string): Promise<void> {
  const oldURL = location.href;
  location.hash = hash;
  // The browser tells of it by itself; here it is told with the address before, which happy-dom leaves out.
  const event = new Event('hashchange');
  Object.defineProperty(event, 'oldURL', { value: oldURL });
  await act(() => void window.dispatchEvent(event));
  await wait();
}

const saves = () => asked.filter(({ name }) => name === 'calendars.save').map(({ input }) => input as unknown);
const chip = () => host.querySelector('.edit-bar .chip')?.textContent;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['setTimeout', 'clearTimeout', 'requestAnimationFrame'] });
  calendars = [view(berlin, ['Support'])];
  answers = {};
  asked = [];
  tries = null;
  address = null;
  vi.spyOn(history, 'replaceState').mockImplementation((_data, _title, url) => {
    address = url;
  });
  host = document.createElement('div');
  document.body.append(host);
});
afterEach(async () => {
  await act(() => render(null, host));
  host.remove();
  location.hash = '';
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('the list', () => {
  test('shows each calendar with its zone, its week and who counts by it', async () => {
    await open();
    const [card] = texts('.calendar-card');
    expect(card).toContain('Berlin');
    expect(card).toContain('Europe/Berlin · 40 h a week · 2 holidays');
    expect(card).toContain('Used bySupport');
  });

  test('says that there is none, and what counts then', async () => {
    calendars = [];
    await open();
    expect(texts('.empty h2')).toEqual(['No calendar yet']);
    expect(host.textContent).toContain('counts Monday to Friday, 9 to 17, in Europe/London');
  });

  test('what was deleted comes back by Undo, which has the focus', async () => {
    await open();
    await click('Delete Berlin');
    expect(asked.find(({ name }) => name === 'calendars.remove')?.input).toEqual({
      calendarId: 'berlin',
      seen: 'version of Berlin',
    });
    expect(texts('.calendar-card')).toEqual([]);
    expect(document.activeElement).toBe(button('Undo'));
    await click('Undo');
    expect(saves()).toEqual([{ calendar: berlin, seen: null }]);
    expect(texts('.message.done')).toEqual(['Berlin is here again.']);
    expect(texts('.calendar-card')).toHaveLength(1);
  });

  test('a refusal to delete is said, and nothing can be undone', async () => {
    answers = { 'calendars.remove': { ok: false, code: 'calendar-used', message: 'Support counts by it.' } };
    await open();
    await click('Delete Berlin');
    expect(texts('[role=alert] .message')).toEqual(['Support counts by it.']);
    expect(all('button').map(nameOf)).not.toContain('Undo');
    expect(texts('.calendar-card')).toHaveLength(1);
  });

  test('an Undo that fails can be tried again: what was deleted is nowhere else', async () => {
    await open();
    await click('Delete Berlin');
    answers = { 'calendars.save': { ok: false, code: 'storage-full', message: 'No room.' } };
    await click('Undo');
    expect(texts('[role=alert] .message')).toEqual(['No room.']);
    answers = {};
    await click('Undo');
    expect(texts('[role=alert] .message')).toEqual([]);
    expect(texts('.message.done')).toEqual(['Berlin is here again.']);
    expect(texts('.calendar-card')).toHaveLength(1);
  });

  test('who presses Delete twice deletes once, and can undo it', async () => {
    await open();
    const press = () => {
      const event = new MouseEvent('click', { bubbles: true });
      Object.defineProperty(event, 'isTrusted', { value: true });
      button('Delete Berlin').dispatchEvent(event);
    };
    await act(() => {
      press();
      press();
    });
    await wait();
    expect(asked.filter(({ name }) => name === 'calendars.remove')).toHaveLength(1);
    expect(all('button').map(nameOf)).toContain('Undo');
  });

  test('a duplicate has an id and a name of its own', async () => {
    calendars.push(view({ ...berlin, id: 'copy', name: 'Berlin (copy)' }));
    await open();
    await click('Duplicate Berlin');
    expect(saves()).toEqual([
      { calendar: { ...berlin, id: expect.stringMatching(/^[0-9a-f-]{36}$/), name: 'Berlin (copy 2)' }, seen: null },
    ]);
  });
});

describe('editing', () => {
  test('keeps nothing before Save, which names what was seen; then nothing is unsaved', async () => {
    await open('#calendars/berlin');
    expect(chip()).toBe('Saved');
    await type('Name', 'Berlin and Bonn ');
    await type('Monday, until', '16:00');
    expect(chip()).toBe('Unsaved changes');
    expect(saves()).toEqual([]);
    await click('Save');
    const week = berlin.week.with(0, [{ from: '09:00', to: '16:00' }]);
    expect(saves()).toEqual([{ calendar: { ...berlin, name: 'Berlin and Bonn', week }, seen: 'version of Berlin' }]);
    expect(chip()).toBe('Saved');
    expect(texts('.message.done')).toEqual([expect.stringContaining('timers that run keep their dates')]);
    await type('Name', 'Bonn');
    await click('Save');
    expect(saves()[1]).toMatchObject({ seen: 'version of Berlin and Bonn' });
  });

  test('a new one is saved as new, once; a reload shows it', async () => {
    await open('#calendars/new');
    expect(chip()).toBe('Not saved yet');
    await type('Name', 'Bonn');
    await click('Save');
    await type('Name', 'Bonn 2');
    await click('Save');
    const [first, second] = saves() as { calendar: BusinessCalendar; seen: string | null }[];
    expect(first).toMatchObject({ seen: null, calendar: { timeZone: 'Europe/London' } });
    expect(second).toMatchObject({ seen: 'version of Bonn', calendar: { id: first?.calendar.id } });
    expect(address).toBe(`#calendars/${first?.calendar.id}`);
  });

  test('what is missing is said at its field, which has the focus; the background is not asked', async () => {
    await open('#calendars/berlin');
    await type('Name', ' ');
    await type('Tuesday, from', '');
    await click('Save');
    expect(saves()).toEqual([]);
    expect(document.activeElement).toBe(field('Name'));
    expect(texts('.field-error')).toEqual(['Give it a name.', 'Give both times.']);
    expect(all('[aria-invalid]').map(nameOf)).toEqual(['', 'Tuesday, from', 'Tuesday, until']);
    await type('Name', 'Berlin');
    expect(texts('.field-error')).toEqual(['Give both times.']);
  });

  test('what the background finds wrong is said at its field, and stays unsaved', async () => {
    answers = {
      'calendars.save': ok({
        saved: null,
        problems: [
          { message: 'No such zone.', path: ['timeZone'] },
          { message: 'It ends first.', path: ['week', 0, 0] },
        ],
      }),
    };
    await open('#calendars/berlin');
    await type('Monday, until', '08:00');
    await click('Save');
    expect(texts('.field-error')).toEqual(['No such zone.', 'It ends first.']);
    expect(field('Monday, until').getAttribute('aria-invalid')).toBe('true');
    expect(chip()).toBe('Unsaved changes');
  });

  test('changed meanwhile: the refusal is said, the edits stay, and what is saved can be shown instead', async () => {
    await open('#calendars/berlin');
    await type('Name', 'Mine');
    answers = { 'calendars.save': { ok: false, code: 'calendar-changed', message: 'Changed meanwhile.' } };
    await click('Save');
    expect(texts('.message.danger p')).toEqual(['Changed meanwhile.']);
    expect(field('Name').value).toBe('Mine');
    calendars = [view({ ...berlin, name: 'Theirs' })];
    await click(/^Show what is saved/);
    expect(field('Name').value).toBe('Theirs');
    expect(chip()).toBe('Saved');
  });

  test('Discard goes back to what is saved', async () => {
    await open('#calendars/berlin');
    await type('Name', 'Mine');
    await click('Remove 09:00 to 17:00 on Monday');
    expect(texts('.day-off')).toHaveLength(3);
    await click('Discard changes');
    expect(field('Name').value).toBe('Berlin');
    expect(texts('.day-off')).toHaveLength(2);
    expect(chip()).toBe('Saved');
  });

  test('one that is gone is said to be', async () => {
    await open('#calendars/nothing');
    expect(texts('[role=alert] .message')).toEqual(['There is no such calendar here any more.']);
  });
});

describe('leaving with unsaved edits', () => {
  test('asks first; what is kept stays, what is left is left', async () => {
    await open('#calendars/berlin');
    await type('Name', 'Mine');
    await goTo('#sites');
    expect(address).toBe('#calendars/berlin');
    expect(texts('dialog h2')).toEqual(['Leave without saving?']);
    await click('Keep editing');
    expect(all('dialog')).toEqual([]);
    expect(field('Name').value).toBe('Mine');
    await goTo('#sites');
    await click('Leave without saving');
    await goTo('#sites');
    expect(texts('h1')).toEqual(['Sites']);
  });

  test('asks nothing where nothing would be lost', async () => {
    await open('#calendars/berlin');
    await type('Name', 'Mine');
    await type('Name', 'Berlin');
    await goTo('#templates');
    expect(texts('h1')).toEqual(['Templates']);
    const unload = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(unload);
    expect(unload.defaultPrevented).toBe(false);
  });

  test('has the browser ask before the tab goes', async () => {
    await open('#calendars/berlin');
    await type('Name', 'Mine');
    const unload = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(unload);
    expect(unload.defaultPrevented).toBe(true);
  });
});

describe('holidays', () => {
  const listed = () => texts('.holidays li');

  test('are added by hand, seen in their year, and removed', async () => {
    await open('#calendars/berlin');
    expect(listed()).toEqual(['Fri 25 DecChristmas Day']);
    await type('Date', '2027-05-01');
    await type('What day it is', 'Labour Day');
    await click('Add');
    expect(texts('.year-picker b')).toEqual(['2027', '2027']);
    expect(listed()).toEqual(['Fri 1 JanNew Year', 'Sat 1 MayLabour Day']);
    expect(document.activeElement).toBe(field('Date'));
    await click('Remove New Year, Fri 1 Jan');
    expect(document.activeElement).toBe(button(/^Remove Labour Day/));
    await click('Save');
    expect(saves()).toMatchObject([
      { calendar: { holidays: [berlin.holidays[0], { date: '2027-05-01', name: 'Labour Day' }] } },
    ]);
  });

  test.each([
    ['', 'X', 'Choose a date.', 'Date'],
    ['2026-12-25', 'X', 'Fri 25 Dec is Christmas Day already.', 'Date'],
    ['2026-12-24', ' ', 'Say what day it is.', 'What day it is'],
    ['0026-12-24', 'X', 'The year has to be between 1970 and 2999.', 'Date'],
  ])('"%s" "%s" is not added: %s', async (date, name, words, wrong) => {
    await open('#calendars/berlin');
    await type('Date', date);
    await type('What day it is', name);
    await click('Add');
    expect(texts('.by-hand .field-error')).toEqual([words]);
    expect(document.activeElement).toBe(field(wrong));
    expect(listed()).toEqual(['Fri 25 DecChristmas Day']);
    // Nor is it lost without a word: Save says the same.
    await click('Save');
    expect(saves()).toEqual([]);
    expect(texts('.by-hand .field-error')).toEqual([words]);
    await click('Discard changes');
    expect([field('Date').value, field('What day it is').value, chip()]).toEqual(['', '', 'Saved']);
  });

  test('one that is typed and not added is saved with the rest', async () => {
    await open('#calendars/berlin');
    await type('Date', '2027-05-01');
    await type('What day it is', 'Labour Day');
    expect(chip()).toBe('Unsaved changes');
    await click('Save');
    expect(saves()).toMatchObject([{ calendar: { holidays: [{}, {}, { date: '2027-05-01', name: 'Labour Day' }] } }]);
    expect(chip()).toBe('Saved');
  });

  test('of a file are looked at before they are added; those that are here stay as they are', async () => {
    answers = {
      'calendars.holidays-of-file': ok({
        holidays: [
          { date: '2026-12-25', name: 'Xmas' },
          { date: '2026-12-26', name: 'Boxing Day' },
        ],
        leftOut: [{ name: 'Party', why: 'has a time of day' }],
      }),
    };
    await open('#calendars/berlin');
    await choose('days.ics', 'BEGIN:VCALENDAR');
    const review = host.querySelector('.file-review');
    expect(document.activeElement).toBe(review);
    expect(plainly(review?.textContent ?? '')).toContain('1 holiday would be added:Sat 26 Dec 2026 Boxing Day');
    expect(review?.textContent).toContain('1 of its days is a holiday already.');
    expect(review?.textContent).toContain('Party has a time of day');
    expect(chip()).toBe('Saved');
    await click('Add 1 holiday');
    expect(listed()).toEqual(['Fri 25 DecChristmas Day', 'Sat 26 DecBoxing Day']);
    expect(chip()).toBe('Unsaved changes');
  });

  test('a file that is refused says why and changes nothing', async () => {
    answers = { 'calendars.holidays-of-file': { ok: false, code: 'bad-file', message: 'It ends too early.' } };
    await open('#calendars/berlin');
    await choose('days.ics', 'BEGIN');
    expect(texts('.field-error')).toEqual(['days.ics: It ends too early.']);
    expect(all('.file-review')).toEqual([]);
    expect(chip()).toBe('Saved');
  });

  test('a file whose lines are folded within a letter is read with that letter', async () => {
    const bytes = [...new TextEncoder().encode('\uFEFFSUMMARY:Mariä\r\n  Himmelfahrt 中秋')];
    const within = (letter: string) => bytes.indexOf(new TextEncoder().encode(letter)[0] ?? 0) + 1;
    bytes.splice(within('中'), 0, 0x0a, 0x09);
    bytes.splice(within('ä'), 0, 0x0d, 0x0a, 0x20);
    await open('#calendars/berlin');
    await choose('days.ics', new Uint8Array(bytes));
    const { input } = asked.find(({ name }) => name === 'calendars.holidays-of-file') ?? {};
    // A fold between two letters is the background's to take out.
    expect(input).toEqual({ text: 'SUMMARY:Mariä\r\n  Himmelfahrt 中秋' });
  });

  test('a file that is too large is not handed on, and that is said', async () => {
    await open('#calendars/berlin');
    await choose('days.ics', `BEGIN:VCALENDAR${' '.repeat(2_000_000)}`);
    expect(texts('.field-error')).toEqual(['days.ics: The file is too large: at most 2 MB are read.']);
    expect(asked.map(({ name }) => name)).not.toContain('calendars.holidays-of-file');
  });

  test('that would be too many are not offered', async () => {
    const days = Array.from({ length: 5000 }, (_, index) => ({
      date: new Date(Date.UTC(2030, 0, index + 1)).toISOString().slice(0, 10),
      name: 'Off',
    }));
    answers = { 'calendars.holidays-of-file': ok({ holidays: days, leftOut: [] }) };
    await open('#calendars/berlin');
    await choose('days.ics', 'BEGIN');
    expect(texts('.file-review .field-error')).toEqual(['A calendar has at most 5000 holidays.']);
    expect(all('.file-review button').map(nameOf)).toEqual(['Cancel']);
  });
});

describe('the year', () => {
  test('shows working days, days off and holidays, and says them', async () => {
    await open('#calendars/berlin');
    expect(texts('.year-view .muted.small')).toEqual(['260 working days · 1 holiday']);
    const december = all('.month').find((month) => month.querySelector('caption')?.textContent === 'December');
    const cell = (day: string) =>
      [...(december?.querySelectorAll('td') ?? [])].find((td) => td.textContent?.match(new RegExp(`^${day}\\b`)));
    expect(cell('24')?.textContent).toBe('24');
    expect(cell('25')?.textContent).toBe('25, holiday: Christmas Day');
    expect(cell('26')?.textContent).toBe('26, day off');
    // The 1st of December 2026 is a Tuesday.
    expect([...(december?.querySelectorAll('tbody tr:first-child td') ?? [])].map((td) => td.textContent)).toEqual([
      '',
      '1',
      '2',
      '3',
      '4',
      '5, day off',
      '6, day off',
    ]);
    await click('Next year');
    expect(texts('.year-view h2')).toEqual(['The year 2027']);
    expect(all('.month td.holiday').map((td) => td.textContent)).toEqual(['1, holiday: New Year']);
  });

  test('follows the edits', async () => {
    await open('#calendars/berlin');
    await click('Remove 09:00 to 17:00 on Monday');
    expect(texts('.year-view .muted.small')).toEqual(['208 working days · 1 holiday']);
  });
});

describe('trying it', () => {
  test('asks with what is in the form, and says the date and what was left out', async () => {
    await open('#calendars/berlin');
    await type('How many', '30');
    expect(asked.at(-1)).toMatchObject({
      name: 'calendars.try',
      input: { calendar: berlin, wait: { amount: 30, unit: 'business-days' } },
    });
    expect(texts('.try-date')).toEqual(['Tue 5 Jan 2027, 13:00']);
    expect(texts('.try-why li')).toEqual(['14 days off', 'Fri 25 DecChristmas Day', 'Fri 1 JanNew Year']);
    await click('Remove Christmas Day, Fri 25 Dec');
    expect(texts('.try-date')).toEqual(['Mon 4 Jan 2027, 13:00']);
  });

  test('an answer to what was asked before comes too late', async () => {
    tries = [];
    await open('#calendars/berlin');
    await type('How many', '1');
    const [seven, one] = tries;
    one?.(null);
    await wait();
    expect(texts('.try-date')).toEqual(['Mon 23 Nov 2026, 13:00']);
    seven?.(null);
    await wait();
    expect(texts('.try-date')).toEqual(['Mon 23 Nov 2026, 13:00']);
  });

  test.each(['0', '', '1.5', '100001', 'x'])('does not ask for "%s" days', async (amount) => {
    await open('#calendars/berlin');
    const before = asked.length;
    await type('How many', amount);
    expect(asked.length).toBe(before);
    expect(texts('.try .field-error')).toEqual(['Give a whole number from 1 to 100,000.']);
    expect(texts('.try-date')).toEqual([]);
  });
});
