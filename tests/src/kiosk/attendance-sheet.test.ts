import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openTestKiosk, prepareEvening, type TestKiosk } from '../../support/served-kiosk.ts';

const gestureId = () => randomUUID();

/** An evening that two came to, one of whom was declared void. */
async function eveningWithVoid() {
  const opened = await openTestKiosk();
  const evening = await prepareEvening(opened);
  const { activityId } = evening;
  const signIn = (personId: string, postId?: string) =>
    opened.asStaff('attendance.signIn', {
      gestureId: gestureId(),
      activityId,
      personId,
      ...(postId && { postId }),
    });
  await signIn(evening.wang, evening.welding);
  const { visitId } = await signIn(evening.li, evening.truss);
  opened.clock.forward(600);
  await opened.asStaff('attendance.void', { gestureId: gestureId(), visitId, reason: 'was at home' });
  return { ...opened, evening, signIn, voided: visitId };
}

const sheetOf = ({ asStaff }: TestKiosk, activityId: string, takingPlace?: string) =>
  asStaff('attendance.sheet', { activityId, ...(takingPlace && { takingPlace }) });

test('the sheet lists who was declared void with the reason, and counts only who was there', async () => {
  const kiosk = await eveningWithVoid();
  const { evening } = kiosk;
  const at = '2026-11-22T18:05:00.000+08:00';
  const { chenOfTruss: personId, activityId } = evening;
  const reason = 'forgot the gate';
  await kiosk.asStaff('attendance.add', { gestureId: gestureId(), activityId, personId, at, reason });
  const sheet = await sheetOf(kiosk, activityId);
  expect(sheet.rows).toMatchObject([
    { number: 1, name: '王建国', staffNo: '1003', signedInAt: '2026-11-22T18:00:00.000+08:00' },
    { number: 2, name: '李明朗', voidReason: 'was at home', undoneAt: '2026-11-22T18:10:00.000+08:00' },
    { number: 3, name: '陈杰', signedInAt: at, enteredAt: '2026-11-22T18:10:00.000+08:00', reason },
  ]);
  expect(sheet.totals).toEqual({
    expected: 8,
    present: 2,
    absent: 6,
    categories: [
      { category: { en: expect.any(String), zh: '党员' }, present: 1 },
      { category: { en: expect.any(String), zh: '积极分子' }, present: 1 },
    ],
    posts: [
      { post: { en: 'Welding', zh: '焊接' }, wanted: 4, present: 1 },
      { post: { en: 'Truss', zh: '桁架' }, wanted: 4, present: 0 },
    ],
  });
});

test('a daily activity has a sheet a day; without a date it is that of now', async () => {
  const kiosk = await eveningWithVoid();
  const { activityId, wang } = kiosk.evening;
  kiosk.clock.forward(24 * 3600);
  await kiosk.signIn(wang);
  const names = async (date?: string) => {
    const { rows, activity } = await sheetOf(kiosk, activityId, date);
    return [activity.startsAt, ...rows.map(({ name }) => name)];
  };
  expect(await names()).toEqual(['2026-11-23T18:00:00.000+08:00', '王建国']);
  expect(await names('2026-11-22')).toEqual(['2026-11-22T18:00:00.000+08:00', '王建国', '李明朗']);
  expect(await names('2026-11-21')).toEqual(['2026-11-21T18:00:00.000+08:00']);
});

test('a night shift has the sheet of the day it began on', async () => {
  const kiosk = await openTestKiosk();
  const { wang } = await prepareEvening(kiosk);
  const { activityId } = await kiosk.asStaff('activities.save', {
    gestureId: gestureId(),
    activity: {
      title: { en: 'Night shift', zh: '夜班' },
      place: { en: 'Hall', zh: '车间' },
      schedule: { kind: 'daily', start: '22:00', end: '06:00' },
      posts: [],
    },
  });
  kiosk.clock.forward(9 * 3600);
  await kiosk.asStaff('attendance.signIn', { gestureId: gestureId(), activityId, personId: wang });
  expect((await sheetOf(kiosk, activityId, '2026-11-22')).totals.present).toBe(1);
  expect((await sheetOf(kiosk, activityId, '2026-11-23')).totals.present).toBe(0);
});

test('who has left is off every list to choose from, still on the sheet, and back with the next list', async () => {
  const kiosk = await eveningWithVoid();
  const { wang: personId, activityId } = kiosk.evening;
  const found = async () => (await kiosk.asStaff('people.find', { query: 'wjg' })).total;
  const listed = async () => (await kiosk.asStaff('people.list', { team: '下料班' })).total;
  expect([await found(), await listed()]).toEqual([1, 1]);
  await kiosk.asStaff('people.remove', { gestureId: gestureId(), personIds: [personId] });
  expect([await found(), await listed()]).toEqual([0, 0]);
  expect((await kiosk.asStaff('people.list', {})).teams).not.toContain('下料班');
  expect((await sheetOf(kiosk, activityId)).rows[0]).toMatchObject({ name: '王建国', staffNo: '1003' });
  const { people } = await kiosk.asStaff('system.details', {});
  expect(people).toBe(3);
  const rows = [{ name: '王建国', staffNo: '1003', team: '下料班' }];
  await kiosk.asStaff('people.import', { gestureId: gestureId(), rows });
  expect([await found(), await listed()]).toEqual([1, 1]);
  const { people: hits } = await kiosk.asStaff('people.find', { query: 'wjg', activityId });
  expect(hits).toMatchObject([{ personId, visit: { postId: kiosk.evening.welding } }]);
});

