/** Requests in, replies as plain values out. Nothing here knows about tickets. */

import { accept, isRecord, LIMITS, refuse } from './input.mjs';

/**
 * @typedef {object} Reply
 * @property {number} status
 * @property {Record<string, string | string[]>} [headers]
 * @property {string | Buffer} [body]
 * @property {'hang' | 'cut'} [transport] `hang` never answers, `cut` closes the connection: for tests of clients
 */
/**
 * @typedef {object} Context
 * @property {import('node:http').IncomingMessage} request
 * @property {URL} url
 * @property {string} origin as the client sees it, for example `http://127.0.0.1:4310`
 * @property {Record<string, string>} params from the path
 * @property {import('./store.mjs').Store} store
 * @property {import('./faults.mjs').Faults} faults
 * @property {string | undefined} token of the session cookie
 * @property {import('./store.mjs').Agent | undefined} user
 */
/**
 * @typedef {object} Route
 * @property {string} method
 * @property {string} path with `:name` for one segment
 * @property {'api' | 'page'} kind how errors are told
 * @property {'agent' | 'anyone'} access
 * @property {(context: Context) => Reply | Promise<Reply>} handle
 */

const SESSION_COOKIE = 'harbour_session';

/** Added to every reply. The policy allows nothing but our own files: no inline script or style, no framing. */
export const SECURITY_HEADERS = {
  'Content-Security-Policy':
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  'X-Content-Type-Options': 'nosniff',
  // Portal links carry a key in the address; it must not travel to other sites.
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/** @param {number} status @param {unknown} value @param {Record<string, string | string[]>} [headers] @returns {Reply} */
export const json = (status, value, headers = {}) => ({
  status,
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(value),
});

/** @param {number} status @param {string} code @param {string} message @param {Record<string, string>} [headers] @returns {Reply} */
export const jsonError = (status, code, message, headers) => json(status, { error: { code, message } }, headers);

/** @param {{ toString(): string }} page @param {number} [status] @returns {Reply} */
export const htmlPage = (page, status = 200) => ({
  status,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
  body: String(page),
});

/** @param {string} location @param {Record<string, string>} [headers] @param {number} [status] @returns {Reply} */
export const redirect = (location, headers = {}, status = 302) => ({
  status,
  headers: { Location: location, ...headers },
});

/** @param {string} token @returns {Record<string, string>} */
export const setSession = (token) => ({ 'Set-Cookie': `${SESSION_COOKIE}=${token}; Path=/; HttpOnly; SameSite=Lax` });

export const clearSession = { 'Set-Cookie': `${SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0` };

/** @param {import('node:http').IncomingMessage} request @returns {string | undefined} */
export function sessionToken({ headers }) {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${SESSION_COOKIE}=`))?.slice(SESSION_COOKIE.length + 1);
}

/**
 * @param {string | null} path
 * @returns {string} the path when it stays on this desk, else the queue: a sign-in link must not lead elsewhere
 */
export function localPath(path) {
  if (!path?.startsWith('/')) return '/tickets';
  const base = 'http://desk.invalid';
  const url = URL.canParse(path, base) ? new URL(path, base) : undefined;
  return url?.origin === base && !url.pathname.startsWith('//') ? url.pathname + url.search : '/tickets';
}

/** @param {string} text @returns {number | undefined} */
export const ticketId = (text) => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined);

/**
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<import('./input.mjs').Result<string>>} codes: `too-large`, `bad-request`
 */
async function readBody(request) {
  const chunks = [];
  let bytes = 0;
  // Past the limit we go on reading without keeping: a connection closed early would hide our answer from the sender.
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= LIMITS.jsonBytes) chunks.push(chunk);
  }
  if (bytes > LIMITS.jsonBytes) return refuse('too-large', `The request is larger than ${LIMITS.jsonBytes / 1024} KB.`);
  try {
    return accept(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    return refuse('bad-request', 'The request is not UTF-8 text.');
  }
}

const mediaType = ({ headers }) => (headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();

/**
 * @param {Context} context
 * @returns {Promise<import('./input.mjs').Result<Record<string, unknown>>>} codes: `unsupported-type`, `too-large`, `bad-request`
 */
export async function readJson({ request }) {
  // Also a guard: another site cannot send this type without asking us first, which we never allow.
  if (mediaType(request) !== 'application/json') {
    return refuse('unsupported-type', 'Send the request as Content-Type: application/json.');
  }
  const body = await readBody(request);
  if (!body.ok) return body;
  try {
    const value = JSON.parse(body.value);
    return isRecord(value) ? accept(value) : refuse('bad-request', 'The request must be a JSON object.');
  } catch {
    return refuse('bad-request', 'The request is not valid JSON.');
  }
}

/**
 * @param {Context} context
 * @returns {Promise<import('./input.mjs').Result<URLSearchParams>>} codes: `unsupported-type`, `too-large`, `bad-request`
 */
export async function readForm({ request }) {
  if (mediaType(request) !== 'application/x-www-form-urlencoded') {
    return refuse('unsupported-type', 'Send the form as application/x-www-form-urlencoded.');
  }
  const body = await readBody(request);
  return body.ok ? accept(new URLSearchParams(body.value)) : body;
}

const STATUS_OF_CODE = {
  'bad-request': 400,
  'wrong-credentials': 401,
  forbidden: 403,
  'not-found': 404,
  closed: 409,
  'version-mismatch': 412,
  'too-large': 413,
  'unsupported-type': 415,
};

/** @param {string} code of a refusal @returns {number} HTTP status; 422 for anything that was understood but not accepted */
export const statusOf = (code) => STATUS_OF_CODE[code] ?? 422;

/**
 * @param {Route[]} routes
 * @returns {(method: string, pathname: string) => { route?: Route, params: Record<string, string>, allowed: string[] }}
 *   `allowed` lists the methods of a path that exists, so that 404 and 405 can be told apart
 */
export function router(routes) {
  const compiled = routes.map((route) => ({
    route,
    pattern: new RegExp(`^${route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
  }));
  return (method, pathname) => {
    const matches = compiled.flatMap(({ route, pattern }) => {
      const match = pattern.exec(pathname);
      return match ? [{ route, params: { ...match.groups } }] : [];
    });
    const wanted = method === 'HEAD' ? 'GET' : method;
    const found = matches.find(({ route }) => route.method === wanted);
    return { route: found?.route, params: found?.params ?? {}, allowed: matches.map(({ route }) => route.method) };
  };
}
