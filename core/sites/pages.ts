import { demoPage } from './demo/page';
import { redminePage } from './redmine/page';
import { rtPage } from './rt/page';
import type { PageAdapter } from './site-adapter';

/** The page's side of every adapter, for the content script: no schema library comes along. */
export const pageAdapters: readonly PageAdapter[] = [rtPage, redminePage, demoPage];
