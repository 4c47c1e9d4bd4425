import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('shift-clock.c', import.meta.url));

export interface Span {
  days?: number;
  hours?: number;
  minutes?: number;
  seconds?: number;
}

const secondsOf = ({ days = 0, hours = 0, minutes = 0, seconds = 0 }: Span) =>
  days * 86_400 + hours * 3600 + minutes * 60 + seconds;

/** Compiles the library once per version of its source. Throws, with the compiler's words, where that fails. */
function library(): string {
  const cache = join(tmpdir(), `cso-e2e-${userInfo().uid}`);
  const version = createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 12);
  const built = join(cache, `shift-clock-${version}.so`);
  if (!existsSync(built)) {
    mkdirSync(cache, { recursive: true });
    const partial = `${built}.${process.pid}`;
    execFileSync('cc', ['-shared', '-fPIC', '-O2', '-Wall', '-Wextra', '-o', partial, source], { stdio: 'pipe' });
    renameSync(partial, built);
  }
  return built;
}

/** The wall clock of one browser, which a test may move while the browser runs. Linux only. */
export class Clock {
  readonly #file: string;
  #offsetSeconds = 0;

  /** @param folder where the file lies that carries the offset; it must outlive the browser */
  constructor(folder: string) {
    this.#file = join(folder, 'clock-offset');
    this.#write();
  }

  /** What the browser has to be started with. */
  get environment(): Record<string, string> {
    return { LD_PRELOAD: library(), CSO_CLOCK_FILE: this.#file };
  }

  /** The browser's time, in ms since 1970. */
  now(): number {
    return Date.now() + this.#offsetSeconds * 1000;
  }

  /** Moves the browser's time on (or back, with negative numbers). Alarms that became due still wait for a tick. */
  shift(span: Span): void {
    this.#offsetSeconds += secondsOf(span);
    this.#write();
  }

  #write(): void {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(this.#offsetSeconds));
    // In place: the browser has this very file mapped.
    writeFileSync(this.#file, bytes, { flag: existsSync(this.#file) ? 'r+' : 'w' });
  }

  /** Removes the file. */
  dispose(): void {
    rmSync(this.#file, { force: true });
  }
}
