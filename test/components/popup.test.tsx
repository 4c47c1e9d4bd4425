// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PopupApp } from '../../components/popup/app';
import type { Ask } from '../../core/contract/client';
import type { SiteView } from '../../core/contract/views';

const site: SiteView = {
  siteId: 'rt-1',
  name: 'rt.example.com',
  deskName: 'RT',
  baseUrl: 'https://rt.example.com/rt',
  connectedAt: 1,
  templateId: 'support',
  granted: true,
  tells: [],
  takesKey: false,
  keyOwner: null,
  problem: null,
};
let host: HTMLElement;
let connected: boolean;
let refusal: string | null;

beforeEach(async () => {
  host = document.createElement('div');
  document.body.append(host);
  connected = true;
  refusal = null;
  const ask = (async (name: string) => {
    if (name === 'sites.disconnect') {
      if (refusal !== null) return { ok: false, code: 'internal', message: refusal };
      connected = false;
      return { ok: true, value: null };
    }
    const address = 'https://rt.example.com/rt/Ticket/Display.html?id=1';
    const unknown = { state: 'unknown', origin: 'https://rt.example.com', address };
    return {
      ok: true,
      value: { page: connected ? { state: 'connected', site, case: null } : unknown, due: [], waiting: 0 },
    };
  }) as Ask;
  const none = () => undefined;
  await act(async () => {
    render(
      <PopupApp
        ask={ask}
        tabUrl={async () => 'https://rt.example.com/rt/'}
        requestAccess={async () => true}
        openTab={none}
        openOptions={none}
        openReview={none}
      />,
      host,
    );
  });
});
afterEach(() => {
  render(null, host);
  host.remove();
});

async function press(name: string): Promise<void> {
  const named = (button: HTMLButtonElement) => (button.getAttribute('aria-label') ?? button.textContent) === name;
  const button = [...host.querySelectorAll('button')].find(named);
  if (!button) throw new Error(`No button ${name}`);
  await act(async () => {
    const click = new MouseEvent('click', { bubbles: true });
    // Only a person's clicks count; a test stands in for one.
    Object.defineProperty(click, 'isTrusted', { value: true });
    button.dispatchEvent(click);
  });
}

test('a site is switched off from the popup, after a question', async () => {
  await press('Switch off here');
  expect(document.activeElement?.textContent).toBe('Keep it on');
  await press('Switch off on rt.example.com');
  await vi.waitFor(() => expect(host.textContent).toContain('is not connected'));
});

test('a site that is kept on stays connected', async () => {
  await press('Switch off here');
  await press('Keep it on');
  expect(connected).toBe(true);
  expect(host.textContent).toContain('Connected');
});

test('says why a site could not be switched off', async () => {
  refusal = 'The browser has no space left.';
  await press('Switch off here');
  await press('Switch off on rt.example.com');
  expect(host.querySelector('[role=alert]')?.textContent).toContain('no space left');
  expect(host.textContent).toContain('Connected');
});
