import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findDataFolder, prepareDataFolder, requireDataFolder } from '../../../src/kiosk/data-folder.ts';
import { tempFolder } from '../../support/temp-folder.ts';

describe('every host and the command line find the same folder', () => {
  test('--data comes first, then MUSTER_DATA, then the folder for user data', () => {
    const env = { MUSTER_DATA: '/from/env', XDG_CONFIG_HOME: '/config', APPDATA: '/appdata' };
    expect(findDataFolder('/given', env)).toBe(resolve('/given'));
    expect(findDataFolder(undefined, env)).toBe(resolve('/from/env'));
  });

  test.runIf(process.platform === 'linux')('on Linux it is the one that Electron calls userData', () => {
    expect(findDataFolder(undefined, { XDG_CONFIG_HOME: '/config' })).toBe('/config/muster');
    expect(findDataFolder(undefined, {})).toBe(join(homedir(), '.config', 'muster'));
  });

  test('a variable that is set to nothing is not set', () => {
    const env = { MUSTER_DATA: '', XDG_CONFIG_HOME: '/config', APPDATA: '/config' };
    expect(findDataFolder(undefined, env)).toBe(
      findDataFolder(undefined, { ...env, MUSTER_DATA: undefined }),
    );
  });

  test('a relative folder is taken from where the command was given', () => {
    expect(findDataFolder('data', {})).toBe(resolve('data'));
  });
});

describe('a folder is only used when it can be a kiosk', () => {
  test('a missing one is made, with its parents, for its owner only', async () => {
    const folder = join(await tempFolder(), 'a', 'b');
    prepareDataFolder(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test.each([
    ['an empty folder', []],
    ['a store', ['store']],
    ['a store with photos', ['store', 'photos']],
    ['other things', ['letters']],
  ])('%s is accepted', async (_what, names) => {
    const folder = await tempFolder();
    for (const name of names) mkdirSync(join(folder, name));
    prepareDataFolder(folder);
    expect(readdirSync(folder).sort()).toEqual([...names].sort());
  });

  test('photos without a store are half a kiosk: refused, untouched', async () => {
    const folder = await tempFolder();
    mkdirSync(join(folder, 'photos'));
    expect(() => prepareDataFolder(folder)).toThrow(
      expect.objectContaining({ code: 'photos-without-store' }),
    );
    expect(readdirSync(folder)).toEqual(['photos']);
  });

  test('a file, or a folder below one, is refused with the reason', async () => {
    const file = join(await tempFolder(), 'file');
    writeFileSync(file, '');
    for (const folder of [file, join(file, 'below')]) {
      expect(() => prepareDataFolder(folder)).toThrow(
        expect.objectContaining({
          code: 'data-folder-unreadable',
          words: { en: expect.stringContaining(folder), zh: expect.stringContaining(folder) },
        }),
      );
    }
  });

  test('looking at a kiosk that is not there makes none', async () => {
    const folder = join(await tempFolder(), 'none');
    expect(() => requireDataFolder(folder)).toThrow(expect.objectContaining({ code: 'data-folder-missing' }));
    expect(existsSync(folder)).toBe(false);
  });
});
