import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { muster, serve } from '../../support/cli.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('somebody is erased by the staff number, never by a name, and stays erased in a backup that is restored', async () => {
  const folder = await tempFolder();
  const at = ['--data', join(folder, 'data')];
  for (const [name, staffNo] of [
    ['赵无忌', 'S-1'],
    ['钱多多', 'S-2'],
  ]) {
    const input = JSON.stringify({ person: { name, staffNo } });
    expect((await muster(['call', 'people.save', input, ...at])).code).toBe(0);
  }
  const backup = join(folder, 'usb.zip');
  expect((await muster(['backup', backup, ...at])).code).toBe(0);
  const away = join(folder, 'away.zip');
  expect((await muster(['backup', away, ...at])).code).toBe(0);
  const before = await readFile(away);

  const byName = await muster(['erase', '赵无忌', ...at]);
  expect([byName.code, byName.stderr]).toEqual([1, expect.stringContaining('staff number')]);
  const unknown = await muster(['erase', 'S-2', 'S-3', '--yes', ...at, '--json']);
  expect([unknown.code, JSON.parse(unknown.stdout)]).toMatchObject([
    1,
    { refusal: { code: 'person-unknown' } },
  ]);

  const asked = await muster(['erase', 'S-1', ...at]);
  expect([asked.code, asked.stderr]).toEqual([1, expect.stringMatching(/赵无忌.*--yes/)]);

  const erased = await muster(['erase', 'S-1', '--yes', ...at, '--json']);
  expect([erased.code, JSON.parse(erased.stdout)]).toMatchObject([
    0,
    { erased: [expect.any(String)], problems: [] },
  ]);
  const journal = () => readFile(join(folder, 'data', 'store', 'journal-000000000001.jsonl'), 'utf8');
  expect(await journal()).toContain('钱多多');
  expect(await journal()).not.toMatch(/赵无忌|S-1/);

  await writeFile(away, before);
  expect((await muster(['restore', away, ...at])).code).toBe(0);
  const { stdout } = await muster(['call', 'people.list', '{}', ...at]);
  expect((JSON.parse(stdout) as { people: { name: string }[] }).people.map(({ name }) => name)).toEqual([
    '钱多多',
  ]);
  const verified = await muster(['verify', ...at]);
  expect([verified.code, verified.stderr]).toEqual([0, '']);
});

test('beside a kiosk that runs nobody is erased, and the words say how it is reached', async () => {
  const data = join(await tempFolder(), 'data');
  const serving = await serve(['--data', data]);
  onTestFinished(() => serving.end('SIGTERM').then(() => undefined));
  const { code, stderr } = await muster(['erase', 'S-1', '--yes', '--data', data]);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/--url/)]);
});
