// Which help desks are on this machine, and starting the one that is not part of the project.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';

export const deskNames = ['demo', 'rt'];

/** Is Request Tracker installed (`test/desks/rt/install.sh`)? */
export const hasRequestTracker = () =>
  process.platform === 'linux' && existsSync('/usr/share/request-tracker5/libexec/rt-server');

/** Serves Request Tracker where it does not run yet. Throws where it does not come up. */
export const startRequestTracker = () => run('bash', [join(root, 'test/desks/rt/up.sh')], { quiet: true });
