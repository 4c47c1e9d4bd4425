import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mayConnect, NO_POLICY, parsePolicy } from '../../../core/contract/policy';

describe('a policy', () => {
  it('is read field by field; what is not locked is provided only', () => {
    expect(
      parsePolicy({
        language: 'de',
        notifications: { quiet: { from: '19:00', to: '08:00' } },
        role: 'agent',
        allowedSites: ['https://rt.example.com/rt/', 'http://10.0.0.5:8080'],
        locked: ['role'],
      }),
    ).toEqual({
      language: { value: 'de', locked: false },
      notifications: { value: { off: [], quiet: { from: '19:00', to: '08:00' }, digestAbove: 5 }, locked: false },
      role: { value: 'agent', locked: true },
      allowedSites: ['https://rt.example.com', 'http://10.0.0.5:8080'],
      ignored: [],
    });
  });

  it.each([undefined, null, {}, [], 'role', 7])('%j is none', (raw) => {
    expect(parsePolicy(raw)).toMatchObject({ language: null, notifications: null, role: null, allowedSites: null });
    expect(parsePolicy({})).toEqual(NO_POLICY);
  });

  it.each<[string, object, string[]]>([
    ['a language that we do not speak', { language: 'fr' }, ['language']],
    ['notifications of another shape', { notifications: { off: ['nonsense'] } }, ['notifications']],
    [
      'quiet hours that end when they begin',
      { notifications: { quiet: { from: '08:00', to: '08:00' } } },
      ['notifications'],
    ],
    ['a role that there is not', { role: 'boss' }, ['role']],
    ['sites that are no list', { allowedSites: 'https://rt.example.com' }, ['allowedSites']],
    ['a list of locks with something else in it', { locked: ['role', 'panel'] }, ['locked']],
    ['a name that is not known', { langauge: 'de' }, ['langauge']],
  ])('%s is ignored and named, and the rest counts', (_what, wrong, ignored) => {
    const good = { role: 'agent', language: 'de' };
    const policy = parsePolicy({ ...good, ...wrong });
    expect(policy.ignored).toEqual(ignored);
    if (!('role' in wrong)) expect(policy.role).toEqual({ value: 'agent', locked: false });
    if (!('language' in wrong)) expect(policy.language?.value).toBe('de');
    for (const name of ignored) expect((policy as unknown as Record<string, unknown>)[name] ?? null).toBeNull();
  });

  it.each(['rt.example.com', 'ftp://rt.example.com', 'https://', '', '*', 7, null])(
    'a site %j in the list allows nothing, is named, and does not open the list',
    (site) => {
      const policy = parsePolicy({ allowedSites: ['https://good.example.com', site] });
      expect(policy.allowedSites).toEqual(['https://good.example.com']);
      expect(policy.ignored).toEqual(['allowedSites.1']);
    },
  );

  it('lets exactly the listed origins be connected, any where there is no list, none where it is empty', () => {
    const policy = parsePolicy({ allowedSites: ['https://rt.example.com/rt'] });
    expect(mayConnect(policy, 'https://rt.example.com')).toBe(true);
    for (const other of ['http://rt.example.com', 'https://rt.example.com:8443', 'https://rt.example.com.evil.test'])
      expect(mayConnect(policy, other), other).toBe(false);
    expect(mayConnect(NO_POLICY, 'https://any.test')).toBe(true);
    expect(mayConnect(parsePolicy({ allowedSites: [] }), 'https://any.test')).toBe(false);
  });
});

it('the schema that Chromium gets names the same fields and values', () => {
  const { properties } = JSON.parse(readFileSync('public/policy.schema.json', 'utf8'));
  expect(Object.keys(properties).toSorted()).toEqual(['allowedSites', 'language', 'locked', 'notifications', 'role']);
  const every = {
    language: properties.language.enum.at(-1),
    role: properties.role.enum[0],
    notifications: {
      off: properties.notifications.properties.off.items.enum,
      quiet: { from: '19:00', to: '08:00' },
      digestAbove: properties.notifications.properties.digestAbove.maximum,
    },
    allowedSites: ['https://rt.example.com'],
    locked: properties.locked.items.enum,
  };
  expect(parsePolicy(every).ignored).toEqual([]);
});
