// npm run schema: writes the JSON Schemas of the export files to docs/schema. A test fails where they are out of date.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { fail, root, run } from './lib/run.mjs';

try {
  // The schemas are TypeScript; Node 20 does not read that by itself.
  const { module } = await runnerImport(join(root, 'test/schemas.ts'), { root, configFile: false, logLevel: 'error' });
  for (const [name, schema] of Object.entries(module.schemas)) {
    writeFileSync(join(root, 'docs', 'schema', name), JSON.stringify(schema));
    console.log(`docs/schema/${name}`);
  }
  await run('biome', ['format', '--write', 'docs/schema'], { quiet: true });
} catch (error) {
  fail(error);
}
