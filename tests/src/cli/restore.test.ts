import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, realpathSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openKiosk } from '../../../src/kiosk/open-kiosk.ts';
import { restoreClosed } from '../../../src/kiosk/upkeep/restore.ts';
import { verifyKiosk } from '../../../src/kiosk/verify-kiosk.ts';
import { muster, serve } from '../../support/cli.ts';
import { expectOneLine } from '../../support/one-line.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { filesIn, untold } from '../kiosk/upkeep/kiosks.ts';

const PIN = '482916';

/** A closed kiosk with two people, and a backup from when there was one. */
async function kioskAndBackup({ photo = false } = {}) {
  const folder = realpathSync(await tempFolder());
  const [data, out] = [join(folder, 'data'), join(folder, 'out')];
  mkdirSync(out);
  const file = join(out, 'a.zip');
  const kiosk = await openKiosk(data);
  const save = (name: string) =>
    kiosk.dispatch('people.save', { gestureId: name, person: { name } }, { role: 'admin' });
  await save('王建国');
  if (photo) {
    writeFileSync(join(folder, 'a.jpg'), await noisyJpeg());
    await kiosk.importPhotos({ path: join(folder, 'a.jpg'), albumName: 'Evening' });
  }
  await (
    await kiosk.upkeep.backUp({ target: file, photos: true })
  ).result;
  await save('李明朗');
  await kiosk.close();
  return { folder, data, out, file, gate: kiosk.gate };
}

/** Some megabytes that no compression makes small. */
function noisyJpeg(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  const create = { width: 2400, height: 1800, channels: 3, background: '#000', noise } as const;
  return sharp({ create }).jpeg({ quality: 100 }).toBuffer();
}

async function peopleIn(data: string): Promise<number> {
  const counted = await muster(['verify', '--json', '--data', data]);
  return (JSON.parse(counted.stdout) as { people: number }).people;
}

describe('muster restore', () => {
  test('into the folder of a closed kiosk: says what is there now and where the old data are', async () => {
    const { data, file } = await kioskAndBackup();
    const ended = await muster(['restore', file, '--data', data]);
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    expect(ended.stdout).toMatch(
      /^The data of .* are restored: 1 people, 0 visits, 0 photos\. What was here before is kept in .*store\.\n$/,
    );
    expect(await peopleIn(data)).toBe(1);
  });

  test('into a folder that is not there yet; --json is one object', async () => {
    const { folder, file, gate } = await kioskAndBackup();
    const data = join(folder, 'sub', 'new');
    const ended = await muster(['restore', file, '--json', '--data', data]);
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    expect(JSON.parse(ended.stdout)).toEqual({
      restored: true,
      path: file,
      dataFolder: data,
      gate,
      madeAt: expect.any(String),
      counts: { events: 1, people: 1, visits: 0, photos: 0 },
      kept: null,
      message: { en: expect.any(String), zh: expect.any(String) },
      problems: [],
    });
    expect(await peopleIn(data)).toBe(1);
  });

  test('in a running kiosk from outside', async () => {
    const { data, out, file } = await kioskAndBackup();
    const running = await serve(['--data', data], { MUSTER_PLACES: out });
    onTestFinished(() => void running.child.kill('SIGKILL'));
    await muster(['call', 'access.setPin', JSON.stringify({ pin: PIN }), '--url', running.address]);
    const at = ['--url', running.address, '--pin', PIN];
    const ended = await muster(['restore', file, ...at]);
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    expect(ended.stdout).toMatch(/^The data of .* are restored: 1 people/);
    const verified = await muster(['verify', ...at]);
    expect([verified.code, verified.stdout]).toEqual([0, expect.stringMatching(/^All is well: .* 1 people/)]);
    expectOneLine(await muster(['restore', join(data, 'lock'), ...at]), { code: 1, says: /places/ });
    expect((await running.end('SIGTERM')).code).toBe(0);
    expect(await peopleIn(data)).toBe(1);
  });
});

