// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SetUp } from '../../components/options/setup';
import type { Ask } from '../../core/contract/client';
import type { PolicyView, SiteView } from '../../core/contract/views';
import { exampleTemplates } from '../../core/domain/example-templates';
import { press } from './press';

const FREE: PolicyView = {
  language: null,
  notifications: null,
  role: { value: 'admin', by: null },
  allowedSites: null,
};
const site = (host: string, connectedAt = 1): SiteView => ({
  siteId: `rt-${host}`,
  name: host,
  deskName: 'Request Tracker',
  baseUrl: `https://${host}`,
  connectedAt,
  templateId: 'support',
  granted: true,
  tells: [],
  takesKey: false,
  keyOwner: null,
  problem: null,
});
const offer = (id: string, name: string, archived = false) => ({
  id,
  name,
  archived,
  summary: '',
  statuses: exampleTemplates[0]?.statuses.map(({ id: key, name: word, category }) => ({
    id: key,
    name: word,
    category,
  })),
});

let host: HTMLElement;
let asked: [string, unknown][];
let requested: string[];
let granted: boolean;
let sites: SiteView[];

beforeEach(() => {
  host = document.createElement('div');
  document.body.append(host);
  [asked, requested, granted, sites] = [[], [], true, []];
});
afterEach(() => {
  render(null, host);
  host.remove();
});

async function show({ policy = FREE, step = 'desk', addFails = false } = {}): Promise<void> {
  const answers: Record<string, (input: { address?: string; templateId?: string; siteId?: string }) => unknown> = {
    'setup.get': () => ({ step }),
    'setup.set': () => null,
    'language.get': () => ({ chosen: null, language: 'en' }),
    'sites.list': () => sites,
    'sites.connect': ({ address }) => site(new URL(address ?? '').host),
    'sites.set-template': ({ siteId, templateId }) => ({ ...sites.find((one) => one.siteId === siteId), templateId }),
    'templates.list': () => [
      offer('support', 'Support'),
      offer('support-fast-clock', 'Support (fast clock)'),
      offer('returns', 'Returns', true),
    ],
    'templates.examples': () => [offer('transfer-and-order', 'Transfer and order')],
    'templates.add-example': () => [],
    'drafts.create': () => ({ id: 'mine' }),
    'shortcuts.get': () => ({ shortcuts: { palette: null }, desk: [] }),
    'sites.test': () => ({ deskName: '', ticket: null, fields: [], desk: [], problems: [] }),
  };
  const ask = (async (name: string, input: object) => {
    asked.push([name, input]);
    if (addFails && name === 'templates.add-example') return { ok: false, code: 'read-only', message: 'Not here.' };
    return { ok: true, value: answers[name]?.(input) };
  }) as Ask;
  const requestAccess = async (url: URL) => {
    requested.push(url.origin);
    return granted;
  };
  await act(async () => render(<SetUp ask={ask} requestAccess={requestAccess} policy={policy} />, host));
  await settled();
}
/** What was asked is answered, and so is what the answers led to. */
const settled = async () => {
  for (let turn = 0; turn < 5; turn += 1) await act(async () => void (await Promise.resolve()));
};
const buttons = () => [...host.querySelectorAll('button')];
const pressed = async (name: string) => {
  await press(host, name);
  await settled();
};
const radios = () => [...host.querySelectorAll<HTMLInputElement>('input[type="radio"]')];
const told = (name: string) => asked.filter(([request]) => request === name).map(([, input]) => input);

test('help desks that the organisation names are a click away, and none is asked for without it', async () => {
  await show({ policy: { ...FREE, allowedSites: ['https://rt.example.com', 'https://other.example.com'] } });
  expect(host.textContent).toContain('Your organisation has named the help desks');
  expect(requested).toEqual([]);
  await pressed('Connect https://rt.example.com');
  expect(requested).toEqual(['https://rt.example.com']);
  expect(told('sites.connect')).toEqual([{ address: 'https://rt.example.com/' }]);
  expect(host.textContent).toContain('This is Request Tracker. It is connected.');
  await pressed('Connect another');
  expect(buttons().map((one) => one.getAttribute('aria-label'))).not.toContain('Connect https://rt.example.com');
});

test('where the organisation allows none, that is said', async () => {
  await show({ policy: { ...FREE, allowedSites: [] } });
  expect(host.textContent).toContain('Your organisation lets no help desk be connected.');
});

test('without the browser’s permission nothing is connected, and the step says why', async () => {
  granted = false;
  await show({ policy: { ...FREE, allowedSites: ['https://rt.example.com'] } });
  await pressed('Connect https://rt.example.com');
  expect(told('sites.connect')).toEqual([]);
  expect(host.querySelector('[role="alert"]')?.textContent).toContain('Without access to rt.example.com');
});

