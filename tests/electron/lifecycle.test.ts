import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { EVENING } from '../support/sample-kiosk.ts';
import { openKiosk } from '../../src/kiosk/open-kiosk.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { signInFrom } from './bridge.ts';
import { openApp, PATIENT, realElectron, type RunningApp } from './muster-app.ts';
import { lookInto, sampleFolder } from './sample-folder.ts';

const SLOW_DISK = fileURLToPath(new URL('./slow-disk.ts', import.meta.url));
const onElectron = realElectron() !== undefined;

async function openReady(folder: string, more: string[] = []): Promise<RunningApp> {
  const app = await openApp({ args: ['--data', folder, ...more] });
  await app.ready;
  return app;
}

function count(app: RunningApp, words: string): number {
  return app.stderr().split(words).length - 1;
}

const PEOPLE = ['wang-jianguo', 'li-minglang', 'zhao-zhiqiang', 'liu-yang', 'chen-jie-1', 'chen-jie-2'];

describe('the end', () => {
  test.skipIf(onElectron)(
    'a signal while the disk writes: what was begun is finished, the folder is free',
    async () => {
      const folder = await sampleFolder();
      const env = { NODE_OPTIONS: `--import ${SLOW_DISK}` };
      const app = await openApp({ args: ['--data', folder], env });
      await app.ready;
      const page = await app.page('/gate');
      const before = count(app, 'sync begins');
      // The page may go before it hears.
      const heard = signInFrom(page, 'sample-liu-yang').catch(() => undefined);
      await expect.poll(() => count(app, 'sync begins'), PATIENT).toBeGreaterThan(before);
      app.kill('SIGTERM');
      app.kill('SIGINT');
      expect(await app.ended).toEqual({ code: 0, signal: null });
      await heard;
      expect(count(app, 'sync done')).toBe(count(app, 'sync begins'));
      await lookInto(folder, ({ state, report }) => {
        expect([...state.visits.values()].map(({ personId }) => personId)).toEqual(['sample-liu-yang']);
        expect(report).toEqual([]);
      });
    },
  );

  test('whatever was acknowledged in a rush is on disk after a signal', async () => {
    const folder = await sampleFolder();
    const app = await openReady(folder);
    const page = await app.page('/gate');
    const acknowledged: string[] = [];
    const calls = PEOPLE.map((person) =>
      signInFrom(page, `sample-${person}`).then(
        ({ ok }) => ok && acknowledged.push(`sample-${person}`),
        () => undefined,
      ),
    );
    await Promise.race(calls);
    app.kill('SIGTERM');
    expect(await app.ended).toEqual({ code: 0, signal: null });
    await Promise.all(calls);
    expect(acknowledged.length).toBeGreaterThan(0);
    await lookInto(folder, ({ state }) => {
      const present = [...state.visits.values()].map(({ personId }) => personId);
      expect(present).toEqual(expect.arrayContaining(acknowledged));
    });
  });

  test.skipIf(onElectron)('closing the last window ends the kiosk in development', async () => {
    const app = await openReady(await tempFolder());
    await app.control('close', 0);
    expect(await app.ended).toEqual({ code: 0, signal: null });
  });

  test.skipIf(onElectron)('the packaged kiosk is not closed from its screen, only by --quit', async () => {
    const folder = await tempFolder();
    const app = await openApp({ args: ['--data', folder], packaged: true });
    await app.ready;
    await app.control('close', 0);
    expect(await app.control('windows')).toHaveLength(1);
    expect(await app.control('key', 0, { key: 'F4', alt: true })).toBe(false);
    const second = await openApp({ args: ['--data', folder, '--quit'], packaged: true });
    expect(await second.ended).toEqual({ code: 0, signal: null });
    expect(await app.ended).toEqual({ code: 0, signal: null });
  });

  test('--quit where nothing runs says so', async () => {
    const app = await openApp({ args: ['--data', await tempFolder(), '--quit'] });
    expect(await app.ended).toEqual({ code: 1, signal: null });
    expect(app.stderr()).toMatch(/no kiosk running[^\n]*\n[^\n]*没有正在运行/);
  });

  test.skipIf(onElectron)('an exception nobody caught: a trace, exit code 1, a free folder', async () => {
    const folder = await tempFolder();
    const app = await openReady(folder);
    await app.control('throwInMain');
    expect(await app.ended).toEqual({ code: 1, signal: null });
    expect(app.stderr()).toContain('thrown on purpose');
    await lookInto(folder, ({ report }) => expect(report).toEqual([]));
  });
});

