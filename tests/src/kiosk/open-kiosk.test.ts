import { randomUUID } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Problem } from '../../../src/domain/problem.ts';
import { openKiosk } from '../../../src/kiosk/open-kiosk.ts';
import { verifyKiosk } from '../../../src/kiosk/verify-kiosk.ts';
import { kioskClock } from '../../support/kiosk-clock.ts';
import { plainJpeg } from '../../support/pictures.ts';
import { openTestKiosk, prepareEvening } from '../../support/served-kiosk.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const SCREEN = { role: 'screen' } as const;

describe('one folder, one kiosk', () => {
  test('a second one is refused, and a third may once the first is closed', async () => {
    const folder = await tempFolder();
    const first = await openKiosk(folder);
    await expect(openKiosk(folder)).rejects.toMatchObject({ code: 'store-in-use' });
    await first.close();
    const third = await openKiosk(folder);
    expect(third.gate).toBe(first.gate);
    await third.close();
  });

  test('two who close it, the window and the system, close it once', async () => {
    const folder = await tempFolder();
    const kiosk = await openKiosk(folder);
    await Promise.all([kiosk.close(), kiosk.close()]);
    await kiosk.close();
    await (await openKiosk(folder)).close();
  });

  test('a folder that was refused is not kept locked', async () => {
    const folder = await tempFolder();
    mkdirSync(join(folder, 'photos'));
    await expect(openKiosk(folder)).rejects.toMatchObject({ code: 'photos-without-store' });
    rmSync(join(folder, 'photos'), { recursive: true });
    await (await openKiosk(folder)).close();
  });
});

describe('photos whose store is lost are not taken for a new kiosk', () => {
  const JOURNAL = 'journal-000000000001.jsonl';

  test.each<[string, (store: string) => void]>([
    ['the store is empty', (store) => rmSync(join(store, JOURNAL))],
    ['the journal is empty', (store) => truncateSync(join(store, JOURNAL), 0)],
    ['the journal ends in its first line', (store) => truncateSync(join(store, JOURNAL), 20)],
  ])('%s: refused, and left as it is', async (_what, lose) => {
    const { folder } = await folderWithPhoto();
    const store = join(folder, 'store');
    lose(store);
    const before = contentsOf(store);
    for (const open of [openKiosk, verifyKiosk]) {
      // A check may name the broken file first; neither begins a new store.
      const found = await open(folder).catch((error: unknown) => error);
      const refused = found instanceof Problem && found.code === 'photos-without-store';
      expect(refused || (found as { ok?: boolean }).ok === false).toBe(true);
      expect(contentsOf(store)).toEqual(before);
    }
    await expect(openKiosk(folder)).rejects.toMatchObject({ code: 'photos-without-store' });
  });

  test('a journal that holds nothing legible any more is damage, and left as it is', async () => {
    const { folder } = await folderWithPhoto();
    const store = join(folder, 'store');
    writeFileSync(join(store, JOURNAL), Buffer.alloc(4096));
    const before = contentsOf(store);
    const kiosk = await openKiosk(folder);
    expect(await kiosk.dispatch('system.health', {}, SCREEN)).toMatchObject({
      result: { status: 'cannot-save', trouble: { code: 'store-damaged' } },
    });
    await kiosk.close();
    expect(contentsOf(store)).toEqual(before);
  });

  test('an import that was cut off before the first photo is no lost store', async () => {
    const folder = await tempFolder();
    mkdirSync(join(folder, 'store'));
    mkdirSync(join(folder, 'photos', 'originals'), { recursive: true });
    await (await openKiosk(folder)).close();
  });
});

