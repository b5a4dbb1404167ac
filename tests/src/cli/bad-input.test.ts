import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createWeb } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { muster, serve } from '../../support/cli.ts';
import { expectOneLine } from '../../support/one-line.ts';
import { tempFolder } from '../../support/temp-folder.ts';

describe('data folders that cannot be used are left alone', () => {
  test('a file', async () => {
    const file = join(await tempFolder(), 'file');
    writeFileSync(file, 'a letter');
    const ended = await muster(['call', 'system.health', '--data', file]);
    expectOneLine(ended, { code: 1, says: /data folder .*cannot be used/ });
    expect(readFileSync(file, 'utf8')).toBe('a letter');
  });

  test('a folder below a file', async () => {
    const file = join(await tempFolder(), 'file');
    writeFileSync(file, 'a letter');
    const ended = await muster(['serve', '--port', '0', '--data', join(file, 'data')]);
    expectOneLine(ended, { code: 1, says: /cannot be used \(ENOTDIR\)/ });
  });

  test.each([
    ['serve', ['serve', '--port', '0']],
    ['import photos', ['import', 'photos', '/tmp', '--album', 'a']],
  ])('photos without a store: %s', async (_what, args) => {
    const folder = await tempFolder();
    mkdirSync(join(folder, 'photos'));
    expectOneLine(await muster([...args, '--data', folder]), { code: 1, says: /photos but no store/ });
    expect(existsSync(join(folder, 'store'))).toBe(false);
  });

  test('a folder that another kiosk is using: a second serve, a call, an import, a check', async () => {
    const data = await tempFolder();
    const serving = await serve(['--data', data]);
    onTestFinished(() => void serving.child.kill('SIGKILL'));
    const commands = [
      ['serve', '--port', '0'],
      ['call', 'system.health'],
      ['import', 'photos', data, '--album', 'a'],
      ['verify'],
    ];
    for (const args of commands) {
      const ended = await muster([...args, '--data', data]);
      expectOneLine(ended, { code: 1, says: /in use by another Muster/ });
    }
    expect((await fetch(`${serving.address}/none`)).status).toBe(404);
  });

  test.each([
    ['verify on a folder without a kiosk', (folder: string) => folder],
    ['verify on a folder that is not there', (folder: string) => join(folder, 'none')],
  ])('%s creates nothing', async (_what, at) => {
    const folder = at(await tempFolder());
    expectOneLine(await muster(['verify', '--data', folder]), { code: 1, says: /no kiosk in/ });
    expect(existsSync(join(folder, 'store'))).toBe(false);
  });
});

describe('what is missing, taken or unknown is one line and exit code 1', () => {
  test('a port that another program has; the folder is free again', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const port = String((other.address() as AddressInfo).port);
    const data = await tempFolder();
    expectOneLine(await muster(['serve', '--port', port, '--data', data]), { code: 1, says: /Port \d+/ });
    expect((await muster(['call', 'system.health', '--data', data])).code).toBe(0);
  });

  test.each(['people.destroy', '__proto__'])('the unknown operation %s', async (operation) => {
    const data = await tempFolder();
    const ended = await muster(['call', operation, '--data', data]);
    expectOneLine(ended, { code: 1, says: /^operation-unknown: There is no operation/ });
  });

  test('input that does not fit the operation', async () => {
    const data = await tempFolder();
    const ended = await muster(['call', 'people.find', '{"query":5,"more":1}', '--data', data]);
    expectOneLine(ended, { code: 1, says: /^input-invalid: / });
  });

  test('an address where nobody listens', async () => {
    const url = 'http://127.0.0.1:9';
    const ended = await muster(['call', 'system.health', '--url', url]);
    expectOneLine(ended, { code: 1, says: /No kiosk answers at/ });
  });

  test('a page that is no kiosk behind the address', async () => {
    const web = createWeb((_request, response) => response.end('<h1>hello</h1>'));
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void web.close());
    const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
    expectOneLine(await muster(['call', 'system.health', '--url', url]), {
      code: 1,
      says: /No kiosk answers/,
    });
  });

  test('staff work over the address, where a screen may not', async () => {
    const serving = await serve(['--data', await tempFolder()]);
    onTestFinished(() => void serving.child.kill('SIGKILL'));
    const ended = await muster(['call', 'sample.remove', '{"gestureId":"g"}', '--url', serving.address]);
    expectOneLine(ended, { code: 1, says: /role "admin"/ });
  });

  test('an import of photos from a path that is not there', async () => {
    const folder = await tempFolder();
    const args = ['import', 'photos', join(folder, 'none'), '--album', 'a', '--data', join(folder, 'data')];
    expectOneLine(await muster(args), { code: 1, says: /none cannot be read \(ENOENT\)/ });
  });

  test.each([
    ['that is not there', 'none.csv'],
    ['that is a folder', ''],
  ])('an import of people from a file %s', async (_what, name) => {
    const folder = await tempFolder();
    const args = ['import', 'people', join(folder, name), '--data', join(folder, 'data')];
    expectOneLine(await muster(args), { code: 1, says: /muster-test-/ });
  });

  test('a photo library that cannot be written', async () => {
    const folder = await tempFolder();
    const data = join(folder, 'data');
    await muster(['call', 'system.health', '--data', data]);
    writeFileSync(join(data, 'photos'), 'a file where a folder belongs');
    writeFileSync(join(folder, 'a.jpg'), 'text');
    const args = ['import', 'photos', join(folder, 'a.jpg'), '--album', 'a', '--data', data];
    expectOneLine(await muster(args), { code: 1, says: /photos/ });
  });

  test('a removal of a sample that is not here', async () => {
    const ended = await muster(['sample', 'remove', '--data', await tempFolder()]);
    expectOneLine(ended, { code: 1, says: /no sample to remove/ });
  });
});

describe('--json', () => {
  test.each<[string, string[], number]>([
    ['a result', ['call', 'system.health'], 0],
    ['a refusal', ['sample', 'remove'], 1],
    ['a problem', ['import', 'photos', '/no/such/path', '--album', 'a'], 1],
    ['a disk error', ['import', 'people', '/no/such/file.csv'], 1],
    ['an unknown activity', ['export', 'gone', '--format', 'csv', '--out', '/tmp/muster-never'], 1],
  ])('%s is exactly one object and nothing beside it', async (_what, args, code) => {
    const ended = await muster([...args, '--json', '--data', await tempFolder()]);
    expect([ended.code, ended.stderr]).toEqual([code, '']);
    expect(ended.stdout).toMatch(/^\{.*\}\n$/);
    const printed = JSON.parse(ended.stdout) as Record<string, unknown>;
    if (code === 1) {
      expect(printed).toMatchObject({
        ok: false,
        refusal: {
          code: expect.stringMatching(/\S/),
          message: { en: expect.any(String), zh: expect.any(String) },
        },
      });
    }
  });
});
