import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { plantedFaults } from '../../simulation/planted-faults';

const root = fileURLToPath(new URL('../../..', import.meta.url));

it.each(plantedFaults)(
  'R13: the fault "$name" can be planted: its place is there once, and it changes it',
  ({ file, find, replace }) => {
    expect(readFileSync(join(root, file), 'utf8').split(find)).toHaveLength(2);
    expect(replace).not.toBe(find);
  },
);