describe('the name finder follows the roster', () => {
  test('somebody added, renamed or gone is found as they are now', async () => {
    const { kiosk, asStaff } = await openTestKiosk();
    const names = async (query: string) =>
      (await asStaff('people.find', { query })).people.map(({ name }) => name);
    expect(await names('')).toEqual([]);
    const person = { name: '王建国', staffNo: '1003' };
    const { personId } = await asStaff('people.save', { gestureId: randomUUID(), person });
    expect(await names('wjg')).toEqual(['王建国']);
    await asStaff('people.save', {
      gestureId: randomUUID(),
      person: { ...person, personId, name: '李明朗' },
    });
    expect([await names('wjg'), await names('lml')]).toEqual([[], ['李明朗']]);
    await kiosk.addSample();
    expect(await names('cw')).toContain('陈伟');
    await asStaff('sample.remove', { gestureId: randomUUID() });
    expect(await names('cw')).toEqual([]);
  });
});

describe('undo', () => {
  test('is for everybody during 30 seconds and for staff afterwards', async () => {
    const opened = await openTestKiosk();
    const { kiosk, clock } = opened;
    const { activityId, wang, li } = await prepareEvening(opened);
    const signIn = async (personId: string) => {
      const input = { gestureId: randomUUID(), activityId, personId };
      const answer = await kiosk.dispatch('attendance.signIn', input, SCREEN);
      return (answer as unknown as { result: { visitId: string } }).result.visitId;
    };
    const undo = (visitId: string, role: 'screen' | 'editor') =>
      kiosk.dispatch('attendance.undo', { gestureId: randomUUID(), visitId }, { role });
    const [early, late] = [await signIn(wang), await signIn(li)];
    clock.forward(30);
    expect(await undo(early, 'screen')).toMatchObject({ ok: true });
    clock.forward(1);
    expect(await undo(late, 'screen')).toMatchObject({ ok: false, refusal: { code: 'undo-too-late' } });
    expect(await undo(late, 'editor')).toMatchObject({ ok: true });
    expect(await undo(late, 'editor')).toMatchObject({ ok: false, refusal: { code: 'visit-undone' } });
  });
});

describe('photos that may be seen', () => {
  test('only by id, only in the sizes there are, only while shown', async () => {
    const { kiosk, asStaff } = await openTestKiosk();
    const path = join(await tempFolder(), 'a.jpg');
    writeFileSync(path, await plainJpeg(60, 40));
    await kiosk.importPhotos({ path, albumName: 'Evening' });
    const photoId = [...kiosk.state.photos.keys()][0]!;
    expect(await kiosk.web.findRendition(photoId, 480, null)).toContain(`${photoId}-480.jpg`);
    for (const edge of [0, 479, 481, 1921, Number.NaN])
      expect(await kiosk.web.findRendition(photoId, edge, null)).toBeUndefined();
    expect(await kiosk.web.findRendition('../../etc/passwd', 480, null)).toBeUndefined();
    expect(await kiosk.web.findRendition('__proto__', 480, null)).toBeUndefined();
    await asStaff('photos.hide', { gestureId: randomUUID(), photoId, hidden: true });
    expect(await kiosk.web.findRendition(photoId, 480, null)).toBeUndefined();
  });

  test('an import tells how far it is, file by file', async () => {
    const { kiosk } = await openTestKiosk();
    const path = await tempFolder();
    writeFileSync(join(path, 'a.jpg'), await plainJpeg(60, 40));
    writeFileSync(join(path, 'b.jpg'), 'no photo');
    const seen: [number, string][] = [];
    await kiosk.importPhotos({ path, albumName: 'E', onFile: (done, file) => seen.push([done, file]) });
    expect(seen).toEqual([
      [1, join(path, 'a.jpg')],
      [2, join(path, 'b.jpg')],
    ]);
  });
});

describe('listeners', () => {
  test('one that is gone is not called; the others are, in order', async () => {
    const { kiosk, asStaff } = await openTestKiosk();
    const heard: [string, number][] = [];
    const gone: string[] = [];
    const stop = kiosk.subscribe((topic) => gone.push(topic));
    kiosk.subscribe((topic, seq) => heard.push([topic, seq]));
    stop();
    await asStaff('people.save', { gestureId: randomUUID(), person: { name: '王' } });
    await asStaff('settings.save', { gestureId: randomUUID(), settings: { theme: 'calm' } });
    expect([heard, gone]).toEqual([
      [
        ['people', 1],
        ['settings', 2],
      ],
      [],
    ]);
  });
});

