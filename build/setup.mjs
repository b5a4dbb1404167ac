/** What a fresh machine needs before it can start or test: dependencies, a browser, the built app. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { ROOT, runs } from './run.mjs';

/** Installs the dependencies when they are missing or older than the lockfile. */
export function ensureDependencies() {
  const installed = join(ROOT, 'node_modules', '.package-lock.json');
  const lockfile = join(ROOT, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lockfile).mtimeMs) return;
  console.log('Installing dependencies (npm ci) …');
  if (!runs('npm', ['ci', '--no-audit', '--no-fund'])) {
    throw new Error('npm ci failed: please check the network and run the command again');
  }
}

/**
 * The path of a Chromium; where there is none, installs Debian's when that is possible.
 * @returns {string | undefined}
 */
export function ensureChromium() {
  const found = findChromium();
  if (found || process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    return found;
  console.log('Installing Chromium (apt-get) …');
  runs('apt-get', ['update', '-qq']);
  runs('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'x11-utils']);
  return findChromium();
}

/** Builds the screens and what Electron runs, unless they are newer than all they are made of. */
export function buildApp() {
  buildIfOld('renderer', 'renderer/index.html', ['renderer', 'src/api', 'src/domain']);
  buildIfOld('electron', 'electron/preload.cjs', ['electron', 'src', 'package.json']);
}

/** Runs the build step of that name, unless its last file is newer than its sources. */
function buildIfOld(step, last, sources) {
  const built = join(ROOT, 'dist', last);
  const all = [...sources, 'build', 'package-lock.json'];
  if (existsSync(built) && statSync(built).mtimeMs > Math.max(...all.map(newestIn))) return;
  if (!runs('npm', ['run', '--silent', `build:${step}`])) {
    throw new Error(`the ${step} part could not be built: see the lines above`);
  }
}

/** When the file, or the newest one in the folder, was last changed. */
function newestIn(name) {
  const path = join(ROOT, name);
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs;
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Math.max(...files.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
}
