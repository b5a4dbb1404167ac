import { execFile } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { extractAll, listPackage } from '@electron/asar';
import { expect, test } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';
import { callFrom, signInFrom } from './bridge.ts';
import { openApp, PATIENT, realElectron } from './muster-app.ts';
import { lookInto } from './sample-folder.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

// A real Electron would be packed and started itself; that is for somebody with a desktop (docs/electron.md).
test.skipIf(realElectron())(
  'what is packed is enough to start, bring the sample and sign somebody in',
  async () => {
    await run(process.execPath, ['build/package.mjs', '--offline-trial'], { cwd: PROJECT });
    const [archive] = globSync('dist/package/*-unpacked/resources/app.asar', { cwd: PROJECT });
    const files = listPackage(join(PROJECT, archive!), { isPack: false }).map((name) =>
      name.replaceAll('\\', '/'),
    );
    expect(files).toEqual(expect.arrayContaining(['/package.json', '/dist/electron/main.js']));
    const strangers = files.filter((name) =>
      /^\/(tests|docs|build|renderer|electron|src\/(?!sample))|\.ts$|^\/node_modules\/(vue|vite|electron|typescript)\//.test(
        name,
      ),
    );
    expect(strangers.filter((name) => !name.endsWith('.d.ts'))).toEqual([]);
    expect(existsSync(`${join(PROJECT, archive!)}.unpacked/src/sample/album/welding-1.jpg`)).toBe(true);

    const app = join(await tempFolder(), 'app');
    extractAll(join(PROJECT, archive!), app);
    const data = await tempFolder();
    const running = await openApp({ app, args: ['--data', data, '--sample'], packaged: true });
    await running.ready;
    const page = await running.page('/gate');
    // The windows do not wait for the sample.
    await expect.poll(() => signInFrom(page, 'sample-liu-yang'), PATIENT).toMatchObject({ ok: true });
    await expect.poll(() => page.locator('img').count(), PATIENT).toBeGreaterThan(0);
    expect(await callFrom(page, 'photos.list', {})).toMatchObject({ ok: true });
    running.kill('SIGTERM');
    expect(await running.ended).toEqual({ code: 0, signal: null });
    await lookInto(data, ({ state }) => {
      expect([...state.visits.values()].map(({ personId }) => personId)).toEqual(['sample-liu-yang']);
      expect(state.photos.size).toBe(15);
    });
  },
  120_000,
);
