// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Notifications } from '../../components/options/notifications';
import type { Ask } from '../../core/contract/client';
import { EVERY_NOTIFICATION, type NotificationSettings } from '../../core/domain/notification-settings';

let host: HTMLElement;
/** The saves that were begun, each with what it is answered by. */
let saves: { settings: NotificationSettings; answer: (ok: boolean) => Promise<void> }[];

beforeEach(async () => {
  host = document.createElement('div');
  document.body.append(host);
  saves = [];
  const ask = ((name: string, settings: NotificationSettings) => {
    if (name === 'notifications.get') return Promise.resolve({ ok: true, value: EVERY_NOTIFICATION });
    return new Promise((resolve) => {
      const answer = (ok: boolean) =>
        act(async () => resolve(ok ? { ok, value: null } : { ok, code: 'no-answer', message: 'No answer.' }));
      saves.push({ settings, answer });
    });
  }) as unknown as Ask;
  await act(async () => render(<Notifications ask={ask} by={null} />, host));
});
afterEach(() => {
  render(null, host);
  host.remove();
});

const box = (name: string) => {
  const found = [...host.querySelectorAll('label')].find(({ textContent }) => textContent === name);
  const input = found?.querySelector('input');
  if (!input) throw new Error(`No choice ${name}`);
  return input;
};
const untick = (name: string) => act(async () => box(name).click());
const saved = () => host.querySelector('[role="status"]')?.textContent;

test('is said to be saved once the last choice is, and not one before it', async () => {
  await untick('A customer replied');
  await untick('A case changed by itself');
  await saves[0]?.answer(true);
  expect(saved()).toBe('');
  await saves[1]?.answer(true);
  expect(saved()).toMatch(/^Saved/);
  expect(saves[1]?.settings.off).toEqual(['reply', 'changed']);
});

test('what could not be kept goes back to what was kept last', async () => {
  await untick('A customer replied');
  await untick('A case changed by itself');
  await saves[0]?.answer(true);
  await saves[1]?.answer(false);
  expect([box('A customer replied').checked, box('A case changed by itself').checked]).toEqual([false, true]);
  expect(host.querySelector('[role="alert"]')?.textContent).toBe('No answer.');
});
