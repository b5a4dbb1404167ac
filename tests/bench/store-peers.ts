import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** Installs the stores to compare with, exactly as the lockfile says, where they are missing or older than it. */
export function ensurePeers(): void {
  const installed = `${FOLDER}node_modules/.package-lock.json`;
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(`${FOLDER}package-lock.json`).mtimeMs)
    return;
  console.error('Installing the stores to compare with (npm ci --prefix tests/bench) …');
  // Their native parts come prebuilt, so no script of theirs has to run.
  const { status } = spawnSync(
    'npm',
    ['ci', '--prefix', FOLDER, '--ignore-scripts', '--no-audit', '--no-fund'],
    { stdio: ['ignore', 2, 2], shell: process.platform === 'win32' },
  );
  if (status !== 0) throw new Error('npm ci failed: please check the network and run the command again');
}

/** The version of a store that `ensurePeers` has installed. */
export function peerVersion(name: string): string {
  const { dependencies } = JSON.parse(readFileSync(`${FOLDER}package.json`, 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return dependencies[name]!;
}
