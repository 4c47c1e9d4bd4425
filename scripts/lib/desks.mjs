// Which help desks are on this machine, and starting the one that is not part of the project.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';

export const deskNames = ['demo', 'rt', 'redmine'];

/**
 * A help desk that somebody has to install first.
 * @typedef {{ name: string, title: string, marker: string, files?: string[] }} RealDesk
 *   `files`: what `npm test` runs on it; everything where it is not given
 */

/** @type {RealDesk[]} */
export const realDesks = [
  { name: 'rt', title: 'Request Tracker', marker: '/usr/share/request-tracker5/libexec/rt-server' },
  {
    name: 'redmine',
    title: 'Redmine',
    marker: '/usr/share/redmine/config/environment.rb',
    // What depends on the help desk. Timers and templates are the same on every desk, and the two others prove them.
    files: [
      ...['adapter', 'panel', 'replies', 'clone', 'console'].map((name) => `test/e2e/${name}.test.ts`),
      'test/e2e/redmine/',
    ],
  },
];

/** Is it installed (`test/desks/<name>/install.sh`)? @param {RealDesk} desk */
export const isInstalled = ({ marker }) => process.platform === 'linux' && existsSync(marker);

/** Serves it where it does not run yet. Throws where it does not come up. @param {RealDesk} desk */
export const startDesk = ({ name }) => run('bash', [join(root, 'test/desks', name, 'up.sh')], { quiet: true });
