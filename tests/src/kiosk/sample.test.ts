import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openKiosk } from '../../../src/kiosk/open-kiosk.ts';
import { SAMPLE } from '../../../src/sample/volunteer-evening.ts';
import { plainJpeg } from '../../support/pictures.ts';
import { openTestKiosk } from '../../support/served-kiosk.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const ACTIVITY = 'sample-volunteer-evening';

test('the sample comes once: an evening that is open now, people, slogans and photos that can be seen', async () => {
  const { kiosk, asStaff } = await openTestKiosk();
  expect(await kiosk.addSample()).toBe(true);
  expect(await kiosk.addSample()).toBe(false);
  const view = await asStaff('wall.view', {});
  expect(view.activities).toMatchObject([{ activityId: ACTIVITY, open: true, sample: true }]);
  expect([view.photos.length, view.slogans.length]).toEqual([15, 3]);
  for (const { photoId } of view.photos)
    expect(existsSync((await kiosk.web.findRendition(photoId, 1920, null))!)).toBe(true);
  expect((await asStaff('people.find', { query: '' })).total).toBe(18);
});

test('removed, it takes its sign-ins along and leaves what is ours', async () => {
  const { kiosk, dataFolder, asStaff } = await openTestKiosk();
  await kiosk.addSample();
  const path = join(await tempFolder(), 'ours.jpg');
  writeFileSync(path, await plainJpeg(60, 40));
  await kiosk.importPhotos({ path, albumName: 'Ours' });
  await asStaff('people.save', { gestureId: randomUUID(), person: { name: '新人' } });
  const personId = 'sample-chen-wei';
  await asStaff('attendance.signIn', { gestureId: randomUUID(), activityId: ACTIVITY, personId });

  await asStaff('sample.remove', { gestureId: randomUUID() });
  expect((await asStaff('activities.list', {})).activities).toEqual([]);
  expect((await asStaff('people.find', { query: '' })).people.map(({ name }) => name)).toEqual(['新人']);
  const { photos } = await asStaff('photos.list', {});
  expect(photos).toHaveLength(1);
  expect(existsSync((await kiosk.web.findRendition(photos[0]!.photoId, 480, null))!)).toBe(true);
  const files = readdirSync(join(dataFolder, 'photos'), { recursive: true, withFileTypes: true });
  expect(files.filter((entry) => entry.isFile())).toHaveLength(3);
});

test('a sample person who came to a real activity stays on its sheet', async () => {
  const { kiosk, asStaff } = await openTestKiosk();
  await kiosk.addSample();
  const { activityId } = await asStaff('activities.save', {
    gestureId: randomUUID(),
    activity: {
      title: { en: 'Drill', zh: '演练' },
      place: { en: 'Hall', zh: '大厅' },
      schedule: { kind: 'daily', start: '08:00', end: '20:00' },
      posts: [],
    },
  });
  const personId = 'sample-chen-wei';
  await asStaff('attendance.signIn', { gestureId: randomUUID(), activityId, personId });
  await asStaff('sample.remove', { gestureId: randomUUID() });
  const { rows } = await asStaff('attendance.sheet', { activityId });
  expect(rows.map(({ name }) => name)).toEqual(['陈伟']);
});

test('a photo file that cannot be removed is reported, and the removal is no failure', async () => {
  const dataFolder = join(await tempFolder(), 'data');
  const faults: unknown[] = [];
  const kiosk = await openKiosk(dataFolder, { onFault: (error) => faults.push(error) });
  onTestFinished(() => kiosk.close());
  await kiosk.addSample();
  const stuck = (await kiosk.web.findRendition([...kiosk.state.photos.keys()][0]!, 480, null))!;
  rmSync(stuck);
  mkdirSync(join(stuck, 'in the way'), { recursive: true });
  const answer = await kiosk.dispatch('sample.remove', { gestureId: 'remove' }, { role: 'admin' });
  expect([answer.ok, faults]).toEqual([true, [expect.any(Error)]]);
  const files = readdirSync(join(dataFolder, 'photos', 'originals'), {
    recursive: true,
    withFileTypes: true,
  });
  expect(files.filter((entry) => entry.isFile())).toEqual([]);
});

test('after a restart it stays removed', async () => {
  const dataFolder = join(await tempFolder(), 'data');
  const first = await openKiosk(dataFolder);
  await first.addSample();
  await first.dispatch('sample.remove', { gestureId: 'remove' }, { role: 'admin' });
  await first.close();
  const second = await openKiosk(dataFolder);
  expect(await second.addSample()).toBe(false);
  expect([second.state.people.size, second.state.photos.size]).toEqual([0, 0]);
  await second.close();
});

test('invented people never stand among real ones at the gate of a real activity', async () => {
  const { kiosk, asStaff } = await openTestKiosk();
  await kiosk.addSample();
  const { personId } = await asStaff('people.save', {
    gestureId: randomUUID(),
    person: { name: '王建国', staffNo: '1001' },
  });
  const { activityId } = await asStaff('activities.save', {
    gestureId: randomUUID(),
    activity: {
      title: { en: 'Ours', zh: '我们的' },
      place: { en: 'Hall', zh: '大厅' },
      schedule: { kind: 'daily', start: '18:00', end: '20:00' },
      posts: [{ name: { en: 'Gate', zh: '大门' }, wanted: 1, leaderId: 'sample-chen-wei' }],
    },
  });
  const found = async (activity: string) =>
    (await asStaff('people.find', { query: '', activityId: activity })).people.map((one) => one.personId);
  expect((await found(activityId)).sort()).toEqual([personId, 'sample-chen-wei'].sort());
  const chen = SAMPLE.people.find((one) => one.personId === 'sample-chen-wei')!;
  expect(await asStaff('people.filters', { activityId })).toEqual({
    teams: [chen.team],
    categories: [chen.categoryId],
  });
  expect((await asStaff('people.filters', { activityId: ACTIVITY })).teams.length).toBeGreaterThan(1);
  expect(await found(ACTIVITY)).toHaveLength(19);
  await asStaff('people.remove', { gestureId: randomUUID(), personIds: [chen.personId] });
  expect(await asStaff('people.filters', { activityId })).toEqual({ teams: [], categories: [] });
});
