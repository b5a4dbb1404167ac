import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { beginExchange, exchangeStore, finishExchange } from '../../../src/store/exchange-store.ts';
import { nodeFileSystem } from '../../../src/store/node-file-system.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { failing, WatchedFileSystem } from '../../support/watched-file-system.ts';
import { failAt, WAYS_TO_FAIL } from './failing-calls.ts';
import { append, openNoted, reopened, storeWithSnapshots, upTo } from './store-folder.ts';

let folder: string;
let fs: WatchedFileSystem;

async function start(): Promise<void> {
  folder = await tempFolder();
  fs = new WatchedFileSystem();
}

beforeEach(start);

/** Two files stand for a store: it is whole when both are there and of the same one. */
async function put(name: string, which: 'old' | 'new'): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  for (const file of ['journal', 'snapshot']) await writeFile(join(folder, name, file), which);
}

/** Which store lies there; undefined where none does. */
async function at(name: string): Promise<string | undefined> {
  const files = await readdir(join(folder, name)).catch(() => undefined);
  if (!files) return undefined;
  const [journal, snapshot] = await Promise.all(
    ['journal', 'snapshot'].map((file) => readFile(join(folder, name, file), 'utf8').catch(() => 'nothing')),
  );
  return journal === snapshot && files.length === 2 ? journal : 'broken';
}

async function exchange(keepAs?: string): Promise<void> {
  const ready = await beginExchange(fs, folder);
  await put(basename(ready), 'new');
  await exchangeStore(fs, folder, keepAs && join(folder, keepAs));
}

describe('exchanging', () => {
  test('puts the new store in the place of the old one, which is gone', async () => {
    await put('store', 'old');
    await exchange();
    expect([await at('store'), await readdir(folder)]).toEqual(['new', ['store']]);
  });

  test('keeps the old one where it is told to', async () => {
    await put('store', 'old');
    await exchange('kept/before/store');
    expect([await at('store'), await at('kept/before/store')]).toEqual(['new', 'old']);
    expect((await readdir(folder)).sort()).toEqual(['kept', 'store']);
  });

  test('needs no old one', async () => {
    await exchange();
    expect([await at('store'), await readdir(folder)]).toEqual(['new', ['store']]);
  });

  test('begins in an empty folder, whatever an earlier attempt has left', async () => {
    await put('store.new', 'old');
    const ready = await beginExchange(fs, folder);
    expect(await readdir(ready)).toEqual([]);
  });

  test('knows each step to be on disk before the next one', async () => {
    await put('store', 'old');
    await exchange('kept/store');
    const data = basename(folder);
    expect(fs.calls.slice(fs.calls.indexOf('syncFolder store.new'))).toEqual([
      'syncFolder store.new',
      'makeFolder kept',
      'rename store.ready',
      `syncFolder ${data}`,
      'rename store',
      `syncFolder ${data}`,
      'syncFolder kept',
      'rename store',
      `syncFolder ${data}`,
    ]);
  });
});

describe('an exchange that was interrupted', () => {
  test.each<[string, [name: string, which: 'old' | 'new'][], string]>([
    [
      'while the new store was put together',
      [
        ['store', 'old'],
        ['store.new', 'new'],
      ],
      'old',
    ],
    [
      'before the old one was put away',
      [
        ['store', 'old'],
        ['store.ready', 'new'],
      ],
      'old',
    ],
    [
      'before the new one got its name',
      [
        ['store.ready', 'new'],
        ['store.old', 'old'],
      ],
      'new',
    ],
    [
      'before the old one was removed',
      [
        ['store', 'new'],
        ['store.old', 'old'],
      ],
      'new',
    ],
    ['after everything', [['store', 'new']], 'new'],
  ])('%s, ends with one whole store', async (_, names, which) => {
    for (const [name, store] of names) await put(name, store);
    await finishExchange(fs, folder);
    expect([await at('store'), await readdir(folder)]).toEqual([which, ['store']]);
  });

  test.each(['store.old', 'store.new'])(
    'and left a %s that cannot be removed keeps nobody out',
    async (left) => {
      await storeWithSnapshots(folder);
      await put(left, 'old');
      fs.before = failing(`removeFolder ${left}`, 1, 'EBUSY');
      const { store, notes } = await openNoted(folder, fs);
      const words = expect.stringMatching(new RegExp(`${left}.*EBUSY`)) as string;
      expect([notes, store.failed, store.report]).toEqual([upTo(9), undefined, [{ en: words, zh: words }]]);
      await append(store, 10, 10);
      await store.close();
      expect(await reopened(folder)).toEqual({ notes: upTo(10), report: [] });
      expect((await readdir(folder)).sort()).toEqual(['lock', 'store']);
    },
  );

  test.each(WAYS_TO_FAIL)('by the disk, at any step (%s), ends with one whole store', async (way) => {
    for (const keepAs of [undefined, 'kept/store']) {
      for (let step = 1; ; step++) {
        await start();
        await put('store', 'old');
        const fail = failAt(fs, step, way);
        const [exchanged] = await Promise.allSettled([exchange(keepAs)]);
        const what = `call ${step}, ${way}, ${keepAs}`;
        if (!fail.reached()) {
          expect([exchanged.status, step > 8], what).toEqual(['fulfilled', true]);
          break;
        }
        fs.before = () => {};
        await finishExchange(fs, folder);
        const which = await at('store');
        expect(exchanged.status === 'fulfilled' ? ['new'] : ['old', 'new'], what).toContain(which);
        expect(await readdir(folder), what).toEqual(
          expect.not.arrayContaining(['store.new', 'store.ready', 'store.old']),
        );
        if (keepAs) expect(await at(keepAs), what).toBe(which === 'new' ? 'old' : undefined);
      }
    }
  });

  test.each(WAYS_TO_FAIL)('may be interrupted again while it is ended (%s)', async (way) => {
    for (const left of [
      ['store', 'store.ready'],
      ['store.ready', 'store.old'],
      ['store', 'store.old'],
    ]) {
      for (let step = 1; ; step++) {
        await start();
        for (const name of left) await put(name, name === 'store.ready' ? 'new' : 'old');
        const fail = failAt(fs, step, way);
        await Promise.allSettled([finishExchange(fs, folder)]);
        if (!fail.reached()) break;
        await finishExchange(nodeFileSystem, folder);
        const which = left.includes('store') ? 'old' : 'new';
        expect([await at('store'), await readdir(folder)], `${left} ${step}`).toEqual([which, ['store']]);
      }
    }
  });
});