test('the board shows the named activity, else the one that is open, else none', async () => {
  const kiosk = await openTestKiosk();
  expect(await kiosk.asStaff('board.view', {})).toEqual({
    now: '2026-11-22T18:00:00.000+08:00',
    activity: null,
    expected: 0,
    present: 0,
    inside: 0,
    onLeave: 0,
    absent: 0,
    categories: [],
    posts: [],
    arrivals: [],
  });
  const evening = await prepareEvening(kiosk);
  const { activityId, wang, welding } = evening;
  await kiosk.asStaff('attendance.signIn', {
    gestureId: gestureId(),
    activityId,
    personId: wang,
    postId: welding,
  });
  const view = await kiosk.asStaff('board.view', {});
  expect(view).toEqual(await kiosk.asStaff('board.view', { activityId }));
  expect(view).toMatchObject({
    activity: { activityId },
    expected: 8,
    present: 1,
    absent: 7,
    categories: [{ categoryId: 'party-member', expected: null, present: 1 }],
    posts: [
      { postId: welding, leader: '李明朗', expected: 4, present: 1, full: true },
      { leader: null, expected: 4, present: 0, full: false },
    ],
    arrivals: [{ name: '王建国', postName: { zh: '焊接' } }],
  });
  const { visitId } = view.arrivals[0]!;
  kiosk.clock.forward(600);
  await kiosk.asStaff('signOuts.one', { gestureId: gestureId(), visitId });
  const later = await kiosk.asStaff('board.view', {});
  expect(later).toMatchObject({ present: 1, inside: 0, absent: 7, posts: [{ present: 1, inside: 0 }, {}] });
  // The brick stays in the wall when somebody goes.
  expect(later.arrivals).toEqual(view.arrivals);
  expect((await kiosk.asStaff('wall.view', {})).arrivals).toEqual(view.arrivals);
  const gone = await kiosk.kiosk.dispatch('board.view', { activityId: 'gone' }, { role: 'screen' });
  expect(gone).toMatchObject({ ok: false, refusal: { code: 'activity-unknown' } });
});

test('a show is resolved to slides: what was hidden or taken down is left out, and it is never empty', async () => {
  const { kiosk, asStaff } = await openTestKiosk();
  const view = async (showId?: string) =>
    (await asStaff('shows.view', { ...(showId !== undefined && { showId }) })).slides.map(({ kind }) => kind);
  expect(await view()).toEqual(['welcome', 'count']);
  const text = { en: 'Safety first', zh: '安全第一' };
  const { sloganId } = await asStaff('slogans.save', { gestureId: gestureId(), slogan: { text } });
  const items = [{ kind: 'slogan' as const, sloganId }, { kind: 'all-photos' as const }];
  const show = { title: { en: 'Meeting', zh: '会议' }, items, secondsPerSlide: 8 };
  const { showId } = await asStaff('shows.save', { gestureId: gestureId(), show });
  expect(await view()).toEqual(['slogan']);
  await asStaff('slogans.remove', { gestureId: gestureId(), sloganId });
  expect(await view(showId)).toEqual(['welcome']);
  await asStaff('shows.remove', { gestureId: gestureId(), showId });
  const gone = await kiosk.dispatch('shows.view', { showId }, { role: 'screen' });
  expect(gone).toMatchObject({ ok: false, refusal: { code: 'show-unknown' } });
  expect((await asStaff('shows.view', {})).showId).toBeNull();
});

test('a new activity can start from every template as it is', async () => {
  const { asStaff } = await openTestKiosk();
  const { templates } = await asStaff('activities.templates', {});
  expect(templates.length).toBeGreaterThan(0);
  for (const { title, place, start, minutes, opensMinutesBefore, posts } of templates) {
    const startsAt = `2026-11-23T${start}:00.000+08:00`;
    const endsAt = new Date(Date.parse(startsAt) + minutes * 60_000 + 8 * 3_600_000).toISOString();
    await asStaff('activities.save', {
      gestureId: gestureId(),
      activity: {
        title,
        place,
        schedule: { kind: 'once', startsAt, endsAt: endsAt.replace('Z', '+08:00'), opensMinutesBefore },
        posts: posts.map((post) => ({ ...post })),
      },
    });
  }
  expect((await asStaff('activities.list', {})).activities).toHaveLength(templates.length);
});
