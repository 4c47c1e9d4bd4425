import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportFile, importFile } from '../core/domain/portable';
import { anyEverything, smallEverything } from './core/domain/everything-file';
import { anyTemplate, randomCalendar } from './core/domain/random-template';
import { runs } from './runs';
import { schemas } from './schemas';

const folder = fileURLToPath(new URL('../docs/schema', import.meta.url));
const AT = Date.UTC(2026, 10, 20);

/** As somebody else would read it: from the published file. */
function validator(name: string) {
  // `format` only repeats what the pattern beside it says.
  return new Ajv2020({ strict: true, validateFormats: false }).compile(
    JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')),
  );
}
const isTemplates = validator('case-templates.v1.json');
const isEverything = validator('everything.v1.json');

describe('the published JSON Schemas', () => {
  it('are all there, and no others', () => {
    expect(readdirSync(folder).toSorted()).toEqual(Object.keys(schemas).toSorted());
  });

  it.each(Object.keys(schemas))('%s is what the importer checks by; `npm run schema` writes it', (name) => {
    expect(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'))).toEqual(schemas[name]);
  });

  it('say what they are', () => {
    for (const name of Object.keys(schemas))
      expect(schemas[name]).toMatchObject({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $id: expect.stringMatching(/^urn:case-status-overlay:.+:v1$/),
        title: expect.stringMatching(/./),
        description: expect.stringMatching(/./),
        type: 'object',
        additionalProperties: false,
      });
  });

  it('accept what is exported', () => {
    fc.assert(
      fc.property(anyTemplate(), (template) => {
        const file = JSON.parse(
          exportFile({ kind: 'templates', templates: [template], calendars: [randomCalendar] }, AT),
        );
        expect(isTemplates(file), JSON.stringify(isTemplates.errors)).toBe(true);
        expect(isEverything(file)).toBe(false);
      }),
      { numRuns: runs(50) },
    );
    fc.assert(
      fc.property(anyEverything(), (content) => {
        const file = JSON.parse(exportFile(content, AT));
        expect(isEverything(file), JSON.stringify(isEverything.errors)).toBe(true);
        expect(isTemplates(file)).toBe(false);
      }),
      { numRuns: runs(15) },
    );
  });

  it('refuse what has another shape, as the importer does', () => {
    type Json = Record<string, unknown> | unknown[];
    const places = (value: unknown): [Json, string][] =>
      typeof value === 'object' && value !== null
        ? Object.keys(value).flatMap((key) => [
            [value as Json, key] as [Json, string],
            ...places((value as Record<string, unknown>)[key]),
          ])
        : [];
    let refused = 0;
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom('list', 'object', 'missing', 'more', 'number', 'empty'), (n, what) => {
        const file = JSON.parse(exportFile(smallEverything, AT));
        const all = places(file);
        const [holder, key] = all[n % all.length] ?? [file, 'kind'];
        const object = holder as Record<string, unknown>;
        if (what === 'list') object[key] = [[]];
        if (what === 'object') object[key] = { '': {} };
        if (what === 'missing')
          Array.isArray(holder) ? holder.splice(Number(key), 1) : Reflect.deleteProperty(holder, key);
        if (what === 'more') object[key] = { ...(object[key] as object), 'One more': 1 };
        if (what === 'number') object[key] = -77;
        if (what === 'empty') object[key] = '';
        const imported = importFile(JSON.stringify(file));
        const shape = ['shape', 'missing', 'unknown-key', 'other-format'];
        const misshapen =
          !imported.ok &&
          imported.problems.some(({ code, message }) => shape.includes(code) && !/begins or ends/.test(message));
        expect(isEverything(file), JSON.stringify(imported)).toBe(!misshapen);
        if (misshapen) refused += 1;
      }),
      { numRuns: runs(120) },
    );
    expect(refused).toBeGreaterThan(0);
  });

  it('refuse another format, version and kind', () => {
    const file = JSON.parse(exportFile({ kind: 'templates', templates: [], calendars: [] }, AT));
    expect(isTemplates(file)).toBe(true);
    for (const other of [
      { format: 'har' },
      { version: 2 },
      { kind: 'everything' },
      { exportedAt: 'today' },
      { secrets: {} },
    ])
      expect(isTemplates({ ...file, ...other }), JSON.stringify(other)).toBe(false);
  });
});
