import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HistoryEntry } from '../../../core/domain/case';
import type { Unchained } from '../../../core/domain/history';
import { canonicalJson, FIRST_HASH, firstBrokenEntry, hashText, sealEntry } from '../../../core/domain/history';
import { runs } from '../../runs';

const AT = Date.UTC(2026, 10, 17, 14, 2);

const content = (seq: number, changed: Partial<Unchained> = {}): Unchained => ({
  caseKey: 'rt-1/42',
  seq,
  at: AT + seq * 60_000,
  actor: { login: 'erin', name: 'Erin' },
  cause: 'person',
  commandId: `command-${seq}`,
  templateId: 'support',
  templateVersion: 1,
  what: { type: 'hold', on: seq % 2 === 1 },
  ...changed,
});

/** Entries 1 to `count`, each sealed to the one before. */
function chain(count: number): HistoryEntry[] {
  const entries: HistoryEntry[] = [];
  for (let seq = 1; seq <= count; seq += 1) {
    entries.push(sealEntry(content(seq), entries.at(-1)?.hash ?? FIRST_HASH));
  }
  return entries;
}

/** A chain of five; the entry of that `seq` replaced by what `change` makes of it. */
const tampered = (seq: number, change: (entry: HistoryEntry) => HistoryEntry): HistoryEntry[] =>
  chain(5).map((entry) => (entry.seq === seq ? change(entry) : entry));

/** Sealed anew, so that the entry itself is right and only its place in the chain is not. */
function resealed(entry: HistoryEntry, changed: Partial<Unchained>): HistoryEntry {
  const { salt: _salt, digest: _digest, previousHash, hash: _hash, ...rest } = entry;
  return sealEntry({ ...rest, ...changed }, previousHash);
}

describe('the hash', () => {
  it('is SHA-256 in hex, of the text as UTF-8', () => {
    expect(hashText('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(hashText(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
      }),
      { numRuns: runs(100) },
    );
  });

  it('starts from 64 zeros', () => {
    expect(FIRST_HASH).toMatch(/^0{64}$/);
  });
});

describe('the canonical text', () => {
  it('sorts the keys at every depth and leaves lists in their order', () => {
    expect(canonicalJson({ b: 1, a: { d: [{ z: 1, y: 2 }, 'x'], c: null } })).toBe(
      '{"a":{"c":null,"d":[{"y":2,"z":1},"x"]},"b":1}',
    );
  });

  it('sorts by code units, whatever the language', () => {
    expect(canonicalJson({ ä: 1, b: 2, Z: 3, a: 4 })).toBe('{"Z":3,"a":4,"b":2,"ä":1}');
  });

  it.each([
    [null, 'null'],
    [7, '7'],
    ['text', '"text"'],
    [[], '[]'],
    [{}, '{}'],
    [[[2, 1]], '[[2,1]]'],
  ])('keeps %j', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('is the same for the same content, and reads back as it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), (content) => {
        const reversed = Object.fromEntries(Object.entries(content).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(content));
        expect(JSON.parse(canonicalJson(content))).toEqual(JSON.parse(JSON.stringify(content)));
      }),
      { numRuns: runs(200) },
    );
  });
});

describe('a sealed entry', () => {
  const sealed = () => sealEntry(content(1), FIRST_HASH);

  it('keeps its content and fits the schema', () => {
    const entry = sealed();
    expect(entry).toMatchObject(content(1));
    expect(HistoryEntry.parse(entry)).toEqual(entry);
    expect(entry.previousHash).toBe(FIRST_HASH);
  });

  it('is sealed over salt and content; the chain runs over the digest alone, so that both can be erased', () => {
    const entry = sealed();
    expect(entry.digest).toBe(hashText(`${entry.salt}${canonicalJson(content(1))}`));
    expect(entry.hash).toBe(hashText(`${FIRST_HASH}${entry.digest}`));
  });

  it('has a salt of its own for each command and each entry, the same each time', () => {
    const saltOf = (changed: Partial<Unchained>) => sealEntry(content(1, changed), FIRST_HASH).salt;
    expect(sealed().salt).toMatch(/^[0-9a-f]{64}$/);
    expect(saltOf({})).toBe(sealed().salt);
    expect(saltOf({ at: 0 })).toBe(sealed().salt);
    expect(saltOf({ commandId: 'other' })).not.toBe(sealed().salt);
    expect(saltOf({ seq: 2 })).not.toBe(sealed().salt);
    // Where the number of one and the name of the other meet, they stay apart.
    expect(saltOf({ commandId: 'c1', seq: 1 })).not.toBe(saltOf({ commandId: 'c', seq: 11 }));
  });

  it('does not depend on the order of its keys', () => {
    const reversed = Object.fromEntries(Object.entries(content(1)).reverse()) as Unchained;
    expect(sealEntry(reversed, FIRST_HASH)).toEqual(sealed());
  });
});

