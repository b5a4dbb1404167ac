import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CALL_CHANNEL } from '../../src/api/channels.ts';
import { callFrom, resultFrom, type BridgeWindow } from './bridge.ts';
import { launchApp, PATIENT, realElectron, type RunningApp } from './muster-app.ts';

const PRELOAD = fileURLToPath(new URL('../../dist/electron/preload.cjs', import.meta.url));
const PIN = '730418';
const onElectron = realElectron() !== undefined;

let folder: string;
let app: RunningApp;
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muster-locked-'));
  app = await launchApp({ args: ['--data', folder] });
  await app.ready;
  page = await app.page('/gate');
});

afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Does something to the page and expects it to be where it was, as it was. */
async function staysAfter(attempt: () => Promise<unknown>): Promise<void> {
  const address = page.url();
  const mark = Math.random();
  await page.evaluate((value) => Object.assign(window, { mark: value }), mark);
  await attempt();
  await page.waitForTimeout(250);
  expect(page.url()).toBe(address);
  expect(await page.evaluate(() => (window as unknown as { mark?: number }).mark)).toBe(mark);
}

/** A page's own ways out; each is run inside it. */
const WAYS_OUT: [string, () => void][] = [
  ['location.href', () => void (location.href = 'https://example.invalid/')],
  ['location.assign to another screen of ours', () => location.assign('/wall')],
  ['location.replace', () => location.replace('https://example.invalid/')],
  ['location.reload', () => location.reload()],
  ['the navigation interface', () => void navigation.navigate('/wall')],
  [
    'a link',
    () => {
      const link = Object.assign(document.createElement('a'), { href: 'https://example.invalid/' });
      document.body.append(link);
      link.click();
    },
  ],
  [
    'a link to the top frame',
    () => {
      const link = Object.assign(document.createElement('a'), { href: '/wall', target: '_top' });
      document.body.append(link);
      link.click();
    },
  ],
  [
    'a form that sends',
    () => {
      const form = Object.assign(document.createElement('form'), { action: '/wall', method: 'post' });
      document.body.append(form);
      form.submit();
    },
  ],
  [
    'a refresh in the head',
    () => {
      const meta = Object.assign(document.createElement('meta'), {
        httpEquiv: 'refresh',
        content: '0;url=/wall',
      });
      document.head.append(meta);
    },
  ],
  ['a file', () => void (location.href = 'file:///etc/passwd')],
  ['an address with data', () => void (location.href = 'data:text/html,<h1>out</h1>')],
  ['an address with a script', () => void (location.href = 'javascript:document.write("out")')],
];

describe('kiosk left open: no way off the page', () => {
  test.each(WAYS_OUT)('%s', async (_what, attempt) => {
    await staysAfter(() => page.evaluate(attempt));
  });

  test('a frame inside the page shows nothing', async () => {
    await staysAfter(() =>
      page.evaluate(() => {
        const frame = Object.assign(document.createElement('iframe'), { src: '/wall' });
        document.body.append(frame);
      }),
    );
    const inside = page.frames().find((frame) => frame !== page.mainFrame());
    expect(await inside?.evaluate(() => document.querySelector('#app'))).toBeNull();
    await page.evaluate(() => document.querySelector('iframe')?.remove());
  });
});

describe('no window beside it', () => {
  test.each<[string, () => void]>([
    ['window.open', () => void open('/wall')],
    ['window.open of nothing', () => void open('')],
    ['window.open with features', () => void open('https://example.invalid/', '', 'width=100,height=100')],
    [
      'a link to a new window',
      () => {
        const link = Object.assign(document.createElement('a'), { href: '/wall', target: '_blank' });
        document.body.append(link);
        link.click();
      },
    ],
    [
      'a click with Control',
      () => {
        const link = Object.assign(document.createElement('a'), { href: '/wall' });
        document.body.append(link);
        link.dispatchEvent(new MouseEvent('click', { ctrlKey: true }));
      },
    ],
  ])('%s', async (_what, attempt) => {
    await staysAfter(() => page.evaluate(attempt));
    await expect.poll(() => app.pages().length, PATIENT).toBe(1);
  });
});

