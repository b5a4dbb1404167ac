import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openKiosk } from '../../../src/kiosk/open-kiosk.ts';
import { photoFiles } from '../../../src/photos/photo-files.ts';
import { muster, serve } from '../../support/cli.ts';
import { expectOneLine } from '../../support/one-line.ts';
import { plainJpeg } from '../../support/pictures.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { until } from '../../support/until.ts';

const PIN = '482916';

/** A closed kiosk with a person, and an empty folder beside it. */
async function closedKiosk({ photo = false } = {}) {
  const folder = realpathSync(await tempFolder());
  const data = join(folder, 'data');
  const out = join(folder, 'out');
  mkdirSync(out);
  const kiosk = await openKiosk(data);
  await kiosk.dispatch('people.save', { gestureId: 'g', person: { name: '王建国' } }, { role: 'admin' });
  let photoId: string | undefined;
  if (photo) {
    writeFileSync(join(folder, 'a.jpg'), await plainJpeg(60, 40));
    await kiosk.importPhotos({ path: join(folder, 'a.jpg'), albumName: 'Evening' });
    [photoId] = [...kiosk.state.photos.keys()];
  }
  await kiosk.close();
  return { data, out, gate: kiosk.gate, photoId };
}

describe('muster backup', () => {
  test('says the size first, then what was written; the check of it says the same', async () => {
    const { data, out, gate } = await closedKiosk({ photo: true });
    const file = join(out, 'a.zip');
    const ended = await muster(['backup', file, '--data', data]);
    expect([ended.code, ended.stderr]).toEqual([
      0,
      expect.stringMatching(/^To back up: \d+ kB in \d+ files\.\n$/),
    ]);
    expect(ended.stdout).toMatch(
      /^The backup is written and checked: .*a\.zip, \d+ kB\. Inside: 1 people, 0 visits, 1 photos\.\n$/,
    );
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const checked = await muster(['verify', file]);
    expect(checked).toMatchObject({ code: 0, stderr: '' });
    expect(checked.stdout).toMatch(
      new RegExp(`^All is well: a backup of kiosk ${gate} from .*: 1 people, 0 visits, 1 photos\\.\\n$`),
    );
  });

  test('--without-photos leaves them out; --json is one object, and the kiosk remembers', async () => {
    const { data, out } = await closedKiosk({ photo: true });
    const file = join(out, 'a.zip');
    const ended = await muster(['backup', file, '--without-photos', '--json', '--data', data]);
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    expect(JSON.parse(ended.stdout)).toEqual({
      path: file,
      bytes: statSync(file).size,
      photos: false,
      lastSeq: 2,
      counts: { events: 2, people: 1, visits: 0, photos: 1 },
      problems: [],
    });
    const state = await muster(['call', 'upkeep.state', '--json', '--data', data]);
    expect(JSON.parse(state.stdout)).toMatchObject({ result: { lastBackup: { path: file, photos: false } } });
  });

  test('of a running kiosk from outside: into its places, with progress asked for', async () => {
    const { data, out } = await closedKiosk();
    const running = await serve(['--data', data], { MUSTER_PLACES: out });
    onTestFinished(() => void running.child.kill('SIGKILL'));
    await muster(['call', 'access.setPin', JSON.stringify({ pin: PIN }), '--url', running.address]);
    const at = ['--url', running.address, '--pin', PIN];
    const file = join(out, 'a.zip');
    const ended = await muster(['backup', file, ...at, '--json']);
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      path: file,
      bytes: statSync(file).size,
      photos: true,
      counts: { people: 1, visits: 0 },
    });
    expectOneLine(await muster(['backup', '/usr/a.zip', ...at, '--json']).then(asText), {
      code: 1,
      says: /none of this machine's places/,
    });
    expect((await muster(['backup', file, '--url', running.address])).stderr).toMatch(/role/);
  });
});

/** One line for a person in what `--json` printed. */
function asText(ended: { code: number | null; stdout: string; stderr: string }) {
  const { refusal } = JSON.parse(ended.stdout) as { refusal: { message: { en: string } } };
  return { ...ended, stdout: '', stderr: `${refusal.message.en}\n` };
}

describe('refused in one line', () => {
  test.each<[string, (at: { data: string; out: string }) => string[], RegExp]>([
    ['a file that is there', ({ data, out }) => [join(out, 'there.zip'), '--data', data], /is there already/],
    ['a folder that is not', ({ data, out }) => [join(out, 'no', 'a.zip'), '--data', data], /no such folder/],
    ['a folder without a kiosk', ({ out }) => [join(out, 'a.zip'), '--data', out], /no kiosk in/],
  ])('%s', async (_what, args, says) => {
    const at = await closedKiosk();
    writeFileSync(join(at.out, 'there.zip'), 'a letter');
    const ended = await muster(['backup', ...args(at)]);
    expectOneLine({ ...ended, stderr: ended.stderr.replace(/^To back up: .*\n/, '') }, { code: 1, says });
    expect(readdirSync(at.out)).toEqual(['there.zip']);
  });

  test('a folder that a kiosk has open', async () => {
    const { data, out } = await closedKiosk();
    const running = await serve(['--data', data]);
    onTestFinished(() => void running.child.kill('SIGKILL'));
    const ended = await muster(['backup', join(out, 'a.zip'), '--data', data]);
    expectOneLine(ended, { code: 1, says: /in use by another Muster/ });
    expect(readdirSync(out)).toEqual([]);
  });
});

test('Ctrl-C in the middle leaves nothing behind but a line that says so', async () => {
  const { data, out, photoId } = await closedKiosk({ photo: true });
  truncateSync(photoFiles(data).original(photoId!, 'jpg'), 1024 * 1024 * 1024);
  const main = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, 'backup', join(out, 'a.zip'), '--data', data], {
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  await until(() => readdirSync(out).length > 0);
  child.kill('SIGINT');
  const [code] = (await once(child, 'close')) as [number | null];
  expect([code, stderr]).toEqual([1, expect.stringMatching(/stopped before it was done\.\n$/)]);
  expect(readdirSync(out)).toEqual([]);
  expect((await muster(['verify', '--data', data])).stdout + stderr).not.toMatch(/torn/);
  expect(existsSync(join(data, 'store'))).toBe(true);
});
