import preact from '@preact/preset-vite';
import { defineConfig } from 'wxt';

export default defineConfig({
  manifestVersion: 3,
  imports: false,
  vite: () => ({ plugins: [preact()], build: { target: 'es2023' } }),
  manifest: ({ browser, mode }) => ({
    name: 'Case Status Overlay',
    short_name: 'Case Status',
    description: 'The statuses, reasons, reminders and auto-closes that your help desk lacks, on the ticket page.',
    permissions: ['alarms', 'notifications', 'scripting', 'storage', 'activeTab'],
    // Nothing at install: each site is asked for when it is connected. Tests cannot answer that prompt, so their build has loopback.
    ...(mode === 'e2e' ? { host_permissions: ['http://127.0.0.1/*', 'http://localhost/*'] } : {}),
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
      : { minimum_chrome_version: '120' }),
  }),
});
