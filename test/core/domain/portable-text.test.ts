import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exportFile, importFile, rowsText } from '../../../core/domain/portable';
import { type CASE_LISTS, composeEverything } from '../../../core/domain/portable-text';
import { runs } from '../../runs';
import { anyEverything, type Everything, smallEverything } from './everything-file';

const AT = Date.UTC(2026, 10, 20, 9, 30);
const none = { cases: [], history: [], timers: [], outbox: [] };
const frameOf = (everything: Everything) => exportFile({ ...everything, ...none }, AT);
const textsOf = (part: Pick<Everything, (typeof CASE_LISTS)[number]>) => ({
  cases: rowsText('cases', part.cases),
  history: rowsText('history', part.history),
  timers: rowsText('timers', part.timers),
  outbox: rowsText('outbox', part.outbox),
});

it('a file that is put together from pieces is the file that is written at once', () => {
  fc.assert(
    fc.property(anyEverything(), fc.nat(3), (everything, at) => {
      const pieces = [
        textsOf({ ...none, cases: everything.cases.slice(0, at), history: everything.history }),
        textsOf(none),
        textsOf({ ...none, cases: everything.cases.slice(at), timers: everything.timers, outbox: everything.outbox }),
      ];
      expect(composeEverything(frameOf(everything), pieces).join('')).toBe(exportFile(everything, AT));
    }),
    { numRuns: runs(30) },
  );
});

it('rows of all pieces follow one another, and a piece that has none of a list adds nothing to it', () => {
  const piece = (cases: string, history: string) => ({ cases, history, timers: '', outbox: '' });
  const frame = '{\n  "cases": [],\n  "history": [],\n  "timers": [],\n  "outbox": []\n}\n';
  expect(composeEverything(frame, [piece('1', ''), piece('', '4'), piece('2,\n3', '5')]).join('')).toBe(
    '{\n  "cases": [\n1,\n2,\n3\n  ],\n  "history": [\n4,\n5\n  ],\n  "timers": [],\n  "outbox": []\n}\n',
  );
});

it('without a case it is the frame', () => {
  const frame = frameOf(smallEverything);
  expect(composeEverything(frame, []).join('')).toBe(frame);
  expect(importFile(frame)).toMatchObject({ ok: true });
});

it('a frame with cases, and a row that does not fit, are faults of the caller', () => {
  expect(() => composeEverything(exportFile(smallEverything, AT), [])).toThrow('holds no cases');
  expect(() => rowsText('cases', [{ ...smallEverything.cases[0], secret: 1 }])).toThrow();
});
