import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_DEPTH, readStrictJson } from '../../../core/domain/strict-json';
import { runs } from '../../runs';

const fault = (text: string) => {
  const result = readStrictJson(text);
  return result.ok ? null : result.fault;
};

describe('reading JSON', () => {
  it.each([
    '{}',
    '[]',
    ' { "a" : [ 1 , -2 , 0 , true , false , null , "" ] } ',
    '\n\t\r [[],{},[{"":0}]]\n',
    '"\\u00e4\\n\\"\\\\\\/\\ud800"',
    '"ä😀\u2028\ud800"',
    '" a b "',
    '9007199254740991',
    '-9007199254740991',
    'true',
    '{"toString":1,"hasOwnProperty":2,"a":{"a":{"b":1},"b":2}}',
  ])('understands %s as JSON.parse does', (text) => {
    const result = readStrictJson(text);
    expect(result).toEqual({ ok: true, value: JSON.parse(text) });
  });

  it('gives back whatever was written', () => {
    const numbers = fc.maxSafeInteger().map((n) => n + 0);
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        fc.string({
          unit: fc.constantFrom('a', '"', '\\', '\n', '\u0000', 'ä', '\ud800', '😀', '\u2028', '/', '{', ','),
        }),
        numbers,
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(
          fc.string().filter((key) => !['__proto__', 'constructor', 'prototype'].includes(key)),
          tie('tree'),
          { maxKeys: 4, noNullPrototype: true },
        ),
      ),
    }));
    fc.assert(
      fc.property(tree, fc.constantFrom(0, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(readStrictJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
      { numRuns: runs(500) },
    );
  });

  it('refuses all that JSON.parse refuses, and never throws', () => {
    const seeds = ['{"a":[1,{"b":"c\\n"}],"d":null}', '[true,false,-12,""]', '{"a":{"a":{}}}'];
    const edits = fc.array(
      fc.record({
        at: fc.nat(40),
        cut: fc.nat(3),
        put: fc.constantFrom('', ',', '"', '{', '}', '[', ']', ':', '\\', '1', '-', '0', 'n', ' ', '\u0000', '/*', 'x'),
      }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...seeds), edits, (seed, list) => {
        let text = seed;
        for (const { at, cut, put } of list) text = text.slice(0, at) + put + text.slice(at + cut);
        let plain: { value: unknown } | null = null;
        try {
          plain = { value: JSON.parse(text) };
        } catch {
          plain = null;
        }
        const strict = readStrictJson(text);
        if (strict.ok) expect(plain).toEqual({ value: strict.value });
        else if (strict.fault.code === 'not-json') expect(plain).toBeNull();
        else expect(['doubled-key', 'number']).toContain(strict.fault.code);
      }),
      { numRuns: runs(3000) },
    );
  });
});

describe('what is no JSON', () => {
  it.each([
    ['', 'it ends too early', 1, 1],
    ['{', 'it ends too early', 1, 2],
    ['{"a"', 'it ends too early', 1, 5],
    ['{"a":', 'it ends too early', 1, 6],
    ['{"a":1', 'it ends too early', 1, 7],
    ['[1,\n  2', 'it ends too early', 2, 4],
    ['"abc', 'it ends too early', 1, 5],
    ['"abc\\', 'it ends too early', 1, 6],
    ['{"a":1,}', '“}” is not expected here', 1, 8],
    ['[1,]', '“]” is not expected here', 1, 4],
    ['[,1]', '“,” is not expected here', 1, 2],
    ['[1 2]', '“2” is not expected here', 1, 4],
    ['{a:1}', '“a” is not expected here', 1, 2],
    ["{'a':1}", "“'” is not expected here", 1, 2],
    ['{"a" 1}', '“1” is not expected here', 1, 6],
    ['{"a":1]', '“]” is not expected here', 1, 7],
    ['// a comment\n{}', '“/” is not expected here', 1, 1],
    ['{} {}', '“{” is not expected here', 1, 4],
    ['truth', '“t” is not expected here', 1, 1],
    ['~', '“~” is not expected here', 1, 1],
    ['!', '“!” is not expected here', 1, 1],
    ['\ufeff{}', 'the character U+FEFF is not expected here', 1, 1],
    ['\u007f', 'the character U+007F is not expected here', 1, 1],
    ['\u00a0', 'the character U+00A0 is not expected here', 1, 1],
    ['[\n"a\nb"]', 'the character U+000A is not expected here', 2, 3],
    ['"\u001f"', 'the character U+001F is not expected here', 1, 2],
    ['\n\n ["\\x41"]', 'there is a text with a broken “\\”', 3, 3],
    ['"\\ud8"', 'there is a text with a broken “\\”', 1, 1],
    ['😀', 'the character U+1F600 is not expected here', 1, 1],
  ])('%j', (text, reason, line, column) => {
    expect(fault(text)).toMatchObject({ code: 'not-json', reason: `is not JSON: ${reason}`, line, column });
  });

  it('counts the lines of a file of lines, and the columns of one that ends in a line end', () => {
    expect(fault('\n'.repeat(50_000))).toMatchObject({ line: 50_001, column: 1 });
    expect(fault('{\n\n')).toMatchObject({ line: 3, column: 1 });
    expect(fault('[\n\n}')).toMatchObject({ line: 3, column: 1 });
    expect(fault('[}\n\n')).toMatchObject({ line: 1, column: 2 });
  });

  it('says in which part it stopped, and hands out what was read before', () => {
    expect(readStrictJson('{"a":[{"name":"x","b":oops}]}')).toStrictEqual({
      ok: false,
      fault: expect.objectContaining({ path: ['a', 0, 'b'], line: 1, column: 23 }),
      read: { a: [{ name: 'x' }] },
    });
    expect(readStrictJson('{"a":[1],"b":[[2],[3,{"c":4,"d":[5,')).toMatchObject({
      fault: { path: ['b', 1, 1, 'd', 1] },
      read: { a: [1], b: [[2], [3, { c: 4, d: [5] }]] },
    });
    expect(readStrictJson('1 2')).toMatchObject({ fault: { path: [] }, read: undefined });
  });
});

