import { randomUUID } from 'node:crypto';
import { appendFileSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { photoFiles } from '../../../../src/photos/photo-files.ts';
import { until } from '../../../support/until.ts';
import { failing, WatchedFileSystem } from '../../../support/watched-file-system.ts';
import { filesIn, openUpkeepKiosk, type UpkeepKiosk } from './kiosks.ts';

async function verifyIn({ asStaff, over }: UpkeepKiosk) {
  const { workId } = await asStaff('upkeep.verify', {});
  return over(workId);
}

describe('a check of an open kiosk', () => {
  test('finds nothing wrong with a good one, counts, and leaves it as it is', async () => {
    const opened = await openUpkeepKiosk({ photos: 2 });
    const before = filesIn(join(opened.dataFolder, 'photos'));
    const work = await verifyIn(opened);
    expect(work).toMatchObject({ kind: 'verify', state: 'done', problems: [], path: null });
    expect(work.words!.en).toMatch(/^All is well: \d+ events, 0 snapshots, 4 people, 1 visits, 2 photos\.$/);
    expect(work.total).toBeGreaterThan(0);
    expect(work.done).toBe(work.total);
    expect(filesIn(join(opened.dataFolder, 'photos'))).toEqual(before);
    // What is checked may not be dropped by a snapshot meanwhile, and nothing keeps the next one from being made.
    await opened.signIn(opened.evening.li);
    expect(await verifyIn(opened)).toMatchObject({ problems: [] });
  });

  test('finds nothing wrong while people sign in', async () => {
    const opened = await openUpkeepKiosk();
    let running = true;
    const saving = (async () => {
      for (let n = 0; running; n++) {
        const text = { en: `Slogan ${n}`, zh: '标语'.repeat(50) };
        await opened.asStaff('slogans.save', { gestureId: randomUUID(), slogan: { text } });
      }
    })();
    for (let round = 0; round < 10; round++) expect(await verifyIn(opened)).toMatchObject({ problems: [] });
    running = false;
    await saving;
  });

  test('takes no record that is being written for a broken one', async () => {
    const fs = new WatchedFileSystem();
    const opened = await openUpkeepKiosk({ fs });
    let written = '';
    fs.before = async (call) => {
      if (!call.startsWith('read journal') || written !== '') return;
      written = await lastJournal(opened.dataFolder);
      appendFileSync(written, '{"crc":"0000');
    };
    expect(await verifyIn(opened)).toMatchObject({ state: 'done', problems: [] });
    truncateSync(written, statSync(written).size - '{"crc":"0000'.length);
  });

  test.each<[string, (opened: UpkeepKiosk, photoId: string) => void, RegExp]>([
    [
      'an original that was edited',
      ({ dataFolder }, photoId) => writeFileSync(photoFiles(dataFolder).original(photoId, 'jpg'), 'x'),
      /original has changed/,
    ],
    [
      'a rendition that is gone',
      ({ dataFolder }, photoId) => rmSync(photoFiles(dataFolder).rendition(photoId, 480)),
      /480 pixels is missing/,
    ],
    ['a byte of the journal', ({ dataFolder }) => flipName(dataFolder), /does not check/],
  ])('sees %s', async (_what, harm, says) => {
    const opened = await openUpkeepKiosk({ photos: 1 });
    harm(opened, [...opened.kiosk.state.photos.keys()][0]!);
    const work = await verifyIn(opened);
    expect(work.state).toBe('done');
    expect(work.words!.en).toMatch(/^Something is wrong/);
    expect(work.problems).toEqual([
      { en: expect.stringMatching(says) as string, zh: expect.stringMatching(/\p{Script=Han}/u) as string },
    ]);
  });

  test('is stopped between two photos', async () => {
    const opened = await openUpkeepKiosk({ photos: 3 });
    const { asStaff, over, dataFolder, kiosk } = opened;
    for (const photoId of kiosk.state.photos.keys())
      truncateSync(photoFiles(dataFolder).original(photoId, 'jpg'), 60 * 1024 * 1024);
    const { workId } = await asStaff('upkeep.verify', {});
    await until(async () => ((await asStaff('upkeep.state', {})).current?.done ?? 0) > 0);
    await asStaff('upkeep.cancel', { workId });
    expect(await over(workId)).toMatchObject({ state: 'cancelled' });
  });

  test('looks at a kiosk that takes nothing, too', async () => {
    const fs = new WatchedFileSystem();
    const opened = await openUpkeepKiosk({ fs, onFault: () => undefined });
    fs.before = failing('datasync journal', 2);
    await expect(opened.signIn(opened.evening.li)).rejects.toThrow(/disk failed/);
    expect(await verifyIn(opened)).toMatchObject({ state: 'done', problems: [] });
  });
});

/** The journal file that is written to. */
async function lastJournal(dataFolder: string): Promise<string> {
  const names = await readdir(join(dataFolder, 'store'));
  const name = names
    .filter((one) => one.startsWith('journal-'))
    .sort()
    .at(-1)!;
  return join(dataFolder, 'store', name);
}

/** Changes a name in the middle of the first journal file. */
function flipName(dataFolder: string): void {
  const path = join(dataFolder, 'store', 'journal-000000000001.jsonl');
  const bytes = readFileSync(path);
  bytes[bytes.indexOf('王建国')] = 0x21;
  writeFileSync(path, bytes);
}
