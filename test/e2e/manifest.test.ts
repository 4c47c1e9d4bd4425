import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Manifest {
  manifest_version: number;
  host_permissions?: string[];
  optional_host_permissions?: string[];
  content_scripts?: unknown[];
  web_accessible_resources?: unknown[];
  externally_connectable?: unknown;
  permissions?: string[];
  optional_permissions?: string[];
}

test.each(['chrome-mv3', 'firefox-mv3'])(
  'the release build %s asks for no host and opens nothing to pages',
  (build) => {
    const manifest = JSON.parse(readFileSync(`.output/${build}/manifest.json`, 'utf8')) as Manifest;
    expect(manifest.manifest_version).toBe(3);
    expect(manifest.host_permissions ?? []).toEqual([]);
    expect(manifest.content_scripts ?? []).toEqual([]);
    expect(manifest.web_accessible_resources ?? []).toEqual([]);
    expect(manifest.externally_connectable).toBeUndefined();
    // None of which is a warning to a person.
    const permissions = ['activeTab', 'alarms', 'notifications', 'scripting', 'storage', 'unlimitedStorage'];
    expect(manifest.permissions?.toSorted()).toEqual(permissions);
    // Asked for when backups are switched on.
    expect(manifest.optional_permissions).toEqual(['downloads']);
  },
);
