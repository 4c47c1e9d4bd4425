import * as z from 'zod/mini';
import { lazily } from '../domain/lazily';
import { EVERY_NOTIFICATION, NotificationSettings } from '../domain/notification-settings';
import { LANGUAGES, type Language } from '../words/language';

/** What a person of this browser does with templates: an agent reads them, an admin changes them. */
export const Role = lazily(() => z.enum(['agent', 'admin']));
export type Role = z.infer<typeof Role>;

/** What an organisation says of a setting. `locked`: the person cannot choose another. */
export interface Provided<T> {
  value: T;
  locked: boolean;
}

/** What an organisation provides for its browsers; see docs/guides/policy.md. */
export interface Policy {
  language: Provided<Language> | null;
  notifications: Provided<NotificationSettings> | null;
  role: Provided<Role> | null;
  /** The origins that may be connected; `null`: any. */
  allowedSites: readonly string[] | null;
  /** The names of what is in the policy and could not be understood. */
  ignored: readonly string[];
}

export const NO_POLICY: Policy = { language: null, notifications: null, role: null, allowedSites: null, ignored: [] };

const Locked = lazily(() => z.array(z.enum(['language', 'notifications', 'role'])).check(z.maxLength(10)));
const Sites = lazily(() => z.array(z.unknown()).check(z.maxLength(1000)));
const KNOWN = ['language', 'notifications', 'role', 'allowedSites', 'locked'];

function originOf(site: unknown): string | null {
  if (typeof site !== 'string' || !/^https?:\/\//i.test(site)) return null;
  try {
    return new URL(site).origin;
  } catch {
    return null;
  }
}

/** Reads a policy field by field: what is not understood is left out and named, and the rest counts. */
export function parsePolicy(raw: unknown): Policy {
  const given = typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : {};
  const ignored = Object.keys(given).filter((name) => !KNOWN.includes(name));
  const read = <T>(name: string, schema: z.ZodMiniType<T>, value = given[name]): T | null => {
    if (given[name] === undefined) return null;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    ignored.push(name);
    return null;
  };
  const locked = read('locked', Locked) ?? [];
  const provided = <T>(name: 'language' | 'notifications' | 'role', value: T | null): Provided<T> | null =>
    value === null ? null : { value, locked: locked.includes(name) };
  const { notifications } = given;
  // Only what is to differ has to be said.
  const whole =
    typeof notifications === 'object' && notifications !== null
      ? { ...EVERY_NOTIFICATION, ...notifications }
      : notifications;
  // A site that is not understood allows nothing; without it the list is only shorter.
  const allowedSites =
    read('allowedSites', Sites)?.flatMap((site, index) => {
      const origin = originOf(site);
      if (origin === null) ignored.push(`allowedSites.${index}`);
      return origin ?? [];
    }) ?? null;
  return {
    language: provided('language', read('language', z.enum(LANGUAGES))),
    notifications: provided('notifications', read('notifications', NotificationSettings, whole)),
    role: provided('role', read('role', Role)),
    allowedSites,
    ignored,
  };
}

/** Whether a policy lets pages of this origin be connected. */
export function mayConnect(policy: Policy, origin: string): boolean {
  return policy.allowedSites?.includes(origin) ?? true;
}
