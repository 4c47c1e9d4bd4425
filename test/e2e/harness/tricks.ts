import type { Page } from 'playwright-core';

// Pages that do, on purpose or by accident, what makes life hard for something that is drawn over them.

export interface Tricks {
  /** Runs in the page before anything else of it. */
  script?: string;
  style?: string;
  /** At the end of the page, before it has been read. */
  end?: string;
  /** The page's own policy; without it none, so that the script may run. */
  policy?: string;
}

/** Serves a page with tricks built in. */
export async function serveWith(
  target: Page,
  url: string,
  { script = '', style = '', end = '', policy }: Tricks,
): Promise<void> {
  await target.route(url, async (route) => {
    const answer = await route.fetch();
    const { 'content-security-policy': _own, ...headers } = answer.headers();
    const body = (await answer.text())
      .replace(/<head>/, `<head><script>${script}</script><style>${style}</style>`)
      .replace(/<\/body>/, `${end}</body>`);
    await route.fulfill({
      response: answer,
      headers: { ...headers, ...(policy ? { 'content-security-policy': policy } : {}) },
      body,
    });
  });
}