describe('verify', () => {
  test('finds nothing wrong with a good folder and changes nothing', async () => {
    const { folder } = await folderWithPhoto();
    const before = readdirSync(join(folder, 'store'));
    expect(await verifyKiosk(folder)).toMatchObject({ ok: true, events: 1, photos: 1, problems: [] });
    expect(readdirSync(join(folder, 'store'))).toEqual(before);
  });

  test.each([
    [
      'an original that was edited',
      ({ original }: { original: string }) => writeFileSync(original, 'x'),
      /changed/,
    ],
    [
      'an original that is gone',
      ({ original }: { original: string }) => rmSync(original),
      /original is missing/,
    ],
    ['a rendition that is gone', ({ rendition }: { rendition: string }) => rmSync(rendition), /480 pixels/],
  ])('sees %s', async (_what, harm, says) => {
    const files = await folderWithPhoto();
    harm(files);
    const found = await verifyKiosk(files.folder);
    expect(found.ok).toBe(false);
    expect(found.problems).toEqual([
      { en: expect.stringMatching(says), zh: expect.stringMatching(/^照片 /) },
    ]);
  });

  test('counts nothing that a broken store does not let it know, and repairs nothing', async () => {
    const { folder } = await folderWithPhoto();
    const store = join(folder, 'store');
    appendFileSync(join(store, 'journal-000000000001.jsonl'), '{"crc":"0000');
    const before = contentsOf(store);
    const found = await verifyKiosk(folder);
    expect(found).toEqual({ ok: false, events: 1, snapshots: 0, problems: [expect.anything()] });
    expect(contentsOf(store)).toEqual(before);
  });

  test('of a store that was never begun begins none', async () => {
    const folder = await tempFolder();
    mkdirSync(join(folder, 'store'));
    expect(await verifyKiosk(folder)).toMatchObject({ ok: true, events: 0, people: 0 });
    expect(readdirSync(join(folder, 'store'))).toEqual([]);
  });

  test('does not look at a store while a kiosk writes to it', async () => {
    const { folder } = await folderWithPhoto();
    const kiosk = await openKiosk(folder);
    // Half a record, as it stands on disk in the middle of a write.
    appendFileSync(join(folder, 'store', 'journal-000000000001.jsonl'), '{"crc":"0000');
    await expect(verifyKiosk(folder)).rejects.toMatchObject({ code: 'store-in-use' });
    await kiosk.close();
  });
});

/** A closed kiosk with one photo. */
async function folderWithPhoto() {
  const folder = await tempFolder();
  const kiosk = await openKiosk(folder);
  const path = join(await tempFolder(), 'a.jpg');
  writeFileSync(path, await plainJpeg(60, 40));
  await kiosk.importPhotos({ path, albumName: 'E' });
  const photoId = [...kiosk.state.photos.keys()][0]!;
  const rendition = (await kiosk.web.findRendition(photoId, 480, null))!;
  const original = join(folder, 'photos', 'originals', photoId.slice(0, 2), `${photoId}.jpg`);
  await kiosk.close();
  return { folder, rendition, original };
}

function contentsOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

test('a handler that breaks is reported once and answered without its inner words', async () => {
  const faults: unknown[] = [];
  const folder = await tempFolder();
  let broken = false;
  const clock = {
    ...kioskClock(),
    now: () => {
      if (broken) throw new Error('inner words');
      return kioskClock().now();
    },
  };
  const kiosk = await openKiosk(folder, { clock, onFault: (error) => faults.push(error) });
  onTestFinished(() => kiosk.close());
  broken = true;
  const answer = await kiosk.dispatch('wall.view', {}, SCREEN);
  expect(answer).toMatchObject({ ok: false, kind: 'fault', refusal: { code: 'fault' } });
  expect(JSON.stringify(answer)).not.toContain('inner words');
  expect(faults).toHaveLength(1);
});
