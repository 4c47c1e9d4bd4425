import * as z from 'zod/mini';
import type { DeskFailure } from '../domain/desk';
import { lazily } from '../domain/lazily';
import { deskWords } from '../words/desk';

/** How long a help desk may take to answer. */
const TIMEOUT_MS = 20_000;
/** No ticket is as long as this; whoever sends more is not to fill the memory. */
const MOST_BYTES = 20_000_000;
const DAY_MS = 86_400_000;
/** Why a help desk refused, in its own words. */
const Refusal = lazily(() => z.object({ message: z.string().check(z.minLength(1)) }));

export interface DeskAnswer {
  ok: true;
  status: number;
  body: unknown;
  headers: Headers;
}

/** An answer that is neither a refusal to talk nor the server's own trouble; its text is not looked at yet. */
export interface DeskText {
  ok: true;
  status: number;
  text: string;
  headers: Headers;
  /** Where redirects led to. */
  url: string;
  /** It led elsewhere, and was not followed: only where that was asked for. */
  redirects: boolean;
}

/**
 * One request in the agent's session. No network, and the status codes that mean the same everywhere, are failures in
 * words; every other answer is handed on, 4xx among them. Never throws.
 * @param deskName for the words
 */
export async function exchange(
  fetch: typeof globalThis.fetch,
  deskName: string,
  url: string,
  init: {
    method?: string;
    body?: string | URLSearchParams;
    headers: Record<string, string>;
    redirect?: RequestRedirect;
    /** Whether the help desk itself says that there is no such ticket, where that can be told. */
    isOwn?: (headers: Headers, text: string) => boolean;
  },
): Promise<DeskText | DeskFailure> {
  const writes = init.method !== undefined && init.method !== 'GET';
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: init.method ?? 'GET',
      credentials: 'include',
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: init.headers,
      ...(init.redirect === undefined ? {} : { redirect: init.redirect }),
      ...(init.body === undefined ? {} : { body: init.body }),
    });
    text = await textOf(response);
  } catch (error) {
    return error instanceof TooMuch
      ? { ok: false, code: 'nonsense', message: deskWords.tooMuch(deskName), maybeDone: writes }
      : { ok: false, code: 'unreachable', message: deskWords.unreachable(deskName), maybeDone: writes };
  }
  const { status, headers } = response;
  // The login page of a network, say: whatever it answers, it is not the help desk that does.
  if (response.url !== '' && new URL(response.url).origin !== new URL(url).origin)
    return ledElsewhere(deskName, writes);
  // A help desk is believed when it says that it refuses. A login that ended, and a proxy that asks to wait, say less: they
  // may have come after it was done.
  if (status === 401)
    return {
      ok: false,
      code: 'not-logged-in',
      message: deskWords.whoAsks(deskName),
      maybeDone: writes,
    };
  if (status === 403) return { ok: false, code: 'refused', message: deskWords.notAllowed(deskName) };
  // A server before it, while the help desk is made anew, has no such page either, and knows nothing of tickets.
  if ((status === 404 || status === 410) && init.isOwn?.(headers, text) !== false)
    return { ok: false, code: 'gone', message: deskWords.gone(deskName) };
  if (status === 409 || status === 412) return { ok: false, code: 'changed', message: deskWords.changed(deskName) };
  const waitMs = retryAfterMs(headers);
  if (status === 429)
    return {
      ok: false,
      code: 'rate-limited',
      message: deskWords.asksToWait(deskName),
      maybeDone: writes,
      retryAfterMs: waitMs ?? 60_000,
    };
  if (status >= 500)
    return {
      ok: false,
      code: 'server-error',
      message: deskWords.hasProblem(deskName, status),
      maybeDone: writes,
      ...(waitMs === null ? {} : { retryAfterMs: waitMs }),
    };
  // Browsers do not tell the status of a redirect that they did not follow.
  const redirects = response.type === 'opaqueredirect' || (status >= 300 && status < 400);
  return { ok: true, status, text, headers, url: response.url, redirects };
}