describe('nothing is permitted', () => {
  test.each([
    'geolocation',
    'notifications',
    'midi',
    'camera',
    'clipboard-read',
    'screen-wake-lock',
    'window-management',
    'local-fonts',
    'idle-detection',
    'persistent-storage',
  ])('%s', async (name) => {
    const state = await page.evaluate(
      async (permission) => (await navigator.permissions.query({ name: permission as PermissionName })).state,
      name,
    );
    expect(state).toBe('denied');
  });

  test('asked for all the same, camera, place and notifications are refused', async () => {
    const answers = await page.evaluate(async () => [
      await navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'granted',
        (error: Error) => error.name,
      ),
      await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          ({ code }) => resolve(code),
        ),
      ),
      await Notification.requestPermission(),
    ]);
    expect(answers).toEqual(['NotAllowedError', 1, 'denied']);
  });
});

describe('what a page has of Electron', () => {
  test('two functions, read-only, and nothing of Node', async () => {
    const found = await page.evaluate(() => {
      const here = window as unknown as BridgeWindow & Record<string, unknown>;
      Reflect.set(here, 'muster', 1);
      Reflect.set(here.muster, 'call', 1);
      return {
        members: Object.entries(here.muster).map(([name, member]) => [name, typeof member]),
        node: ['require', 'process', 'module', 'global', 'Buffer', 'electron', 'ipcRenderer'].filter(
          (name) => name in here,
        ),
      };
    });
    expect(found).toEqual({
      members: [
        ['call', 'function'],
        ['subscribe', 'function'],
      ],
      node: [],
    });
  });

  test('the preload script is one file that requires Electron only', () => {
    const text = readFileSync(PRELOAD, 'utf8');
    expect([...text.matchAll(/\brequire\(([^)]*)\)/g)].map(([, name]) => name)).toEqual(['"electron"']);
    expect(text).not.toMatch(/\bimport\b[^*\n]*['"]/);
    expect(text.length).toBeLessThan(4096);
  });

  test('a change is told to the page until it stops listening', async () => {
    const { token } = await resultFrom<{ token: string }>(page, 'access.setPin', { pin: PIN });
    const heard = await page.evaluate(async (admin) => {
      const { muster } = window as unknown as BridgeWindow;
      const topics: string[] = [];
      const save = (zh: string) =>
        muster.call(
          'slogans.save',
          { gestureId: crypto.randomUUID(), slogan: { text: { en: 'A', zh } } },
          admin,
        );
      const first = Promise.withResolvers<void>();
      const stop = muster.subscribe((topic) => {
        topics.push(topic);
        first.resolve();
      });
      await save('一');
      await first.promise;
      stop();
      await save('二');
      await muster.call('settings.get', {});
      return topics;
    }, token);
    expect(heard).toEqual(['slogans']);
  });
});

test('a file goes through our scheme to its reader, which is a process of its own', async () => {
  const { token } = await resultFrom<{ token: string }>(page, 'access.unlock', { pin: PIN });
  const sent = await page.evaluate(async (admin) => {
    const file = new File(['姓名,工号\n王建国,1003\n'], '名单.csv');
    const response = await fetch('/uploads/people?name=people.csv', {
      method: 'POST',
      headers: { authorization: `Bearer ${admin}` },
      body: file,
    });
    return (await response.json()) as { result: { uploadId: string } };
  }, token);
  expect(sent).toMatchObject({ ok: true });
  const change = { gestureId: randomUUID(), ...sent.result };
  expect(await resultFrom(page, 'people.importUpload', change, token)).toMatchObject({ added: 1 });
  expect(await resultFrom(page, 'people.find', { query: 'wjg' })).toMatchObject({ total: 1 });
});

describe('a call is refused, in words', () => {
  test.each<[string, string, unknown, string]>([
    ['an operation that there is not', 'people.destroy', {}, 'operation-unknown'],
    ['what a screen may not', 'people.save', { gestureId: 'g', person: { name: '王' } }, 'role-missing'],
    ['more than 64 kB', 'people.find', { query: 'x'.repeat(70_000) }, 'body-too-large'],
    [
      '64 kB of Chinese, which are three times the bytes',
      'people.find',
      { query: '汉'.repeat(22_000) },
      'body-too-large',
    ],
    ['nothing at all', 'people.find', undefined, 'call-invalid'],
  ])('%s', async (_what, operation, input, code) => {
    expect(await callFrom(page, operation, input)).toMatchObject({
      ok: false,
      refusal: { code, message: { en: /\w/, zh: /\p{Script=Han}/u } },
    });
  });

  test('what structured clone carries and JSON does not', async () => {
    const codes = await page.evaluate(async () => {
      const { muster } = window as unknown as BridgeWindow;
      const loop: Record<string, unknown> = {};
      loop['self'] = loop;
      const inputs = [1n, loop, { query: 5n }];
      const answers = await Promise.all(inputs.map((input) => muster.call('people.find', input)));
      return (answers as { refusal: { code: string } }[]).map(({ refusal }) => refusal.code);
    });
    expect(codes).toEqual(['call-invalid', 'call-invalid', 'call-invalid']);
  });

  test('an operation or a token that is no text', async () => {
    const codes = await page.evaluate(async () => {
      const { muster } = window as unknown as { muster: { call(...args: unknown[]): Promise<unknown> } };
      const answers = [await muster.call({}, {}), await muster.call('people.find', { query: '' }, 5)];
      return (answers as { refusal: { code: string } }[]).map(({ refusal }) => refusal.code);
    });
    expect(codes).toEqual(['call-invalid', 'call-invalid']);
  });

  test('a function cannot be sent at all', async () => {
    const message = page.evaluate(() =>
      (window as unknown as BridgeWindow).muster.call('people.find', { query: () => 1 }),
    );
    await expect(message).rejects.toThrow(/could not be cloned/);
  });
});

describe.skipIf(onElectron)('a call that does not come from our own page', () => {
  async function forge(channel: string, ...args: unknown[]): Promise<string> {
    await page.evaluate(() => document.body.append(document.createElement('iframe')));
    await app.control('forgeFromChildFrame', 0, channel, args);
    const child = page.frames().find((frame) => frame !== page.mainFrame())!;
    await expect.poll(() => child.evaluate(() => document.body.textContent), PATIENT).not.toBe('');
    const answer = await child.evaluate(() => document.body.textContent);
    await page.evaluate(() => document.querySelector('iframe')?.remove());
    return answer;
  }

  test('from a child frame', async () => {
    expect(await forge(CALL_CHANNEL, 'people.find', { query: '' })).toContain('sender-wrong');
  });

  test('on another channel there is nobody', async () => {
    expect(await forge('muster:other', 'people.find', {})).toContain('No handler registered');
  });

  test('from a page of another origin, which gets nothing from the network either', async () => {
    await app.control('load', 0, 'data:text/html,<h1>foreign</h1>');
    expect(await callFrom(page, 'people.find', { query: '' })).toMatchObject({
      ok: false,
      refusal: { code: 'sender-wrong' },
    });
    const failed = page.waitForEvent('requestfailed');
    await page.evaluate(() => void (new Image().src = 'https://example.invalid/x.png'));
    expect((await failed).failure()?.errorText).toContain('ERR_BLOCKED_BY_CLIENT');
    await app.control('load', 0, 'muster://app/gate');
    expect(await callFrom(page, 'settings.get', {})).toMatchObject({ ok: true });
  });

  test('another host of our scheme has no pages; the window comes back by itself', async () => {
    await page.evaluate(() => Object.assign(window, { before: true }));
    const loaded = app.control('load', 0, 'muster://elsewhere/gate');
    await expect(loaded).rejects.toThrow('ERR_BLOCKED_BY_CLIENT');
    // Chromium shows its own page about it for a moment; then a new page of ours is there.
    await page.waitForFunction(() => location.pathname === '/gate' && !('before' in window));
    expect(await callFrom(page, 'settings.get', {})).toMatchObject({ ok: true });
  });
});

describe.skipIf(onElectron)('the desktop around the page', () => {
  test('windows have the sandbox, isolation and no tools; no menu; the display stays on', async () => {
    const [window] = (await app.control('windows')) as [Record<string, unknown>];
    expect(window).toMatchObject({
      kiosk: true,
      shown: true,
      preferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        disableDialogs: true,
      },
    });
    expect(await app.control('asked')).toMatchObject({ menu: null, blockers: ['prevent-display-sleep'] });
  });

  test('a key that reloads does not reach the page, a letter does', async () => {
    expect(await app.control('key', 0, { key: 'r', control: true })).toBe(false);
    expect(await app.control('key', 0, { key: 'r' })).toBe(true);
  });

  test('a download is cancelled', async () => {
    await page.evaluate(() => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob(['names']));
      link.download = 'names.txt';
      link.click();
    });
    await expect.poll(() => app.control('asked'), PATIENT).toMatchObject({ downloads: ['cancelled'] });
  });
});