test('R3: an example is added and then used; neither the fast clock nor what is archived is a template for a start', async () => {
  sites = [site('a.example.com'), site('b.example.com')];
  await show({ step: 'template' });
  expect(radios().map(({ value }) => value)).toEqual(['support', 'transfer-and-order', '-own']);
  await act(async () => radios()[1]?.click());
  await pressed('Continue');
  expect(told('templates.add-example')).toEqual([{ templateId: 'transfer-and-order' }]);
  // The help desk that was connected last is meant, as long as nobody says otherwise.
  expect(told('sites.set-template')).toEqual([{ siteId: 'rt-b.example.com', templateId: 'transfer-and-order' }]);
  expect(told('setup.set').at(-1)).toEqual({ step: 'panel' });
});

test('an example that cannot be added is used for nothing, and says why', async () => {
  sites = [site('a.example.com')];
  await show({ step: 'template', addFails: true });
  await act(async () => radios()[1]?.click());
  await pressed('Continue');
  expect(told('sites.set-template')).toEqual([]);
  expect(host.querySelector('[role="alert"]')?.textContent).toBe('Not here.');
});

test('what the help desk has can be kept, be it the fast clock or archived since', async () => {
  for (const templateId of ['support-fast-clock', 'returns']) {
    sites = [{ ...site('a.example.com'), templateId }];
    await show({ step: 'template' });
    expect(radios().find(({ checked }) => checked)?.value).toBe(templateId);
    await pressed('Continue');
    expect(told('sites.set-template').at(-1)).toEqual({ siteId: 'rt-a.example.com', templateId });
    expect(told('setup.set').at(-1)).toEqual({ step: 'panel' });
    render(null, host);
  }
});

test('where the help desk has a template that is not here, Continue waits for a choice', async () => {
  sites = [{ ...site('a.example.com'), templateId: 'gone' }];
  await show({ step: 'template' });
  const next = () => buttons().find(({ textContent }) => textContent === 'Continue');
  expect(next()?.getAttribute('aria-disabled')).toBe('true');
  await act(async () => radios()[0]?.click());
  expect(next()?.getAttribute('aria-disabled')).toBeNull();
});

test('Enter pressed twice in the name begins one template', async () => {
  sites = [site('a.example.com')];
  await show({ step: 'template' });
  await act(async () => radios().at(-1)?.click());
  const field = host.querySelector<HTMLInputElement>('.setup-own-name input');
  if (!field) throw new Error('No field for the name');
  field.value = 'Mine';
  await act(async () => void field.dispatchEvent(new InputEvent('input', { bubbles: true })));
  const enter = () => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  await act(async () => {
    enter();
    enter();
  });
  await settled();
  await act(async () => void enter());
  await settled();
  expect(told('drafts.create')).toEqual([{ name: 'Mine', from: null }]);
  expect(location.hash).toBe('#templates/mine');
  location.hash = '';
});

test('the last step is about the help desk that a template was chosen for', async () => {
  sites = [site('a.example.com', 2), site('b.example.com', 1)];
  await show({ step: 'template' });
  // Whatever the order in which they come, the newest is meant first.
  expect(host.querySelector('h1')?.textContent).toContain('a.example.com');
  const choice = host.querySelector('.setup-for select') as HTMLSelectElement;
  choice.value = 'rt-b.example.com';
  await act(async () => void choice.dispatchEvent(new Event('change', { bubbles: true })));
  await pressed('Continue');
  expect(told('sites.test')).toEqual([{ siteId: 'rt-b.example.com' }]);
});

test('an agent’s browser is offered what is here, and adds nothing', async () => {
  sites = [site('a.example.com')];
  await show({ step: 'template', policy: { ...FREE, role: { value: 'agent', by: 'locked' } } });
  expect(radios().map(({ value }) => value)).toEqual(['support']);
  expect(told('templates.examples')).toEqual([]);
});

test('the last step says what to do where no ticket is open, and finishing is kept', async () => {
  sites = [site('a.example.com')];
  await show({ step: 'panel' });
  expect(host.textContent).toContain('No tab shows a ticket yet.');
  await pressed('Finish');
  expect(told('setup.set').at(-1)).toEqual({ step: 'desk' });
  location.hash = '';
});

test('as long as nobody knows where the person stopped, that it loads is said', async () => {
  const ask = (() => new Promise(() => {})) as unknown as Ask;
  await act(async () => render(<SetUp ask={ask} requestAccess={async () => true} policy={FREE} />, host));
  expect(host.querySelector('main')?.textContent).toBe('Loading…');
});