test('a second start says so in both languages and ends; the first comes to the front', async () => {
  const folder = await tempFolder();
  const first = await openReady(folder);
  const second = await openApp({ args: ['--data', folder] });
  expect(await second.ended).toEqual({ code: 0, signal: null });
  expect(second.stderr()).toMatch(/running already[^\n]*\n[^\n]*已在运行/);
  expect(second.stdout()).toBe('');
  // On another folder it is another kiosk.
  await openReady(await tempFolder());
  if (onElectron) return;
  await expect.poll(() => first.control('windows'), PATIENT).toMatchObject([{ focused: 1 }]);
});

describe('a kiosk that cannot open', () => {
  test('says why on the screen and on stderr, and opens by itself when it can', async () => {
    const folder = await tempFolder();
    const holder = await openKiosk(folder);
    const app = await openApp({ args: ['--data', folder] });
    const trouble = await app.page('/');
    const text = await trouble.locator('main').innerText();
    expect(text).toMatch(/无法签到/);
    expect(text).toMatch(/Sign-in is not possible/);
    expect(text).toContain(folder);
    expect(app.stderr().split('\n').filter(Boolean)).toHaveLength(2);
    expect(await trouble.evaluate(() => getComputedStyle(document.body).display)).toBe('grid');
    await holder.close();
    await app.ready;
    await app.page('/gate');
    await expect.poll(() => app.pages().length, PATIENT).toBe(1);
    app.kill('SIGTERM');
    expect(await app.ended).toEqual({ code: 0, signal: null });
  });

  test('ended meanwhile, it ends with exit code 1', async () => {
    const folder = await tempFolder();
    await mkdir(join(folder, 'photos', 'originals'), { recursive: true });
    await writeFile(join(folder, 'photos', 'originals', 'a.jpg'), '');
    const app = await openApp({ args: ['--data', folder] });
    expect(await (await app.page('/')).locator('main').innerText()).toContain('photos but no store');
    app.kill('SIGTERM');
    expect(await app.ended).toEqual({ code: 1, signal: null });
    expect(existsSync(join(folder, 'store'))).toBe(false);
  });

  test('a folder that cannot be one has a page, too', async () => {
    const file = join(await tempFolder(), 'file');
    await writeFile(file, '');
    const app = await openApp({ args: ['--data', file] });
    expect(await (await app.page('/')).locator('main').innerText()).toContain(file);
    expect(app.stderr()).toMatch(/cannot be used/);
  });
});

test('an option that cannot be read: one line, exit code 2', async () => {
  const app = await openApp({ args: ['--screen', 'garden'] });
  expect(await app.ended).toEqual({ code: 2, signal: null });
  expect(app.stderr()).toMatch(/^muster: --screen garden cannot be read[^\n]*\n$/);
});

describe('--cli runs the command line, without a window', () => {
  test('its words go to stdout, its exit code is the process’s', async () => {
    const folder = await sampleFolder();
    const app = await openApp({ args: ['--cli', 'call', 'activities.list', '--json', '--data', folder] });
    expect(await app.ended).toEqual({ code: 0, signal: null });
    expect(app.stdout()).toContain(EVENING);
    expect(app.pages()).toEqual([]);
    expect(existsSync(join(folder, 'browser'))).toBe(false);
  });

  test('photos are imported by a utility process', async () => {
    const folder = await tempFolder();
    const album = join(import.meta.dirname, '../../src/sample/album/welding-1.jpg');
    const args = ['--cli', 'import', 'photos', album, '--album', 'A', '--data', folder, '--json'];
    const app = await openApp({ args });
    expect([await app.ended, app.stderr()]).toEqual([{ code: 0, signal: null }, '']);
    await lookInto(folder, ({ state }) => expect(state.photos.size).toBe(1));
  });

  test('wrong usage is exit code 2', async () => {
    const app = await openApp({ args: ['--cli', 'dance'] });
    expect(await app.ended).toEqual({ code: 2, signal: null });
    expect(app.stderr()).toMatch(/there is no command "dance"/);
  });
});
