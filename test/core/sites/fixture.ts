import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGES = join(import.meta.dirname, '../../fixtures/pages');

/** A stored page as text: "rt/ticket.html". */
export function pageHtml(name: string): string {
  return readFileSync(join(PAGES, name), 'utf8');
}

/** A stored page as a document; its scripts do not run. */
export function pageDocument(name: string): Document {
  return new DOMParser().parseFromString(pageHtml(name), 'text/html');
}
