import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { mountPanel } from '../components/panel/mount';
import { HERE_NAME, MOUNT_NAME } from '../core/contract/overlay';

/** The second stage: injected beside the first when the panel is wanted, so that a ticket page loads little until then. */
export default defineUnlistedScript(() => {
  const shared = globalThis as unknown as Record<string, unknown>;
  shared[MOUNT_NAME] = mountPanel;
  const { [HERE_NAME]: isHere } = shared;
  if (typeof isHere === 'function') isHere();
});