describe('what JSON.parse would let through', () => {
  it.each([
    ['{"a":1,"a":1}', [], 'has “a” twice', 8],
    ['{"x":[0,{"a":1,"b":2,"\\u0061":1}]}', ['x', 1], 'has “a” twice', 22],
  ])('refuses a key that is there twice: %s', (text, path, reason, column) => {
    expect(fault(text)).toEqual({ code: 'doubled-key', reason, line: 1, column, path });
  });

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s anywhere, however it is written', (key) => {
    const escaped = `\\u00${key.charCodeAt(0).toString(16)}${key.slice(1)}`;
    for (const name of [key, escaped])
      expect(fault(`{"a":{"${name}":{"polluted":true}}}`)).toEqual({
        code: 'reserved-key',
        reason: `has “${key}”, which is not allowed`,
        line: 1,
        column: 7,
        path: ['a'],
      });
    expect(readStrictJson(`["${key}"]`)).toEqual({ ok: true, value: [key] });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each([
    '1e999',
    '1e2',
    '1E2',
    '1.5',
    '1.0',
    '-0',
    '01',
    '00',
    '-01',
    '-',
    '+1',
    '9007199254740992',
    '1x',
    '1+1',
    '1_0',
  ])('refuses the number %s, which is none or would come out as another', (number) => {
    // JSON has no plus sign in front, so that one is no number to begin with.
    if (number === '+1') expect(fault(`[${number}]`)?.code).toBe('not-json');
    else
      expect(fault(`{"a":[0,${number}]}`)).toEqual({
        code: 'number',
        reason: `is not a plain whole number: ${number}`,
        line: 1,
        column: 9,
        path: ['a', 1],
      });
  });

  it('shows no more of a long key than is needed', () => {
    const key = 'k'.repeat(41);
    expect(fault(`{"${key}":1,"${key}":2}`)?.reason).toBe(`has “${'k'.repeat(40)}…” twice`);
  });

  it('shows no more of a long number than is needed', () => {
    expect(fault('1'.repeat(40))?.reason).toBe(`is not a plain whole number: ${'1'.repeat(40)}`);
    expect(fault('1'.repeat(41))?.reason).toBe(`is not a plain whole number: ${'1'.repeat(40)}…`);
  });

  it.each([
    ['[', ']'],
    ['{"a":', '}'],
  ])('refuses more than 60 of %s within each other', (open, close) => {
    const nested = (depth: number) => open.repeat(depth) + (open === '[' ? '' : '0') + close.repeat(depth);
    expect(MAX_DEPTH).toBe(60);
    expect(readStrictJson(nested(60)).ok).toBe(true);
    expect(fault(nested(61))).toEqual({
      code: 'too-deep',
      reason: 'has more than 60 lists and objects within each other',
      line: 1,
      column: 60 * open.length + 1,
      path: Array.from({ length: 60 }, () => (open === '[' ? 0 : 'a')),
    });
  });

  it('refuses ten million brackets without running out of stack', () => {
    expect(fault('['.repeat(10_000_000))?.code).toBe('too-deep');
    expect(fault('{"a":'.repeat(1_000_000))?.code).toBe('too-deep');
  });
});
