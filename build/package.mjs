/**
 * `npm run package`: builds the app and packs it for this system. `--offline-trial` packs without Electron, around a
 * placeholder that cannot start: it shows what goes into the archive where Electron cannot be had.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPackage } from '@electron/asar';
import { build } from 'electron-builder';
import sharp from 'sharp';
import { packaging } from './electron-builder.mjs';
import { ROOT } from './run.mjs';
import { buildApp } from './setup.mjs';

const [option, ...others] = process.argv.slice(2);
const trial = option === '--offline-trial';
if ((option !== undefined && !trial) || others.length > 0) {
  console.error('muster: npm run package takes only -- --offline-trial');
  process.exit(2);
}

buildApp();
mkdirSync(join(ROOT, 'dist'), { recursive: true });
await sharp(join(ROOT, 'renderer', 'icon.svg'), { density: 2304 })
  .resize(1024)
  .toFile(join(ROOT, 'dist', 'icon.png'));
try {
  const made = trial
    ? await packTrial()
    : await build({ projectDir: ROOT, config: packaging, publish: 'never' });
  for (const file of made) console.log(file);
} catch (error) {
  console.error(`muster: the app could not be packed: ${error instanceof Error ? error.message : error}`);
  if (!trial)
    console.error('muster: where Electron cannot be downloaded, try: npm run package -- --offline-trial');
  process.exitCode = 1;
}

/** Packs into dist/package/<system>-unpacked around a program that only says what it is. */
async function packTrial() {
  console.log(
    'A trial without Electron: the program is a placeholder, so no fuses are set and nothing can be installed.',
  );
  const folder = mkdtempSync(join(tmpdir(), 'muster-electron-'));
  try {
    const { electronFuses: _, ...config } = packaging;
    await writePlaceholder(folder);
    return await build({
      projectDir: ROOT,
      dir: true,
      publish: 'never',
      config: { ...config, electronDist: folder },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As much of an unpacked Electron as electron-builder looks for. */
async function writePlaceholder(folder) {
  const name = process.platform === 'win32' ? 'electron.exe' : 'electron';
  writeFileSync(
    join(folder, name),
    '#!/bin/sh\necho "no Electron: packed by --offline-trial" >&2\nexit 1\n',
    {
      mode: 0o755,
    },
  );
  const app = join(folder, 'default-app');
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), '{}');
  mkdirSync(join(folder, 'locales'));
  mkdirSync(join(folder, 'resources'));
  await createPackage(app, join(folder, 'resources', 'default_app.asar'));
  rmSync(app, { recursive: true });
}