describe('the chain names the first entry that does not fit', () => {
  it('fits when nothing was touched, at any length', () => {
    for (const count of [0, 1, 2, 5]) expect(firstBrokenEntry(chain(count))).toBeNull();
  });

  const changes: { [Field in keyof Unchained | 'salt']: HistoryEntry[Field] } = {
    caseKey: 'rt-1/43',
    seq: 7,
    at: AT,
    actor: null,
    cause: 'timer',
    commandId: 'another',
    templateId: 'review',
    templateVersion: 2,
    what: { type: 'cloned' },
    salt: 'another',
  };

  it.each(Object.entries(changes))('a changed %s', (field, value) => {
    const found = firstBrokenEntry(tampered(3, (entry) => ({ ...entry, [field]: value })));
    expect(found).toBe(field === 'seq' ? 7 : 3);
  });

  it.each(['digest', 'previousHash', 'hash'] as const)('a changed %s', (field) => {
    expect(firstBrokenEntry(tampered(3, (entry) => ({ ...entry, [field]: hashText('x') })))).toBe(3);
  });

  it('the first and the last entry too', () => {
    for (const seq of [1, 5]) {
      expect(firstBrokenEntry(tampered(seq, (entry) => ({ ...entry, at: 0 })))).toBe(seq);
    }
  });

  it('a changed entry that was sealed anew: the next one no longer fits', () => {
    expect(firstBrokenEntry(tampered(3, (entry) => resealed(entry, { at: 0 })))).toBe(4);
  });

  it('a number that was changed and sealed anew, also in the last entry', () => {
    expect(firstBrokenEntry(tampered(5, (entry) => resealed(entry, { seq: 6 })))).toBe(6);
  });

  it('two entries that changed places', () => {
    const [one, two, three, ...rest] = chain(5) as [HistoryEntry, HistoryEntry, HistoryEntry, ...HistoryEntry[]];
    expect(firstBrokenEntry([one, three, two, ...rest])).toBe(3);
  });

  it('a removed entry: the one after the gap', () => {
    expect(firstBrokenEntry(chain(5).filter(({ seq }) => seq !== 3))).toBe(4);
  });

  it('an entry that was put in', () => {
    const entries = chain(5);
    const stranger = sealEntry(content(3, { commandId: 'stranger' }), entries[1]?.hash ?? '');
    // The stranger itself fits where it stands; what follows does not.
    expect(firstBrokenEntry([...entries.slice(0, 2), stranger, ...entries.slice(2)])).toBe(3);
    expect(firstBrokenEntry([...entries.slice(0, 2), stranger, ...entries.slice(3)])).toBe(4);
  });

  it('an entry that stands there twice', () => {
    const entries = chain(3);
    expect(firstBrokenEntry([...entries, ...entries.slice(2)])).toBe(3);
  });

  it('a history whose beginning was cut off', () => {
    expect(firstBrokenEntry(chain(5).slice(1))).toBe(2);
  });

  it('a history that was cut off and numbered and sealed anew, but for its first link', () => {
    const [, second] = chain(2);
    const moved = sealEntry(content(1), second?.previousHash ?? '');
    expect(firstBrokenEntry([moved])).toBe(1);
  });

  it('any other salt, anywhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.string(), (seq, salt) => {
        const entries = chain(6).map((entry) => (entry.seq === seq ? { ...entry, salt } : entry));
        expect(firstBrokenEntry(entries)).toBe(seq);
      }),
      { numRuns: runs(50) },
    );
  });
});
