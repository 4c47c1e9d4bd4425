// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { OptionsApp } from '../../components/options/app';
import { PopupApp } from '../../components/popup/app';
import type { Ask } from '../../core/contract/client';
import { press } from './press';

const refusal = { ok: false, code: 'no-answer', message: 'The extension did not answer.' };
const silent = (async () => refusal) as unknown as Ask;
const slow = (() => new Promise(() => {})) as unknown as Ask;
let host: HTMLElement;

beforeEach(() => {
  host = document.createElement('div');
  document.body.append(host);
});
afterEach(() => {
  render(null, host);
  host.remove();
  location.hash = '';
  vi.restoreAllMocks();
});

async function show(hash: string, ask: Ask): Promise<HTMLElement> {
  location.hash = hash;
  await act(async () =>
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
  return vi.waitFor(() => {
    const main = host.querySelector('main');
    if (!main) throw new Error('The page has no main part');
    return main;
  });
}

const alertIn = (within: ParentNode) => within.querySelector('[role="alert"]')?.textContent ?? '';

describe.each([
  '#sites',
  '#review',
  '#templates',
  '#templates/support',
  '#calendars',
  '#calendars/berlin',
  '#notifications',
  '#shortcuts',
  '#data',
])('%s', (hash) => {
  test('a page that cannot be read says why and offers to try again; it does not look empty', async () => {
    const main = await show(hash, silent);
    await vi.waitFor(() => expect(alertIn(main)).toContain(refusal.message));
    expect([...main.querySelectorAll('button')].map(({ textContent }) => textContent)).toContain('Try again');
    expect(main.querySelector('.empty')).toBeNull();
    expect(main.querySelector('.spinner')).toBeNull();
  });

  test('a page that is being read says so', async () => {
    const main = await show(hash, slow);
    expect(main.querySelector('.loading')?.textContent).toBe('Loading…');
  });
});

test('to try again is to load the page anew, with all that it asks for', async () => {
  const reload = vi.spyOn(location, 'reload').mockImplementation(() => {});
  const main = await show('#sites', silent);
  await vi.waitFor(() => expect(alertIn(main)).toContain(refusal.message));
  await press(main, 'Try again');
  expect(reload).toHaveBeenCalledOnce();
});

test('the set-up too can be tried again where it could not be read', async () => {
  await show('#setup', silent);
  await vi.waitFor(() => expect(alertIn(host)).toContain(refusal.message));
  expect([...host.querySelectorAll('button')].map(({ textContent }) => textContent)).toContain('Try again');
});

test('the popup asks once more where it was not answered', async () => {
  let answers = false;
  const ask = (async () =>
    answers ? { ok: true, value: { page: { state: 'no-page' }, due: [], waiting: 0 } } : refusal) as unknown as Ask;
  const none = () => undefined;
  await act(async () =>
    render(
      <PopupApp
        ask={ask}
        tabUrl={async () => null}
        requestAccess={async () => true}
        openTab={none}
        openOptions={none}
        openReview={none}
      />,
      host,
    ),
  );
  await vi.waitFor(() => expect(alertIn(host)).toContain(refusal.message));
  answers = true;
  await press(host, 'Try again');
  await vi.waitFor(() => expect(alertIn(host)).toBe(''));
  expect(host.textContent).not.toContain('Try again');
});
