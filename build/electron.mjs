/** Finds Electron's program, or has its package download it. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, projectNode, ROOT } from './run.mjs';

const PACKAGE = join(ROOT, 'node_modules', 'electron');

/** Longest wait for the download, in milliseconds. A network that refuses answers within a second. */
const DOWNLOAD_LIMIT = 60_000;

/**
 * The path of Electron's program where it is installed: in its package, or in `ELECTRON_OVERRIDE_DIST_PATH`.
 * @returns {string | undefined}
 */
export function installedElectron() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(PACKAGE, 'dist');
  const named = join(PACKAGE, 'path.txt');
  const name = existsSync(named) ? readFileSync(named, 'utf8') : programName();
  return existsSync(join(folder, name)) ? join(folder, name) : undefined;
}

/**
 * Electron's program, downloaded where it is missing and can be had.
 * @returns {Promise<{ program: string } | { reason: string }>} `reason`: why there is none, in a few words
 */
export async function ensureElectron() {
  if (!installedElectron()) {
    const failure = await download();
    if (failure) return { reason: failure };
  }
  const program = installedElectron();
  if (!program) return { reason: 'its download brought no program' };
  const { status, stderr, error } = spawnSync(program, [...rootFlags(), '--version'], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  return status === 0 ? { program } : { reason: `it does not start: ${firstLine(error?.message ?? stderr)}` };
}

/** Chromium's sandbox does not work for root. */
export function rootFlags() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/** @returns {Promise<string | undefined>} why it failed */
function download() {
  return new Promise((resolve) => {
    const child = spawn(projectNode(), [join(PACKAGE, 'install.js')], {
      cwd: ROOT,
      env: { ...environment(), ELECTRON_GET_NO_PROGRESS: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: process.platform === 'win32',
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
    const timer = setTimeout(() => {
      child.kill();
      resolve('its download took over a minute; npx install-electron waits for it');
    }, DOWNLOAD_LIMIT);
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve(code === 0 ? undefined : firstLine(said));
    });
  });
}

function firstLine(text) {
  return text.trim().split('\n', 1)[0].slice(0, 200) || 'no reason given';
}

function programName() {
  if (process.platform === 'win32') return 'electron.exe';
  return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
}
