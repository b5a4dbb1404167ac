/** Runs programs for the build scripts: a step's output goes to the terminal, its failure ends in a plain line. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../', import.meta.url));

const BIN = join(ROOT, 'node_modules', '.bin');
/** npm and node.cmd are scripts on Windows and need a shell there; a program with a blank in its path bears none. */
const shell = (command) => process.platform === 'win32' && !command.endsWith('.exe');

/** The environment with the project's own programs first, Node 24 among them. */
export function environment() {
  return { ...process.env, PATH: `${BIN}${delimiter}${process.env.PATH ?? ''}` };
}

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {string[]} args
 * @returns {boolean} whether it ended with exit code 0
 */
export function runs(command, args) {
  const { status } = spawnSync(command, args, {
    cwd: ROOT,
    env: environment(),
    stdio: 'inherit',
    shell: shell(command),
  });
  return status === 0;
}

/**
 * Runs a program to its end beside others; what it printed is printed whole when it has ended.
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<boolean>} whether it ended with exit code 0
 */
export function runsBeside(command, args) {
  const child = start(command, args, ['ignore', 'pipe', 'pipe']);
  let printed = '';
  for (const output of [child.stdout, child.stderr]) output.on('data', (part) => (printed += part));
  return new Promise((resolve) => {
    child.on('error', (error) => (printed += `${error.message}\n`));
    child.on('close', (code) => {
      process.stdout.write(printed);
      resolve(code === 0);
    });
  });
}

/**
 * Starts a program that runs beside this one.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').StdioOptions} stdio
 * @param {NodeJS.ProcessEnv} env
 */
export function start(command, args, stdio, env = environment()) {
  return spawn(command, args, { cwd: ROOT, env, stdio, shell: shell(command) });
}

/** Node of the project: 24, once the dependencies are installed. */
export function projectNode() {
  const own = join(BIN, process.platform === 'win32' ? 'node.cmd' : 'node');
  return existsSync(own) ? own : process.execPath;
}

/** npm may be killed without telling anybody: whoever is orphaned ends, too, and frees the data folder. */
export function endWithParent(end) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, 1000).unref();
}
