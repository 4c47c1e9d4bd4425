import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { CaseRecord, HistoryEntry } from './case';

/** SHA-256 in hex. Synchronous: awaiting anything foreign would end the database transaction that it runs in. */
export function hashText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** JSON with sorted keys, so that equal content has equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

export const FIRST_HASH = '0'.repeat(64);

/** Everything of a history entry but its place in the chain. */
export type Unchained = Omit<HistoryEntry, 'salt' | 'digest' | 'previousHash' | 'hash'>;

/**
 * Chains an entry to the one before. The chain runs over a salted digest: content and salt can be erased later
 * for the sake of privacy, and the chain still verifies. The salt is derived from the command's id, which is random
 * enough to hide the content, so that the decision stays deterministic.
 */
export function sealEntry(entry: Unchained, previousHash: string): HistoryEntry {
  return chain(entry, hashText(`${entry.commandId}/${entry.seq}`), previousHash);
}

function chain(entry: Unchained, salt: string, previousHash: string): HistoryEntry {
  const digest = hashText(salt + canonicalJson(entry));
  return { ...entry, salt, digest, previousHash, hash: hashText(previousHash + digest) };
}

/** The `seq` of the first entry that does not fit the chain, or `null` when all do. Entries in order of `seq`, from 1. */
export function firstBrokenEntry(entries: readonly HistoryEntry[]): number | null {
  let previousHash = FIRST_HASH;
  let seq = 1;
  for (const entry of entries) {
    const { salt, digest: _digest, previousHash: _previous, hash: _hash, ...content } = entry;
    const sealed = chain(content, salt, previousHash);
    if (
      entry.seq !== seq ||
      sealed.digest !== entry.digest ||
      sealed.hash !== entry.hash ||
      entry.previousHash !== previousHash
    )
      return entry.seq;
    previousHash = entry.hash;
    seq += 1;
  }
  return null;
}

export interface HistoryFault {
  seq: number;
  at: number | null;
  what: 'changed' | 'missing';
}

/** What is wrong with the history of a case, as far as it can be told from the first entry that does not fit. */
export function historyFault(
  { lastHistorySeq, lastHistoryHash }: Pick<CaseRecord, 'lastHistorySeq' | 'lastHistoryHash'>,
  history: readonly HistoryEntry[],
): HistoryFault | null {
  const gap = history.findIndex(({ seq }, index) => seq !== index + 1);
  const broken = firstBrokenEntry(history);
  const missing = gap >= 0 ? gap + 1 : history.length < lastHistorySeq ? history.length + 1 : null;
  if (missing !== null && (broken === null || missing <= broken)) return { seq: missing, at: null, what: 'missing' };
  const last = history.at(-1);
  const ends = (last?.seq ?? 0) === lastHistorySeq && (last?.hash ?? FIRST_HASH) === lastHistoryHash;
  const seq = broken ?? (ends ? null : (last?.seq ?? 1));
  if (seq === null) return null;
  return { seq, at: history.find((entry) => entry.seq === seq)?.at ?? null, what: 'changed' };
}