/** Another address answers, or would if it were asked. */
export const ledElsewhere = (deskName: string, maybeDone: boolean): DeskFailure => ({
  ok: false,
  code: 'unreachable',
  message: deskWords.otherAddress(deskName),
  maybeDone,
});

class TooMuch extends Error {}

async function textOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return response.text();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > MOST_BYTES) {
      await reader.cancel();
      throw new TooMuch();
    }
    text += decoder.decode(value, { stream: true });
  }
}

/**
 * What a `Retry-After` asks to wait: seconds, or a date by the server's own clock (RFC 9110, 10.2.3). From a second to a day;
 * `null`: it asks for nothing that can be read.
 */
function retryAfterMs(headers: Headers): number | null {
  const header = headers.get('retry-after');
  if (header === null) return null;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.parse(headers.get('date') ?? '');
  return Number.isFinite(ms) ? Math.min(DAY_MS, Math.max(1000, ms)) : null;
}

/**
 * Whether a page that came instead of an answer wants somebody to log in: the help desk's own form, or one of a login service
 * before it, SAML's that sends itself among them (SAML 2.0 Bindings, 3.5.4).
 */
export const asksToLogIn = (html: string): boolean => /login|password|\bsign[ -]?in\b|\bSAMLRequest\b/i.test(html);

const isJson = (headers: Headers): boolean => /\bjson\b/i.test(headers.get('content-type') ?? '');

/**
 * One JSON request in the agent's session. What is not JSON of the help desk (a login page that answers 200, a proxy's
 * page) is a failure in words; so is every status above 299. Never throws.
 * @param deskName for the words
 * @param init `redirect`: whether the request is led on to where the help desk says; what goes along with it is too
 */
export async function askDesk(
  fetch: typeof globalThis.fetch,
  deskName: string,
  url: string,
  init: { method?: string; json?: unknown; headers?: Record<string, string>; redirect?: 'manual' } = {},
): Promise<DeskAnswer | DeskFailure> {
  const writes = init.method !== undefined && init.method !== 'GET';
  const answer = await exchange(fetch, deskName, url, {
    ...(init.method === undefined ? {} : { method: init.method }),
    headers: {
      accept: 'application/json',
      ...(init.json === undefined ? {} : { 'content-type': 'application/json' }),
      ...init.headers,
    },
    ...(init.json === undefined ? {} : { body: JSON.stringify(init.json) }),
    ...(init.redirect === undefined ? {} : { redirect: init.redirect }),
    isOwn: isJson,
  });
  if (!answer.ok) return answer;
  if (answer.redirects) return ledElsewhere(deskName, writes);
  const { status, text, headers } = answer;
  if (status === 404 && !isJson(headers))
    return { ok: false, code: 'nonsense', message: deskWords.noApi(deskName), maybeDone: writes };
  if (!isJson(headers))
    return asksToLogIn(text)
      ? {
          ok: false,
          code: 'not-logged-in',
          message: deskWords.loginPage(deskName),
          maybeDone: writes,
        }
      : {
          ok: false,
          code: 'nonsense',
          message: deskWords.notItsFormat(deskName),
          maybeDone: writes,
        };
  const json = parsed(text);
  if (status >= 400) {
    const why = Refusal.safeParse(json?.value);
    return {
      ok: false,
      code: 'refused',
      message: why.success
        ? deskWords.notTakenBecause(deskName, why.data.message.slice(0, 300))
        : deskWords.refused(deskName, status),
    };
  }
  return json
    ? { ok: true, status, body: json.value, headers }
    : { ok: false, code: 'nonsense', message: deskWords.unreadable(deskName), maybeDone: writes };
}

function parsed(json: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(json) };
  } catch {
    return null;
  }
}

/** Parses an answer's body; a body of another shape becomes a failure. */
export function parseBody<T extends z.ZodMiniType>(
  schema: T,
  answer: DeskAnswer,
  deskName: string,
): { ok: true; value: z.infer<T> } | DeskFailure {
  const parsed = schema.safeParse(answer.body);
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, code: 'nonsense', message: deskWords.unknownForm(deskName) };
}
