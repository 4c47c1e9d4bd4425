import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { pageAdapters } from '../core/sites/pages';

/** Answers with what the site adapter reads from the page now. Injected for the test of a connection only; changes nothing. */
export default defineUnlistedScript(() => {
  const url = new URL(location.href);
  for (const adapter of pageAdapters) {
    const ticketId = adapter.ticketIdOf(url);
    if (ticketId !== null) return adapter.read(document, ticketId);
  }
  return null;
});
