/** Calls back after the page's address may have changed without a new page, until `signal` aborts. */
export function onNavigation(page: Window, navigated: () => void, signal: AbortSignal): void {
  // The Navigation API tells of pushState too; where there is none, looking is cheap.
  const { navigation } = page as Window & { navigation?: EventTarget };
  if (navigation) navigation.addEventListener('currententrychange', navigated, { signal });
  else {
    const timer = page.setInterval(navigated, 300);
    signal.addEventListener('abort', () => page.clearInterval(timer));
  }
  page.addEventListener('popstate', navigated, { signal });
}