describe('refused in one line that says what to do, and not a byte is changed', () => {
  test.each<[string, (file: string) => void, RegExp]>([
    ['a backup that is not there', (file) => rmSync(file), /cannot be read.*Please check the path/],
    ['half a backup', (file) => truncateSync(file, 300), /damaged.*Please take another backup/],
  ])('%s', async (_what, harm, says) => {
    const { folder, data, file } = await kioskAndBackup();
    harm(file);
    const before = filesIn(data);
    expectOneLine(await muster(['restore', file, '--data', data]), { code: 1, says });
    expect(filesIn(data)).toEqual(before);
    expectOneLine(await muster(['restore', file, '--data', join(folder, 'new')]), { code: 1, says });
    expect(existsSync(join(folder, 'new'))).toBe(false);
  });

  test("another kiosk's backup", async () => {
    const { data } = await kioskAndBackup();
    const { file } = await kioskAndBackup();
    const before = filesIn(data);
    const says = /backup of another kiosk.*muster restore FILE --data NEWFOLDER/;
    expectOneLine(await muster(['restore', file, '--data', data]), { code: 1, says });
    expect(filesIn(data)).toEqual(before);
  });

  test('a folder that a kiosk has open', async () => {
    const { data, file } = await kioskAndBackup();
    const running = await serve(['--data', data]);
    onTestFinished(() => void running.child.kill('SIGKILL'));
    const before = filesIn(join(data, 'store'));
    const says = /in use by another Muster.*Please close that one first/;
    expectOneLine(await muster(['restore', file, '--data', data]), { code: 1, says });
    expect(filesIn(join(data, 'store'))).toEqual(before);
  });

  test('a folder that a newer Muster has written', async () => {
    const { data, file } = await kioskAndBackup();
    const journal = join(data, 'store', 'journal-000000000001.jsonl');
    const text = Buffer.from(filesIn(data)[journal]!, 'base64').toString();
    writeFileSync(journal, text.replace('"version":1', '"version":2'));
    const before = filesIn(data);
    for (const args of [['restore', file], ['backup', `${file}.2`], ['verify']]) {
      const ended = await muster([...args, '--data', data]);
      expect(ended.code).toBe(1);
      if (args[0] !== 'verify') expectOneLine(ended, { code: 1, says: /newer version.*Please start that/ });
      expect(filesIn(data)).toEqual(before);
    }
  });
});

/** More of them by hand: MUSTER_KILLS=50. */
const rounds = Number(process.env.MUSTER_KILLS ?? 4);

test(
  'killed at any moment there is one whole kiosk, and a second try restores it',
  async () => {
    const { folder, data: template, file } = await kioskAndBackup({ photo: true });
    const main = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));
    const restore = (data: string) =>
      spawn(process.execPath, [main, 'restore', file, '--data', data], {
        env: { PATH: process.env.PATH, LANG: 'C.UTF-8' },
        stdio: 'ignore',
      });
    // Photos are missing, so that there is something to do for a while.
    rmSync(join(template, 'photos', 'originals'), { recursive: true });
    const first = join(folder, 'first');
    cpSync(template, first, { recursive: true });
    const begun = performance.now();
    const whole = restore(first);
    await once(whole, 'close');
    const takes = performance.now() - begun;

    const found = { old: 0, new: 0 };
    for (let round = 0; round < rounds; round++) {
      const data = join(folder, `round-${round}`);
      cpSync(template, data, { recursive: true });
      const child = restore(data);
      const ended = once(child, 'close');
      await Promise.race([later(takes * (0.4 + 0.6 * Math.random())), ended]);
      child.kill('SIGKILL');
      await ended;
      const kiosk = await openKiosk(data);
      expect(kiosk.report).toEqual([]);
      const people = kiosk.state.people.size;
      expect([1, 2]).toContain(people);
      found[people === 1 ? 'new' : 'old']++;
      await kiosk.close();
      await restoreClosed(data, file, untold());
      expect(await verifyKiosk(data)).toMatchObject({ ok: true, people: 1, photos: 1 });
      rmSync(data, { recursive: true });
    }
    expect(found.old + found.new).toBe(rounds);
    if (process.env.MUSTER_KILLS) console.log(found);
  },
  60_000 + rounds * 10_000,
);
