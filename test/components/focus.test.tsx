// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useFocusKept } from '../../components/options/focus';

let host: HTMLElement;
const names = signal(['One', 'Two', 'Three']);
const shown = signal(true);

function Page() {
  useFocusKept();
  return (
    <main>
      <h1>Page</h1>
      <button type="button">Add</button>
      {shown.value && (
        <ul>
          {names.value.map((name) => (
            <li key={name}>
              <button type="button">{name}</button>
            </li>
          ))}
        </ul>
      )}
    </main>
  );
}

beforeEach(async () => {
  vi.useFakeTimers();
  host = document.createElement('div');
  document.body.append(host);
  names.value = ['One', 'Two', 'Three'];
  shown.value = true;
  await act(() => render(<Page />, host));
});
afterEach(() => {
  render(null, host);
  host.remove();
  vi.useRealTimers();
});

const button = (name: string) => [...host.querySelectorAll('button')].find(({ textContent }) => textContent === name);
const focused = () => document.activeElement?.textContent;
/** Draws, and ends after what is done once a page has had its own say about the focus. */
async function after(change: () => void): Promise<void> {
  await act(change);
  await vi.runAllTimersAsync();
}

test('what is removed hands the focus to what came after it', async () => {
  button('Two')?.focus();
  await after(() => {
    names.value = ['One', 'Three'];
  });
  expect(focused()).toBe('Three');
});

test('the last hands it to what came before it', async () => {
  button('Three')?.focus();
  await after(() => {
    names.value = ['One', 'Two'];
  });
  expect(focused()).toBe('Two');
});

test('what goes with all around it hands it to what is nearest', async () => {
  button('Two')?.focus();
  await after(() => {
    shown.value = false;
  });
  expect(focused()).toBe('Add');
});

test.each([
  ['at once', (go: () => void) => go()],
  ['once it is drawn', (go: () => void) => requestAnimationFrame(go)],
])('where the page itself has a better place, %s, that is it', async (_when, soon) => {
  button('Two')?.focus();
  await after(() => {
    names.value = ['One', 'Three'];
    soon(() => button('One')?.focus());
  });
  expect(focused()).toBe('One');
});
