// @vitest-environment happy-dom
import type { ComponentChild } from 'preact';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Notifications } from '../../components/options/notifications';
import { ShortcutsPage } from '../../components/options/shortcuts';
import { Sites } from '../../components/options/sites';
import type { Ask } from '../../core/contract/client';
import { EVERY_NOTIFICATION } from '../../core/domain/notification-settings';
import { DEFAULT_SHORTCUTS, SHORTCUT_ACTIONS, type ShortcutAction } from '../../core/domain/shortcuts';
import { press } from './press';

let host: HTMLElement;
let stored: Record<string, unknown>;
let kept: unknown[];
const ask = (async (name: string, input: object) => {
  if (name.endsWith('.set')) kept.push(input);
  const value = name.endsWith('.set') ? input : stored[name];
  return value === undefined ? { ok: false, code: 'internal', message: 'No answer.' } : { ok: true, value };
}) as unknown as Ask;
beforeEach(() => {
  host = document.createElement('div');
  document.body.append(host);
  kept = [];
});
afterEach(() => {
  render(null, host);
  host.remove();
});
const settled = async () => {
  for (let turn = 0; turn < 5; turn += 1) await act(async () => void (await Promise.resolve()));
};
async function show(page: ComponentChild): Promise<void> {
  await act(async () => render(page, host));
  await settled();
}
async function comeBack(): Promise<void> {
  await act(async () => void window.dispatchEvent(new Event('focus')));
  await settled();
}

test('what a panel did to the shortcuts meanwhile is not taken back by the next choice', async () => {
  stored = { 'shortcuts.get': { shortcuts: DEFAULT_SHORTCUTS, desk: [] } };
  await show(<ShortcutsPage ask={ask} />);
  const now = { ...DEFAULT_SHORTCUTS, [SHORTCUT_ACTIONS.at(-1) ?? 'palette']: 'Alt+Shift+1' };
  stored = { 'shortcuts.get': { shortcuts: now, desk: [] } };
  await comeBack();
  const off =
    [...host.querySelectorAll('button')].find(({ textContent }) => textContent === 'Off')?.getAttribute('aria-label') ??
    '';
  await press(host, off);
  await settled();
  const [wanted] = kept as (typeof DEFAULT_SHORTCUTS)[];
  expect(Object.entries(now).filter(([action, keys]) => wanted?.[action as ShortcutAction] !== keys)).toHaveLength(1);
});

test('what another tab chose about notifications is not taken back by the next choice', async () => {
  stored = { 'notifications.get': EVERY_NOTIFICATION };
  await show(<Notifications ask={ask} by={null} />);
  stored = { 'notifications.get': { ...EVERY_NOTIFICATION, off: ['reply'] } };
  await comeBack();
  await act(async () => host.querySelector<HTMLInputElement>('input[type=checkbox]')?.click());
  await settled();
  expect(kept).toEqual([{ ...EVERY_NOTIFICATION, off: ['reply', 'reminder'] }]);
});

test('templates that could not be read are said on the page of the help desks', async () => {
  stored = { 'sites.list': [] };
  await show(<Sites ask={ask} requestAccess={async () => true} allowed={null} />);
  expect(host.querySelector('[role="alert"]')?.textContent).toBe('No answer.');
});
