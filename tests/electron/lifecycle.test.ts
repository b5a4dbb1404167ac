import { existsSync } from 'node:fs';
import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openKiosk } from '../../src/kiosk/open-kiosk.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { callFrom, signInFrom } from './bridge.ts';
import { crash, openApp, PATIENT, QUICK, realElectron, type RunningApp } from './muster-app.ts';
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

  test.skipIf(onElectron)(
    'the packaged kiosk is not closed from its screen, only by --quit; a second start shows it',
    async () => {
      const folder = await tempFolder();
      const app = await openApp({ args: ['--data', folder], packaged: true });
      await app.ready;
      await app.control('close', 0);
      expect(await app.control('windows')).toHaveLength(1);
      expect(await app.control('key', 0, { key: 'F4', alt: true })).toBe(false);

      const second = await openApp({ args: ['--data', folder], packaged: true });
      expect(await second.ended).toEqual({ code: 0, signal: null });
      expect(second.stderr()).toMatch(/running already[^\n]*\n[^\n]*已在运行/);
      expect(second.stdout()).toBe('');
      await expect.poll(() => app.control('windows'), PATIENT).toMatchObject([{ focused: 1 }]);

      const third = await openApp({ args: ['--data', folder, '--quit'], packaged: true });
      expect(await third.ended).toEqual({ code: 0, signal: null });
      expect(await app.ended).toEqual({ code: 0, signal: null });
    },
  );

  test('--quit where nothing runs says so', async () => {
    const app = await openApp({ args: ['--data', await tempFolder(), '--quit'] });
    expect(await app.ended).toEqual({ code: 1, signal: null });
    expect(app.stderr()).toMatch(/no kiosk running[^\n]*\n[^\n]*没有正在运行/);
  });

  test.skipIf(onElectron)(
    'an exception nobody caught: a trace, exit code 1, a free folder, and the installed app is started again',
    async () => {
      const folder = await tempFolder();
      const lived = 'data:text/javascript,const%20real=process.uptime;process.uptime=()=>real()%2B60';
      const env = { NODE_OPTIONS: `--import ${lived}` };
      const app = await openApp({ args: ['--data', folder], env, packaged: true });
      await app.ready;
      await app.control('throwInMain');
      expect(await app.ended).toEqual({ code: 1, signal: null });
      expect(app.stderr()).toContain('thrown on purpose');
      expect(app.stdout()).toContain('started again 1 times');
      await lookInto(folder, ({ report }) => expect(report).toEqual([]));
    },
  );

  test.skipIf(onElectron)('a fault at once is no reason to go round for ever', async () => {
    const app = await openApp({ args: ['--data', await tempFolder()], packaged: true });
    await app.ready;
    await app.control('throwInMain');
    expect(await app.ended).toEqual({ code: 1, signal: null });
    expect(app.stdout()).not.toContain('started again');
  });
});

test('a sample that cannot be brought is reported, and the screens are there', async () => {
  const folder = await tempFolder();
  await mkdir(join(folder, 'photos'));
  await mkdir(join(folder, 'store'));
  // Where its pictures should lie, there is a file.
  await writeFile(join(folder, 'photos', 'renditions'), '');
  const app = await openApp({ args: ['--data', folder, '--sample'] });
  await app.ready;
  await expect.poll(() => app.stderr(), PATIENT).toMatch(/sample could not be brought[^]*未能放入示例/);
  expect(await callFrom(await app.page('/gate'), 'settings.get', {})).toMatchObject({ ok: true });
});

describe('a kiosk that cannot open', () => {
  test('says why on the screen, where on stderr, and opens by itself when it can', async () => {
    const folder = await tempFolder();
    const holder = await openKiosk(folder);
    const app = await openApp({ args: ['--data', folder], env: QUICK });
    const trouble = await app.page('/');
    const text = await trouble.locator('main').innerText();
    expect(text).toMatch(/无法签到/);
    expect(text).toMatch(/Sign-in is not possible/);
    expect(text).toMatch(/另一个集结程序/);
    expect(text).toMatch(/another Muster/);
    expect(text).not.toContain(folder);
    expect(app.stderr().split('\n').filter(Boolean)).toHaveLength(2);
    expect(app.stderr().split(folder)).toHaveLength(3);
    expect(await trouble.evaluate(() => getComputedStyle(document.body).display)).toBe('grid');
    await holder.close();
    await app.ready;
    await app.page('/gate');
    await expect.poll(() => app.pages().length, PATIENT).toBe(1);
    app.kill('SIGTERM');
    expect(await app.ended).toEqual({ code: 0, signal: null });
  });

  test('a folder that cannot be one; another reason takes the place of the first; ended meanwhile: exit code 1', async () => {
    const folder = join(await tempFolder(), 'data');
    await writeFile(folder, '');
    const app = await openApp({ args: ['--data', folder], env: QUICK });
    const text = (await app.page('/')).locator('main');
    expect(await text.innerText()).toMatch(/data folder cannot be used/);
    expect(app.stderr()).toContain(`${folder} cannot be used`);
    if (!onElectron) {
      const before = await app.page('/');
      await crash(app, '/');
      await expect.poll(() => app.pages().includes(before), PATIENT).toBe(false);
    }

    const other = `${folder}-with-photos`;
    await mkdir(join(other, 'photos', 'originals'), { recursive: true });
    await writeFile(join(other, 'photos', 'originals', 'a.jpg'), '');
    // In one step: the app tries again all the time, and would begin a store where it finds no folder.
    await symlink(other, `${folder}-link`);
    await rename(`${folder}-link`, folder);
    await (await app.page('/')).locator('main', { hasText: 'photos but no store' }).waitFor();
    app.kill('SIGTERM');
    expect(await app.ended).toEqual({ code: 1, signal: null });
    expect(existsSync(join(folder, 'store'))).toBe(false);
  });
});

test('an option that cannot be read: one line, exit code 2', async () => {
  const app = await openApp({ args: ['--screen', 'garden'] });
  expect(await app.ended).toEqual({ code: 2, signal: null });
  expect(app.stderr()).toMatch(/^muster: --screen garden cannot be read[^\n]*\n$/);
});

describe('--cli runs the command line, without a window', () => {
  test('photos are imported by a utility process; words go to stdout, the exit code is the process’s', async () => {
    const folder = await tempFolder();
    const album = join(import.meta.dirname, '../../src/sample/album/welding-1.jpg');
    const args = ['--cli', 'import', 'photos', album, '--album', 'A', '--data', folder, '--json'];
    const app = await openApp({ args });
    expect([await app.ended, app.stderr()]).toEqual([{ code: 0, signal: null }, '']);
    expect(JSON.parse(app.stdout())).toMatchObject({ added: 1 });
    expect(app.pages()).toEqual([]);
    expect(existsSync(join(folder, 'browser'))).toBe(false);
    await lookInto(folder, ({ state }) => expect(state.photos.size).toBe(1));
  });

  test('wrong usage is exit code 2', async () => {
    const app = await openApp({ args: ['--cli', 'dance'] });
    expect(await app.ended).toEqual({ code: 2, signal: null });
    expect(app.stderr()).toMatch(/there is no command "dance"/);
  });
});
