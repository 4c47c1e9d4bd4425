import { expect } from 'vitest';

interface Call {
  method: string;
  url: string;
  /** The parsed body; `undefined` where there was none. */
  json: unknown;
  /** The fields of a form; `undefined` where none was sent. */
  form: Record<string, string> | undefined;
  headers: Headers;
  credentials: string | undefined;
  redirect: string | undefined;
}

interface Reply {
  status?: number;
  json?: unknown;
  html?: string;
  headers?: Record<string, string>;
  /** Where redirects led to. */
  url?: string;
}

/** A fetch that answers one reply after the other; an `Error` is thrown, as where there is no network. */
export function scriptedFetch(...script: (Reply | Error)[]) {
  const calls: Call[] = [];
  const left = [...script];
  const fetch = async (input: unknown, init: RequestInit = {}): Promise<Response> => {
    calls.push({
      method: init.method ?? 'GET',
      url: String(input),
      json: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
      form: init.body instanceof URLSearchParams ? Object.fromEntries(init.body) : undefined,
      headers: new Headers(init.headers),
      credentials: init.credentials,
      redirect: init.redirect,
    });
    const reply = left.shift();
    if (reply === undefined) throw new Error('A request that nobody expected');
    if (reply instanceof Error) throw reply;
    const type = reply.html === undefined ? 'application/json; charset="utf-8"' : 'text/html; charset=utf-8';
    // These have no body at all.
    const body = reply.status === 204 ? null : (reply.html ?? JSON.stringify(reply.json ?? {}));
    const response = new Response(body, {
      status: reply.status ?? 200,
      headers: { 'content-type': type, ...reply.headers },
    });
    if (reply.url !== undefined) Object.defineProperty(response, 'url', { value: reply.url });
    return response;
  };
  return {
    fetch: fetch as typeof globalThis.fetch,
    calls,
    /** "PUT /ticket/1" for each request, without the query; also checks that the script was used up, no more and no less. */
    requests(baseUrl: string): string[] {
      expect(calls.length, 'requests').toBe(script.length);
      return calls.map(({ method, url }) => `${method} ${url.replace(baseUrl, '').replace(/\?.*$/, '')}`);
    },
  };
}
