import { describe, expect, it } from 'vitest';
import { NotificationKind } from '../../../core/domain/case';
import { EVERY_NOTIFICATION, NotificationSettings } from '../../../core/domain/notification-settings';

/** What is wrong, in words; nothing where the settings are taken as they are. */
function faults(part: object): string[] {
  const settings = { ...EVERY_NOTIFICATION, ...part };
  const parsed = NotificationSettings.safeParse(settings);
  if (parsed.success) expect(parsed.data).toEqual(settings);
  return parsed.error?.issues.map(({ message }) => message) ?? [];
}

it('where nobody has chosen, every kind comes at any time, and six at once become one', () => {
  expect(EVERY_NOTIFICATION).toEqual({ off: [], quiet: null, digestAbove: 5 });
  expect(faults({})).toEqual([]);
});

describe('the settings', () => {
  it('switch off kinds that there are, twenty entries at most', () => {
    expect(faults({ off: NotificationKind.options })).toEqual([]);
    expect(faults({ off: ['unheard-of'] })).toHaveLength(1);
    expect(faults({ off: Array(20).fill('told') })).toEqual([]);
    expect(faults({ off: Array(21).fill('told') })).toHaveLength(1);
  });

  it('are quiet from one time of day to another, also over midnight', () => {
    expect(faults({ quiet: { from: '12:00', to: '13:00' } })).toEqual([]);
    expect(faults({ quiet: { from: '22:00', to: '07:00' } })).toEqual([]);
    expect(faults({ quiet: { from: '22:00', to: '22:00' } })).toEqual(['begin and end at the same time']);
    expect(faults({ quiet: { from: '22:00', to: '24:00' } })).toHaveLength(1);
    expect(faults({ quiet: { from: '22:00' } })).toHaveLength(1);
    expect(faults({ quiet: { from: '22:00', to: '07:00', on: 'Sunday' } })).toHaveLength(1);
  });

  it('make a digest of more than one to a hundred at once', () => {
    for (const digestAbove of [1, 5, 100]) expect(faults({ digestAbove })).toEqual([]);
    for (const digestAbove of [0, 101, 1.5]) expect(faults({ digestAbove })).toHaveLength(1);
  });

  it('say nothing else, and leave nothing out', () => {
    expect(faults({ sound: true })).toHaveLength(1);
    expect(faults({ quiet: undefined })).toHaveLength(1);
  });
});
