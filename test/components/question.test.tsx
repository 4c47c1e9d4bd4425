// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AskFirst } from '../../components/shared/question';
import { press } from './press';

let host: HTMLElement;
beforeEach(() => {
  host = document.createElement('div');
  document.body.append(host);
});
afterEach(() => {
  render(null, host);
  host.remove();
});

const button = (name: string) => [...host.querySelectorAll('button')].find(({ textContent }) => textContent === name);

async function show(onAct: () => void | Promise<void>, asks = true): Promise<void> {
  await act(() => {
    render(
      <AskFirst opens="Throw away" label="Really?" act="Yes, away" keep="Keep" asks={asks} onAct={onAct}>
        Really?
      </AskFirst>,
      host,
    );
  });
  await press(host, 'Throw away');
}

test('asks before it acts, with the focus on what keeps; and gives the focus back', async () => {
  const onAct = vi.fn();
  await show(onAct);
  expect(host.querySelector('[role=group]')?.getAttribute('aria-label')).toBe('Really?');
  expect(document.activeElement).toBe(button('Keep'));
  await press(host, 'Keep');
  expect(onAct).not.toHaveBeenCalled();
  expect(document.activeElement).toBe(button('Throw away'));
});

test('stays until what it does is done', async () => {
  let finish = (): void => undefined;
  const onAct = vi.fn(
    () =>
      new Promise<void>((resolve) => {
        finish = resolve;
      }),
  );
  await show(onAct);
  await press(host, 'Yes, away');
  expect(onAct).toHaveBeenCalledOnce();
  expect(button('Yes, away')).toBeDefined();
  await act(async () => finish());
  expect(document.activeElement).toBe(button('Throw away'));
});

test('takes the focus from nothing that what was done has put it on', async () => {
  const title = document.createElement('h1');
  title.tabIndex = -1;
  document.body.append(title);
  await show(() => title.focus());
  await press(host, 'Yes, away');
  expect(document.activeElement).toBe(title);
  title.remove();
});

test('acts at once where nothing would be lost, and stays where it was', async () => {
  const onAct = vi.fn();
  await show(onAct, false);
  expect(onAct).toHaveBeenCalledOnce();
  expect(button('Keep')).toBeUndefined();
});
