// npm run requirements: writes docs/requirements.md anew, from the names of the tests.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCUMENT, requirementsDocument } from './lib/requirements.mjs';
import { fail, root } from './lib/run.mjs';

try {
  writeFileSync(join(root, DOCUMENT), await requirementsDocument());
} catch (error) {
  fail(error);
}
