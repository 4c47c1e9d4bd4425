import { checkedDesk } from './checked-desk';
import { demo } from './demo/api';
import { redmine } from './redmine/api';
import { rt } from './rt/api';
import type { SiteAdapter } from './site-adapter';

/** Every help desk that we know; a test fails when a folder here is not listed. */
export const siteAdapters: readonly SiteAdapter[] = [rt, redmine, demo].map((adapter) => ({
  ...adapter,
  api: (...session) => checkedDesk(adapter.api(...session), adapter.page.deskName),
}));
