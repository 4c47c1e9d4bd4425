/**
 * A `fetch` with a cookie jar for one host, as a browser's has: it keeps what is set on the way, redirects too, and the
 * answer's `url` is where they led to.
 */
export function cookieFetch(): typeof globalThis.fetch {
  const jar = new Map<string, string>();
  return async (input, init = {}) => {
    let url = String(input);
    let { method = 'GET', body = null } = init;
    for (let redirects = 0; ; redirects += 1) {
      const headers = new Headers(init.headers);
      headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
      if (body === null) headers.delete('content-type');
      const answer = await fetch(url, { ...init, method, body, headers, redirect: 'manual' });
      for (const cookie of answer.headers.getSetCookie()) {
        const [pair = ''] = cookie.split(';');
        jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
      }
      const location = answer.headers.get('location');
      // What was made (201) names its place as well, and is the answer itself.
      const leads = answer.status >= 300 && answer.status < 400;
      if (!leads || location === null || init.redirect === 'manual') return answer;
      if (redirects === 10) throw new TypeError('Too many redirects');
      await answer.arrayBuffer();
      url = new URL(location, url).href;
      if (answer.status !== 307 && answer.status !== 308) {
        method = 'GET';
        body = null;
      }
    }
  };
}
