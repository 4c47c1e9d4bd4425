import preact from '@preact/preset-vite';
import { defineConfig } from 'wxt';
import { bareScripts } from './scripts/lib/bare-scripts';
import { workerInTwoFiles } from './scripts/lib/worker-parts';

export default defineConfig({
  manifestVersion: 3,
  imports: false,
  vite({ command, browser }) {
    // By itself the build for the tests would be one for development: with Preact's tools in it, and slower than what people get.
    if (command === 'build') process.env.NODE_ENV = 'production';
    return {
      // Firefox has a page instead of a worker.
      plugins: [preact(), bareScripts(), ...(browser === 'firefox' ? [] : [workerInTwoFiles()])],
      build: { target: 'es2023' },
    };
  },
  manifest: ({ browser, mode }) => ({
    // What the browser and the stores show of it; all that the extension itself says is in core/words.
    default_locale: 'en',
    name: '__MSG_name__',
    short_name: '__MSG_shortName__',
    description: '__MSG_description__',
    permissions: [
      'alarms',
      'notifications',
      'scripting',
      'storage',
      // So that a browser that runs short of space does not clear the database: docs/adr/0029-a-lost-database.md.
      'unlimitedStorage',
      'activeTab',
      // Tests cannot answer the question for it.
      ...(mode === 'e2e' ? ['downloads'] : []),
    ],
    // Nothing at install: each site is asked for when it is connected. Tests cannot answer that prompt, so their build has loopback.
    ...(mode === 'e2e' ? { host_permissions: ['http://127.0.0.1/*', 'http://localhost/*'] } : {}),
    // For backups on a schedule, asked for when they are switched on.
    ...(mode === 'e2e' ? {} : { optional_permissions: ['downloads'] }),
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    // Firefox's own default would turn http help desks in the local network into https.
    content_security_policy: { extension_pages: "script-src 'self'; object-src 'self'" },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'case-status-overlay@example.org',
              strict_min_version: '142.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : {
          // The first that counts dates by itself (Temporal).
          minimum_chrome_version: '144',
          storage: { managed_schema: 'policy.schema.json' },
        }),
  }),
});
