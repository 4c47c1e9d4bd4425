import { fileWords } from '../words/files';
import { RESERVED_KEYS } from './reserved-keys';

/** Where something stands in a JSON value: keys and indexes from its root. */
export type JsonPath = readonly (string | number)[];

export interface JsonFault {
  code: 'not-json' | 'too-deep' | 'doubled-key' | 'reserved-key' | 'number';
  /** What is wrong there, without the place: `has “name” twice`. */
  reason: string;
  /** Both from 1. */
  line: number;
  column: number;
  path: JsonPath;
}

export type StrictJson =
  | { ok: true; value: unknown }
  /** `read`: what was understood up to the fault. */
  | { ok: false; fault: JsonFault; read: unknown };

/** How many lists and objects may lie within each other. */
export const MAX_DEPTH = 60;

/** What ends the reading; never leaves this file. */
class Stop extends Error {
  constructor(
    readonly code: JsonFault['code'],
    readonly reason: string,
    readonly at: number,
  ) {
    super(reason);
  }
}

/**
 * Reads JSON, and refuses what `JSON.parse` lets through although two readers could understand it in two ways: a key
 * that one object has twice, keys such as `__proto__`, numbers that would come out as others (only safe whole numbers
 * without fraction and exponent are read), and nesting that exhausts the stack. Never throws, whatever the text is.
 */
export function readStrictJson(text: string): StrictJson {
  const reader = new Reader(text);
  try {
    return { ok: true, value: reader.document() };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const { code, reason, at } = error;
    return { ok: false, fault: { code, reason, ...lineAndColumn(text, at), path: reader.path }, read: reader.read() };
  }
}

function lineAndColumn(text: string, at: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  // Step by step: a list of all lines of a large file would not fit into memory.
  for (let end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', start)) {
    line += 1;
    start = end + 1;
  }
  return { line, column: at - start + 1 };
}

type Container = Record<string | number, unknown> | unknown[];

/** What looks like a number, so that a bad one can be shown whole. */
const PART_OF_NUMBER = /[-+.\w]*/y;

class Reader {
  readonly path: (string | number)[] = [];
  /** The lists and objects that are not complete yet, outermost first. */
  private readonly open: Container[] = [];
  private at = 0;

  constructor(private readonly text: string) {}

  document(): unknown {
    this.space();
    const value = this.value();
    this.space();
    if (this.at < this.text.length) this.unexpected();
    return value;
  }

  /** What was read so far: each open list and object put where it belongs. */
  read(): unknown {
    this.path.forEach((key, depth) => {
      const inner = this.open[depth + 1];
      if (inner) Object.assign(this.open[depth] ?? {}, { [key]: inner });
    });
    return this.open[0];
  }

  private value(): unknown {
    const first = this.text.charAt(this.at);
    if (first === '"') return this.string();
    if (first === '{') return this.object();
    if (first === '[') return this.list();
    if (first === '-' || (first >= '0' && first <= '9')) return this.number();
    return this.word();
  }

  private object(): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    for (let more = this.begin(object, '}'); more; more = this.another('}')) {
      const start = this.at;
      if (this.text[start] !== '"') this.unexpected();
      const key = this.string();
      if (RESERVED_KEYS.includes(key)) throw new Stop('reserved-key', fileWords.reservedKey(key), start);
      if (Object.hasOwn(object, key)) throw new Stop('doubled-key', fileWords.doubledKey(shortened(key)), start);
      this.space();
      this.take(':');
      this.space();
      this.path.push(key);
      object[key] = this.value();
      this.path.pop();
    }
    return object;
  }

  private list(): unknown[] {
    const list: unknown[] = [];
    for (let more = this.begin(list, ']'); more; more = this.another(']')) {
      this.path.push(list.length);
      list.push(this.value());
      this.path.pop();
    }
    return list;
  }

  /** Steps into a list or an object; whether it has an entry. */
  private begin(container: Container, end: string): boolean {
    if (this.open.length === MAX_DEPTH) throw new Stop('too-deep', fileWords.tooDeep(MAX_DEPTH), this.at);
    this.open.push(container);
    this.at += 1;
    this.space();
    return !this.ended(end);
  }

  /** Steps over the comma after an entry, or out of the list or object where there is none. */
  private another(end: string): boolean {
    this.space();
    if (this.ended(end)) return false;
    this.take(',');
    this.space();
    return true;
  }

  private ended(end: string): boolean {
    if (this.text[this.at] !== end) return false;
    this.at += 1;
    this.open.pop();
    return true;
  }

  private string(): string {
    const start = this.at;
    this.at += 1;
    for (let code = this.text.charCodeAt(this.at); code !== 0x22; code = this.text.charCodeAt(this.at)) {
      // Also NaN, which is the end of the text.
      if (!(code >= 0x20)) this.unexpected();
      this.at += code === 0x5c ? 2 : 1;
    }
    this.at += 1;
    try {
      return JSON.parse(this.text.slice(start, this.at)) as string;
    } catch {
      throw new Stop('not-json', fileWords.brokenText, start);
    }
  }

  private number(): number {
    const start = this.at;
    PART_OF_NUMBER.lastIndex = start;
    PART_OF_NUMBER.test(this.text);
    this.at = PART_OF_NUMBER.lastIndex;
    const raw = this.text.slice(start, this.at);
    const value = Number(raw);
    if (!/^(?:0|-?[1-9]\d*)$/.test(raw) || !Number.isSafeInteger(value))
      throw new Stop('number', fileWords.notPlainNumber(shortened(raw)), start);
    return value;
  }

  private word(): true | false | null {
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const)
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    return this.unexpected();
  }

  private space(): void {
    // Space, line feed, carriage return, tab; by their codes, since large files are mostly indentation.
    for (let code = this.text.charCodeAt(this.at); code <= 0x20; code = this.text.charCodeAt(this.at)) {
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at += 1;
    }
  }

  private take(wanted: string): void {
    if (this.text[this.at] !== wanted) this.unexpected();
    this.at += 1;
  }

  private unexpected(): never {
    throw new Stop('not-json', unexpected(this.text, this.at), Math.min(this.at, this.text.length));
  }
}

function unexpected(text: string, at: number): string {
  const code = text.codePointAt(at);
  if (code === undefined) return fileWords.endsTooEarly;
  return fileWords.unexpected(
    code >= 0x21 && code <= 0x7e
      ? fileWords.quoted(String.fromCodePoint(code))
      : fileWords.character(`U+${code.toString(16).toUpperCase().padStart(4, '0')}`),
  );
}

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
