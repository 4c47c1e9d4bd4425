import type { Answer } from '../contract/messages';
import { mayConnect, type Policy, type Provided, type Role } from '../contract/policy';
import type { PolicyView, Provision } from '../contract/views';
import { EVERY_NOTIFICATION, type NotificationSettings } from '../domain/notification-settings';
import { appWords } from '../words/app';
import type { Language } from '../words/language';
import type { Context } from './context';
import type { Permissions } from './ports';

/** What counts: what is locked, else the person's own choice, else what the organisation provides. */
async function chosen<T>(provided: Provided<T> | null, own: () => Promise<T | undefined>): Promise<T | undefined> {
  if (provided?.locked) return provided.value;
  return (await own()) ?? provided?.value;
}

/** The language that all is said in; `undefined`: the browser's own. */
export async function languageOf({ policy, settings }: Context): Promise<Language | undefined> {
  return chosen((await policy()).language, () => settings.language());
}

export async function notificationsOf({ policy, settings }: Context): Promise<NotificationSettings> {
  return (await chosen((await policy()).notifications, () => settings.notifications())) ?? EVERY_NOTIFICATION;
}

/** An admin, where nobody says otherwise. */
export async function roleOf({ policy, settings }: Context): Promise<Role> {
  return (await chosen((await policy()).role, () => settings.role())) ?? 'admin';
}

/** Refuses what the organisation has locked; `null`: it has not. */
export function refuseLocked(provided: Provided<unknown> | null): Answer<never> | null {
  return provided?.locked ? { ok: false, code: 'locked', message: appWords.locked } : null;
}

/** Permissions that count for allowed sites only: one that was granted before the organisation said so is of no use. */
export function permissionsUnder(policy: () => Promise<Policy>, permissions: Permissions): Permissions {
  return { has: async (origin) => mayConnect(await policy(), origin) && permissions.has(origin) };
}

const provision = (provided: Provided<unknown> | null): Provision =>
  provided === null ? null : provided.locked ? 'locked' : 'provided';

export async function policyView(ctx: Context): Promise<PolicyView> {
  const { language, notifications, role, allowedSites } = await ctx.policy(true);
  return {
    language: provision(language),
    notifications: provision(notifications),
    role: { value: await roleOf(ctx), by: provision(role) },
    allowedSites: allowedSites && [...allowedSites],
  };
}
