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
  const none = { visits: 0, minutes: 0 };
  expect(sheet.totals).toEqual({
    expected: 8,
    present: 2,
    inside: 2,
    onLeave: 0,
    absent: 6,
    categories: [
      {
        category: { en: expect.any(String), zh: '党员' },
        expected: null,
        present: 1,
        onLeave: 0,
        absent: null,
      },
      {
        category: { en: expect.any(String), zh: '积极分子' },
        expected: null,
        present: 1,
        onLeave: 0,
        absent: null,
      },
    ],
    posts: [
      { post: { en: 'Welding', zh: '焊接' }, wanted: 4, present: 1 },
      { post: { en: 'Truss', zh: '桁架' }, wanted: 4, present: 0 },
    ],
    hours: { measured: none, planned: none, corrected: none },
    unreviewed: 0,
  });
  // Where only numbers are expected, nobody is missing by name.
  expect(sheet.missing).toEqual([]);
});

test('the sheet says how long everybody was there and how that is known, and who did not come', async () => {
  const kiosk = await openTestKiosk();
  const evening = await prepareEvening(kiosk);
  const { activityId, wang, li, chenOfWelding, chenOfTruss, welding, truss } = evening;
  const { schedule, activity } = await kiosk.asStaff('activities.get', { activityId });
  await kiosk.asStaff('activities.save', {
    gestureId: gestureId(),
    activity: {
      activityId,
      title: activity.title,
      place: activity.place,
      schedule,
      posts: activity.posts.map(({ leader, limit, hard: _, ...post }) => ({
        ...post,
        ...(leader && { leaderId: leader.personId }),
        ...(limit !== null && { limit }),
      })),
      expectedIds: [wang, li, chenOfWelding, chenOfTruss],
      assignments: { [chenOfTruss]: truss },
      evidence: { signature: true },
    },
  });
  const once = () => ({ gestureId: gestureId(), activityId });
  kiosk.clock.forward(180);
  const { visitId } = await kiosk.asStaff('attendance.signIn', {
    ...once(),
    personId: wang,
    postId: truss,
    reason: 'came with a guest',
  });
  await kiosk.asStaff('attendance.changePost', { gestureId: gestureId(), visitId, postId: welding });
  const signature = { width: 600, height: 200, strokes: [[10, 10, 500, 150]] };
  await kiosk.asStaff('evidence.add', { gestureId: gestureId(), visitId, signature });
  await kiosk.asStaff('rollCall.call', { ...once(), postId: null, personIds: [li] });
  await kiosk.asStaff('guests.signIn', { ...once(), name: 'Anna Smith', organisation: 'Youth league' });
  await kiosk.asStaff('leaves.note', { ...once(), personId: chenOfTruss, reason: '病假' });
  kiosk.clock.forward(90 * 60);
  await kiosk.asStaff('signOuts.one', { gestureId: gestureId(), visitId });
  kiosk.clock.forward(90 * 60);
  await kiosk.kiosk.upkeep.tick();
  const [_, planned, guest] = (await kiosk.asStaff('attendance.list', { activityId })).visits;
  await kiosk.asStaff('signOuts.correct', {
    gestureId: gestureId(),
    visitId: guest!.visitId,
    at: '2026-11-22T18:33:00.000+08:00',
    reason: 'seen off by the host',
  });

  const sheet = await sheetOf(kiosk, activityId);
  expect(planned!.signOut).toMatchObject({ how: 'planned' });
  expect(sheet.rows).toMatchObject([
    {
      name: '王建国',
      post: { zh: '焊接' },
      earlierPosts: [{ zh: '桁架' }],
      signOut: { at: '2026-11-22T19:33:00.000+08:00', how: 'measured' },
      minutes: 90,
      lateMinutes: 3,
      earlyMinutes: 27,
      signature,
    },
    {
      name: '李明朗',
      vouchedBy: '',
      signOut: { at: '2026-11-22T20:00:00.000+08:00', how: 'planned' },
      minutes: 117,
    },
    {
      name: 'Anna Smith',
      organisation: 'Youth league',
      signOut: { how: 'corrected', reason: 'seen off by the host' },
      minutes: 30,
    },
  ]);
  // Nobody saw when a planned visit really ended.
  expect(sheet.rows[1]).not.toHaveProperty('earlyMinutes');
  expect(sheet.missing).toEqual([
    expect.objectContaining({
      name: '陈杰',
      staffNo: '2382',
      post: { en: 'Truss', zh: '桁架' },
      leave: { notedOn: '2026-11-22', reason: '病假' },
    }),
    expect.objectContaining({ name: '陈杰', staffNo: '1017', post: null }),
  ]);
  expect(sheet.missing[1]).not.toHaveProperty('leave');
  expect(sheet.totals).toMatchObject({
    expected: 4,
    present: 3,
    inside: 0,
    onLeave: 1,
    absent: 1,
    hours: {
      measured: { visits: 1, minutes: 90 },
      planned: { visits: 1, minutes: 117 },
      corrected: { visits: 1, minutes: 30 },
    },
    unreviewed: 1,
  });
  await kiosk.asStaff('signOuts.accept', { gestureId: gestureId(), visitIds: [planned!.visitId] });
  expect((await sheetOf(kiosk, activityId)).totals.unreviewed).toBe(0);
});

test('who comes back is two rows and one person, whose hours are added', async () => {
  const kiosk = await openTestKiosk();
  const { activityId, wang, welding, truss } = await prepareEvening(kiosk);
  for (const postId of [welding, truss]) {
    const { visitId } = await kiosk.asStaff('attendance.signIn', {
      gestureId: gestureId(),
      activityId,
      personId: wang,
      postId,
    });
    kiosk.clock.forward(1800);
    await kiosk.asStaff('signOuts.one', { gestureId: gestureId(), visitId });
    kiosk.clock.forward(600);
  }
  const { rows, totals } = await sheetOf(kiosk, activityId);
  expect(rows).toHaveLength(2);
  expect(totals).toMatchObject({
    present: 1,
    absent: 7,
    categories: [{ present: 1 }],
    // Counted where they were last.
    posts: [{ present: 0 }, { present: 1 }],
    hours: { measured: { visits: 2, minutes: 60 } },
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

test('signed for the wrong person: what is undone has no signature in the sheet', async () => {
  const kiosk = await openTestKiosk();
  const { activityId, wang } = await prepareEvening(kiosk);
  const { activity, schedule } = await kiosk.asStaff('activities.get', { activityId });
  const { title, place } = activity;
  await kiosk.asStaff('activities.save', {
    gestureId: gestureId(),
    activity: { activityId, title, place, schedule, posts: [], evidence: { signature: true } },
  });
  const { visitId } = await kiosk.asStaff('attendance.signIn', {
    gestureId: gestureId(),
    activityId,
    personId: wang,
  });
  const signature = { width: 600, height: 200, strokes: [[10, 10, 500, 150]] };
  await kiosk.asStaff('evidence.add', { gestureId: gestureId(), visitId, signature });
  expect((await sheetOf(kiosk, activityId)).rows[0]).toMatchObject({ signature });
  await kiosk.asStaff('attendance.undo', { gestureId: gestureId(), visitId });
  const [row] = (await sheetOf(kiosk, activityId)).rows;
  expect(row).toHaveProperty('undoneAt');
  expect(row).not.toHaveProperty('signature');
});
