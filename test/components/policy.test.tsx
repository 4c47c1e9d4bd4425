// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OptionsApp } from '../../components/options/app';
import type { Ask } from '../../core/contract/client';
import type { PolicyView } from '../../core/contract/views';

const FREE: PolicyView = {
  language: null,
  notifications: null,
  role: { value: 'admin', by: null },
  allowedSites: null,
};
const settings = { off: [], quiet: null, digestAbove: 5 };
let host: HTMLElement;
let asked: [string, unknown][];

beforeEach(() => {
  host = document.createElement('div');
  document.body.append(host);
  asked = [];
});
afterEach(() => {
  render(null, host);
  host.remove();
  location.hash = '';
});

async function show(policy: PolicyView, hash: string, refusal?: string): Promise<void> {
  location.hash = hash;
  const answers: Record<string, unknown> = {
    'policy.view': policy,
    'language.get': { chosen: null, language: 'en' },
    'notifications.get': settings,
    'sites.list': [],
    'templates.list': [],
    'drafts.list': [],
    'templates.examples': [],
    'review.list': [],
  };
  const ask = (async (name: string, input: { role?: 'agent' | 'admin' }) => {
    asked.push([name, input]);
    if (name !== 'role.set') return { ok: true, value: answers[name] };
    if (refusal !== undefined) return { ok: false, code: 'locked', message: refusal };
    return { ok: true, value: { ...policy, role: { value: input.role, by: policy.role.by } } };
  }) as Ask;
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
}
const picker = (label: string) => {
  const named = [...host.querySelectorAll('label')].find(({ textContent }) => textContent === label);
  const found = host.querySelector<HTMLSelectElement>(`[id="${named?.htmlFor}"]`);
  if (!found) throw new Error(`No picker ${label}`);
  return found;
};
const main = () => host.querySelector('main')?.textContent ?? '';

test('without a policy everything can be chosen, and nobody is spoken of', async () => {
  await show(FREE, '#templates');
  expect([picker('Language').disabled, picker('Used by').disabled]).toEqual([false, false]);
  expect(host.textContent).not.toContain('organisation');
  expect(main()).toContain('Import a file');
});

test('what is locked is disabled and says so, what is provided says so and can be changed', async () => {
  await show(
    { ...FREE, language: 'locked', notifications: 'locked', role: { value: 'agent', by: 'provided' } },
    '#notifications',
  );
  expect([picker('Language').disabled, picker('Used by').disabled]).toEqual([true, false]);
  const described = (select: HTMLElement) =>
    document.getElementById(select.getAttribute('aria-describedby') ?? '')?.textContent;
  expect(described(picker('Language'))).toBe('Set by your organisation.');
  expect(described(picker('Used by'))).toBe('Suggested by your organisation.');
  expect(main()).toContain('Set by your organisation.');
  expect(host.querySelector('main fieldset')?.hasAttribute('disabled')).toBe(true);
});

test('an agent’s templates are read-only, and the page says why', async () => {
  await show({ ...FREE, role: { value: 'agent', by: 'locked' } }, '#templates');
  expect(main()).toContain('Your organisation has made this browser an agent’s');
  expect(main()).not.toContain('Import a file');
});

test('the role is chosen here, and the templates follow', async () => {
  await show(FREE, '#templates');
  const choose = async (role: string) =>
    act(async () => {
      picker('Used by').value = role;
      picker('Used by').dispatchEvent(new Event('change', { bubbles: true }));
    });
  await choose('agent');
  expect(asked).toContainEqual(['role.set', { role: 'agent' }]);
  expect(main()).toContain('This browser is for an agent');
  expect(main()).not.toContain('Import a file');
  await choose('admin');
  expect(main()).toContain('Import a file');
});

test('a role that is refused stays, and says why', async () => {
  await show(FREE, '#templates', 'Your organisation has set this.');
  await act(async () => {
    picker('Used by').value = 'agent';
    picker('Used by').dispatchEvent(new Event('change', { bubbles: true }));
  });
  expect(host.querySelector('.side [role=alert]')?.textContent).toContain('Your organisation has set this.');
  expect(picker('Used by').value).toBe('admin');
});

test('the sites that may be connected are named', async () => {
  await show({ ...FREE, allowedSites: ['https://rt.example.com'] }, '#sites');
  expect(main()).toContain('Your organisation lets only these be connected: https://rt.example.com.');
});

test('the folded menu names the page that is shown, and folds again once another was chosen, with the focus on it', async () => {
  await show(FREE, '#sites');
  const menu = () => host.querySelector<HTMLButtonElement>('[aria-controls="menu"]');
  expect(menu()?.textContent).toBe('Sites');
  await act(async () => menu()?.click());
  expect(menu()?.getAttribute('aria-expanded')).toBe('true');
  await act(async () => {
    location.hash = '#templates';
    window.dispatchEvent(new HashChangeEvent('hashchange', { oldURL: '#sites', newURL: '#templates' }));
  });
  expect(menu()?.getAttribute('aria-expanded')).toBe('false');
  expect(menu()?.textContent).toBe('Templates');
  expect(document.activeElement).toBe(menu());
});
