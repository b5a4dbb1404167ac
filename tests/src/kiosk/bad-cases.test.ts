import { randomUUID } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CallInput, OperationName, Result } from '../../../src/api/contract.ts';
import type { Role } from '../../../src/domain/role.ts';
import { openKiosk, type Kiosk } from '../../../src/kiosk/open-kiosk.ts';
import { kioskClock } from '../../support/kiosk-clock.ts';
import { prepareEvening } from '../../support/served-kiosk.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { WatchedFileSystem } from '../../support/watched-file-system.ts';

/*
 * What went wrong at other sign-in systems, each tried on a whole kiosk with its disk. What concerns the rules alone is in
 * tests/src/domain, the disk in tests/src/store, the PIN in tests/src/access, the screen in tests/e2e; each begins with
 * the same words.
 */

const gestureId = () => randomUUID();

/** A kiosk with an evening from 18:00 to 20:00 each day, that can be switched off and on. */
async function openEvening() {
  const dataFolder = join(await tempFolder(), 'data');
  const clock = kioskClock();
  const fs = new WatchedFileSystem();
  const faults: unknown[] = [];
  const options = { clock, fs, onFault: (error: unknown) => void faults.push(error) };
  let kiosk: Kiosk = await openKiosk(dataFolder, options);
  onTestFinished(() => kiosk.close());

  async function as<Name extends OperationName>(role: Role, operation: Name, input: CallInput<Name>) {
    const answer = await kiosk.dispatch(operation, input, { role });
    if (!answer.ok) throw new Error(answer.refusal.code);
    return answer.result as Result<Name>;
  }
  const asStaff = <Name extends OperationName>(operation: Name, input: CallInput<Name>) =>
    as('admin', operation, input);
  const evening = await prepareEvening({ asStaff });
  const { activityId } = evening;
  return {
    ...evening,
    clock,
    fs,
    /** What went wrong without any call failing. */
    faults,
    as,
    asStaff,
    /** What the gate does. */
    signIn: (personId: string, more: Partial<CallInput<'attendance.signIn'>> = {}) =>
      as('screen', 'attendance.signIn', { gestureId: gestureId(), activityId, personId, ...more }),
    visits: async () => (await asStaff('attendance.list', { activityId })).visits,
    counts: () => as('screen', 'attendance.counts', { activityId }),
    tick: () => kiosk.upkeep.tick(),
    async switchOff() {
      await kiosk.close();
    },
    async switchOn() {
      kiosk = await openKiosk(dataFolder, options);
    },
    events: () => kiosk.state.lastSeq,
  };
}

const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (error: Error) => error.message,
  );

test('double tap: three quick taps on a card leave one visit, and the person is not blocked', async () => {
  const { signIn, wang, visits, as } = await openEvening();
  const taps = await Promise.all([1, 2, 3].map(() => codeOf(signIn(wang))));
  expect(taps.sort()).toEqual(['already-signed-in', 'already-signed-in', 'done']);
  const [visit] = await visits();
  expect(await visits()).toHaveLength(1);
  await as('screen', 'signOuts.one', { gestureId: gestureId(), visitId: visit!.visitId });
  expect(await codeOf(signIn(wang))).toBe('done');
});

test('double tap: the order of visits of one millisecond can be told', async () => {
  const { signIn, wang, li, chenOfTruss, visits, switchOff, switchOn } = await openEvening();
  await Promise.all([li, wang, chenOfTruss].map((personId) => signIn(personId)));
  const order = async () => (await visits()).map(({ personId }) => personId);
  const before = await order();
  expect(before).toEqual([li, wang, chenOfTruss]);
  await switchOff();
  await switchOn();
  expect(await order()).toEqual(before);
});

test('duplicate check that compares exact times: a millisecond later, or an hour, is as soon as at once', async () => {
  const { signIn, wang, visits, clock } = await openEvening();
  await signIn(wang);
  for (const seconds of [0.001, 1, 3600]) {
    clock.forward(seconds);
    expect(await codeOf(signIn(wang))).toBe('already-signed-in');
  }
  expect(await visits()).toHaveLength(1);
});

test('two actions at once: of sign-out and change of post, whichever is first stands, nothing breaks', async () => {
  const { signIn, wang, truss, visits, as } = await openEvening();
  const { visitId } = await signIn(wang);
  const both = await Promise.all([
    codeOf(as('screen', 'signOuts.one', { gestureId: gestureId(), visitId })),
    codeOf(as('screen', 'attendance.changePost', { gestureId: gestureId(), visitId, postId: truss })),
  ]);
  expect(both).toEqual(['done', 'signed-out']);
  expect((await visits())[0]).toMatchObject({ postId: null, signOut: { how: 'measured' } });
});

test('badge read twice: the second read is asked about, never a sign-out', async () => {
  const { signIn, wang, visits, asStaff, as, activityId } = await openEvening();
  await asStaff('badges.link', { gestureId: gestureId(), personId: wang, badge: 'AB12cd' });
  // Caps Lock inverts what a reader types.
  const { person } = await as('screen', 'badges.read', { badge: 'ab12CD', activityId });
  expect(person.personId).toBe(wang);
  await signIn(wang, { by: 'badge' });
  expect(await codeOf(signIn(wang, { by: 'badge' }))).toBe('already-signed-in');
  const again = await as('screen', 'badges.read', { badge: 'AB12cd', activityId });
  expect(again.person.visit).toBeDefined();
  expect((await visits()).map(({ signOut, by }) => [signOut, by])).toEqual([[undefined, 'badge']]);
});

test('network lost: from the first letter to the sheet the kiosk asks nobody else', async () => {
  const { as, asStaff, signIn, wang, activityId } = await openEvening();
  let asked = 0;
  const count = () => void asked++;
  subscribe('net.client.socket', count);
  onTestFinished(() => void unsubscribe('net.client.socket', count));
  await as('screen', 'people.find', { query: 'wjg', activityId });
  const { visitId } = await signIn(wang);
  await as('screen', 'wall.view', {});
  await as('screen', 'signOuts.one', { gestureId: gestureId(), visitId });
  expect((await asStaff('attendance.sheet', { activityId })).rows).toHaveLength(1);
  expect(asked).toBe(0);
  // That it would have been seen: nobody listens there.
  await fetch('http://127.0.0.1:2').catch(() => undefined);
  expect(asked).toBe(1);
});

test('network lost, answer lost: a repeated call of the same gesture is told of the record that was made, also after a restart', async () => {
  const { signIn, wang, visits, switchOff, switchOn } = await openEvening();
  const id = gestureId();
  const first = await signIn(wang, { gestureId: id });
  expect(await signIn(wang, { gestureId: id })).toEqual(first);
  await switchOff();
  await switchOn();
  expect(await signIn(wang, { gestureId: id })).toEqual(first);
  expect(await visits()).toHaveLength(1);
});

test('one bad record or scan stops everyone: not here, the next person signs in', async () => {
  const { signIn, wang, as, activityId, counts } = await openEvening();
  const bad: Promise<string>[] = [
    codeOf(as('screen', 'badges.read', { badge: '\u0000\u0007???', activityId })),
    codeOf(as('screen', 'badges.read', { badge: 'x'.repeat(128), activityId })),
    codeOf(signIn('nobody')),
    codeOf(signIn(wang, { postId: 'nowhere' })),
    codeOf(signIn(wang, { gestureId: 'x'.repeat(65) })),
  ];
  const next = signIn(wang);
  expect(await Promise.all(bad)).toEqual([
    'badge-unknown',
    'badge-unknown',
    'person-unknown',
    'post-unknown',
    'input-invalid',
  ]);
  await next;
  expect((await counts()).present).toBe(1);
});

test('device clock wrong: set back, who comes later stays later, nobody is blocked, and no time is negative', async () => {
  const { signIn, wang, li, visits, as, clock } = await openEvening();
  const { visitId } = await signIn(wang);
  clock.forward(-600);
  await signIn(li);
  const { minutes } = await as('screen', 'signOuts.one', { gestureId: gestureId(), visitId });
  expect(minutes).toBe(0);
  expect((await visits()).map(({ personId }) => personId)).toEqual([wang, li]);
});

test('time zone: in UTC+8 a sign-in before 08:00 is of today and is not closed at once', async () => {
  const { clock, asStaff, as, wang, tick } = await openEvening();
  const { activityId } = await asStaff('activities.save', {
    gestureId: gestureId(),
    activity: {
      title: { en: 'Early shift', zh: '早班' },
      place: { en: 'Hall', zh: '车间' },
      schedule: { kind: 'daily', start: '07:00', end: '09:00' },
      posts: [],
    },
  });
  // 07:05 of the next day here, 23:05 of this day in UTC.
  clock.forward(13 * 3600 + 300);
  await as('screen', 'attendance.signIn', { gestureId: gestureId(), activityId, personId: wang });
  await tick();
  const [visit] = (await asStaff('attendance.list', { activityId })).visits;
  expect(visit).toMatchObject({ takingPlace: '2026-11-23', lateMinutes: 5 });
  expect(visit).not.toHaveProperty('signOut');
});

test('machine off over night: at the next start the forgotten visits are closed as planned and wait for review', async () => {
  const { signIn, wang, li, visits, as, asStaff, clock, switchOff, switchOn, activityId } =
    await openEvening();
  await signIn(wang);
  await signIn(li);
  await switchOff();
  clock.forward(14 * 3600);
  await switchOn();
  const end = { at: '2026-11-22T20:00:00.000+08:00', how: 'planned' };
  expect((await visits()).map(({ signOut, minutes }) => [signOut, minutes])).toEqual([
    [expect.objectContaining(end), 120],
    [expect.objectContaining(end), 120],
  ]);
  const waiting = await asStaff('signOuts.review', { activityId });
  expect(waiting.visits.map(({ personId }) => personId)).toEqual([wang, li]);
  await asStaff('signOuts.accept', { gestureId: gestureId(), visitIds: [waiting.visits[0]!.visitId] });
  expect((await asStaff('signOuts.review', {})).visits).toHaveLength(1);
  // Nobody at the gate undoes what they never did.
  const { visitId } = waiting.visits[1]!;
  const undo = as('screen', 'signOuts.undo', { gestureId: gestureId(), visitIds: [visitId] });
  expect(await codeOf(undo)).toBe('undo-too-late');
});

test('forgot to sign out: the next arrival is a sign-in, not a sign-out', async () => {
  const { signIn, wang, visits, clock, counts } = await openEvening();
  await signIn(wang);
  clock.forward(24 * 3600);
  // Even before anybody has closed yesterday.
  await signIn(wang);
  const all = await visits();
  expect(all.map(({ takingPlace }) => takingPlace)).toEqual(['2026-11-22', '2026-11-23']);
  expect(all[1]).not.toHaveProperty('signOut');
  expect(await counts()).toMatchObject({ present: 1, inside: 1 });
});

test('past midnight: a night shift is one activity, and its end is the planned one', async () => {
  const { asStaff, as, wang, clock, tick } = await openEvening();
  const { activityId } = await asStaff('activities.save', {
    gestureId: gestureId(),
    activity: {
      title: { en: 'Night shift', zh: '夜班' },
      place: { en: 'Hall', zh: '车间' },
      schedule: { kind: 'daily', start: '22:00', end: '02:00' },
      posts: [],
    },
  });
  clock.forward(4 * 3600);
  const signIn = () =>
    as('screen', 'attendance.signIn', { gestureId: gestureId(), activityId, personId: wang });
  await signIn();
  clock.forward(3.5 * 3600);
  await tick();
  // 01:30: still there, and not let in twice.
  expect(await codeOf(signIn())).toBe('already-signed-in');
  clock.forward(2 * 3600);
  await tick();
  const [visit] = (await asStaff('attendance.list', { activityId })).visits;
  expect(visit).toMatchObject({
    takingPlace: '2026-11-22',
    signOut: { at: '2026-11-23T02:00:00.000+08:00', how: 'planned' },
    minutes: 240,
  });
});

describe('early arrival refused', () => {
  async function meetingAt19(opensMinutesBefore: number) {
    const evening = await openEvening();
    const { activityId } = await evening.asStaff('activities.save', {
      gestureId: gestureId(),
      activity: {
        title: { en: 'Meeting', zh: '会议' },
        place: { en: 'Hall', zh: '车间' },
        schedule: {
          kind: 'once',
          startsAt: '2026-11-22T19:00:00.000+08:00',
          endsAt: '2026-11-22T21:00:00.000+08:00',
          opensMinutesBefore,
        },
        posts: [],
      },
    });
    const signIn = () => evening.signIn(evening.wang, { activityId });
    return { ...evening, activityId, signIn };
  }

  test('inside the early window it is a sign-in', async () => {
    const { signIn } = await meetingAt19(90);
    expect(await codeOf(signIn())).toBe('done');
  });

  test('before it a kind no, kept with the reason; a minute later the same person is in', async () => {
    const { signIn, wang, asStaff, activityId, clock } = await meetingAt19(59);
    expect(await codeOf(signIn())).toBe('not-open');
    expect(await codeOf(signIn())).toBe('not-open');
    expect((await asStaff('attempts.list', { activityId })).attempts).toMatchObject([
      { personId: wang, name: '王建国', code: 'not-open', at: '2026-11-22T18:00:00.000+08:00' },
    ]);
    clock.forward(60);
    expect(await codeOf(signIn())).toBe('done');
  });
});

test('undo that does nothing: after "undone" nobody is signed in, on no screen, also after a restart', async () => {
  const { signIn, wang, as, asStaff, counts, activityId, switchOff, switchOn } = await openEvening();
  const { visitId } = await signIn(wang);
  await as('screen', 'attendance.undo', { gestureId: gestureId(), visitId });
  async function expectNobody() {
    expect(await counts()).toMatchObject({ present: 0, inside: 0 });
    const { people } = await as('screen', 'people.find', { query: 'wjg', activityId });
    expect(people[0]).not.toHaveProperty('visit');
    expect((await as('screen', 'wall.view', {})).arrivals).toEqual([]);
    expect(await as('screen', 'board.view', { activityId })).toMatchObject({ present: 0, arrivals: [] });
    const { rows, totals } = await asStaff('attendance.sheet', { activityId });
    // Logged as undone, never deleted.
    expect([rows.length, rows[0]!.undoneAt, totals.present]).toEqual([1, expect.any(String), 0]);
  }
  await expectNobody();
  await switchOff();
  await switchOn();
  await expectNobody();
  expect(await codeOf(signIn(wang))).toBe('done');
});

describe('wrong bulk action', () => {
  test('a roll-call of everybody is undone in one step', async () => {
    const { as, wang, li, chenOfTruss, chenOfWelding, activityId, truss, counts, events } =
      await openEvening();
    const personIds = [wang, li, chenOfTruss, chenOfWelding];
    const call = { gestureId: gestureId(), activityId, postId: truss, personIds };
    const { visitIds } = await as('editor', 'rollCall.call', call);
    expect((await counts()).present).toBe(4);
    const before = events();
    await as('editor', 'rollCall.undo', { gestureId: gestureId(), visitIds });
    expect([(await counts()).present, events() - before]).toEqual([0, 1]);
  });

  test('everybody signed out is taken back in one step, however late', async () => {
    const { as, signIn, wang, li, activityId, counts, clock, events } = await openEvening();
    await signIn(wang);
    await signIn(li);
    const { visitIds } = await as('editor', 'signOuts.all', { gestureId: gestureId(), activityId });
    expect(await counts()).toMatchObject({ present: 2, inside: 0 });
    clock.forward(1800);
    const before = events();
    await as('editor', 'signOuts.undo', { gestureId: gestureId(), visitIds });
    expect([(await counts()).inside, events() - before]).toEqual([2, 1]);
  });

  test('one who came again meanwhile does not keep the others out: who is left is named, with the words', async () => {
    const { as, signIn, wang, li, activityId, counts } = await openEvening();
    await signIn(wang);
    await signIn(li);
    const { visitIds } = await as('editor', 'signOuts.all', { gestureId: gestureId(), activityId });
    await signIn(li);
    const undo = { gestureId: gestureId(), visitIds };
    const done = await as('editor', 'signOuts.undo', undo);
    expect(done).toMatchObject({
      visitIds: [visitIds[0]],
      leftOut: [{ personId: li, name: '李明朗', refusal: { code: 'came-again' } }],
    });
    expect(done.leftOut[0]!.refusal.message.zh).toContain('之后又签到过');
    expect((await counts()).inside).toBe(2);
    expect(await as('editor', 'signOuts.undo', undo)).toEqual(done);
  });

  test('nobody at the gate signs everybody in or out', async () => {
    const { as, activityId, wang } = await openEvening();
    const all = { gestureId: gestureId(), activityId };
    expect(await codeOf(as('screen', 'signOuts.all', all))).toBe('role-missing');
    const call = { ...all, postId: null, personIds: [wang] };
    expect(await codeOf(as('screen', 'rollCall.call', call))).toBe('role-missing');
  });
});

test('same names: both are shown with what tells them apart, and each is who they are', async () => {
  const { as, signIn, chenOfTruss, chenOfWelding, activityId, asStaff } = await openEvening();
  const { people } = await as('screen', 'people.find', { query: 'cj', activityId });
  expect(people.map(({ name, distinguish }) => [name, distinguish])).toEqual([
    ['陈杰', { team: expect.any(String), staffNoTail: expect.any(String) }],
    ['陈杰', { team: expect.any(String), staffNoTail: expect.any(String) }],
  ]);
  expect(new Set(people.map(({ distinguish }) => JSON.stringify(distinguish))).size).toBe(2);
  await signIn(chenOfTruss);
  expect(await codeOf(signIn(chenOfWelding))).toBe('done');
  const { rows } = await asStaff('attendance.sheet', { activityId });
  expect(rows.map(({ staffNo }) => staffNo)).toEqual(['2382', '1017']);
});

test('roster changes mid-event: who signed in stays on every list, and a new one signs in at once', async () => {
  const { as, asStaff, signIn, wang, activityId, counts } = await openEvening();
  await signIn(wang);
  await asStaff('people.remove', { gestureId: gestureId(), personIds: [wang] });
  expect((await counts()).present).toBe(1);
  const board = await as('screen', 'board.view', { activityId });
  expect(board.arrivals.map(({ name }) => name)).toEqual(['王建国']);
  const { personId } = await asStaff('people.save', { gestureId: gestureId(), person: { name: '新人' } });
  expect(await codeOf(signIn(personId))).toBe('done');
  expect((await counts()).present).toBe(2);
  // The removed one can still sign out.
  const { visits } = await asStaff('attendance.list', { activityId });
  const { visitId } = visits[0]!;
  expect(await codeOf(as('screen', 'signOuts.one', { gestureId: gestureId(), visitId }))).toBe('done');
});

test('wrong person: who was taken for another is undone for them alone, and the right one signs in', async () => {
  const { as, signIn, chenOfTruss, chenOfWelding, counts } = await openEvening();
  const { visitId } = await signIn(chenOfTruss);
  await as('screen', 'attendance.undo', { gestureId: gestureId(), visitId });
  await signIn(chenOfWelding);
  expect((await counts()).present).toBe(1);
});

test('someone signs for another: a vouched visit says so for good, with the leader’s name', async () => {
  const { as, asStaff, activityId, wang, li } = await openEvening();
  const { visitIds } = await as('editor', 'rollCall.call', {
    gestureId: gestureId(),
    activityId,
    postId: null,
    personIds: [wang, li],
  });
  const { visits } = await asStaff('attendance.list', { activityId });
  expect(visits.map(({ visitId, vouchedBy }) => [visitId, vouchedBy])).toEqual(
    visitIds.map((id) => [id, '']),
  );
});

test('printer or gate stuck: evidence that is refused or broken leaves the sign-in as it is', async () => {
  const { as, signIn, wang, visits } = await openEvening();
  const { visitId } = await signIn(wang);
  const signature = { width: 600, height: 200, strokes: [[1, 2]] };
  const add = (evidence: object) =>
    codeOf(as('screen', 'evidence.add', { gestureId: gestureId(), visitId, ...evidence } as never));
  expect(await add({ signature })).toBe('evidence-not-asked');
  expect(await add({ signature: { ...signature, strokes: [[1]] } })).toBe('input-invalid');
  expect(await add({ photo: 'data:image/png;base64,AAAA' })).toBe('input-invalid');
  expect(await add({})).toBe('input-invalid');
  expect(await visits()).toHaveLength(1);
  expect((await visits())[0]).not.toHaveProperty('undoneAt');
});

describe('refused at the gate', () => {
  /** The evening, where welding takes one person and no more, and no guest comes. */
  async function strictEvening() {
    const evening = await openEvening();
    const { asStaff, activityId, welding, truss } = evening;
    const { activity, schedule } = await asStaff('activities.get', { activityId });
    const hard = { wanted: 1, limit: 1, hard: true as const };
    await asStaff('activities.save', {
      gestureId: gestureId(),
      activity: {
        activityId,
        title: activity.title,
        place: activity.place,
        schedule,
        noGuests: true,
        posts: activity.posts.map(({ postId, name, leader }) => ({
          postId,
          name,
          ...(leader && { leaderId: leader.personId }),
          ...hard,
        })),
      },
    });
    await evening.signIn(evening.li, { postId: welding });
    const attempts = async () =>
      (await asStaff('attempts.list', { activityId })).attempts.map(({ name, postId, code }) => [
        name,
        postId,
        code,
      ]);
    return { ...evening, attempts, trussOf: truss };
  }

  test('is kept, whichever way somebody came: sign-in, another post, a roll-call, a guest', async () => {
    const { as, signIn, attempts, activityId, welding, trussOf, wang, chenOfTruss, chenOfWelding } =
      await strictEvening();
    const { visitId } = await signIn(wang, { postId: trussOf });
    const change = { gestureId: gestureId(), visitId, postId: welding };
    expect(await codeOf(as('screen', 'attendance.changePost', change))).toBe('post-full');
    // Two full posts within a minute are two things to explain.
    expect(await codeOf(signIn(chenOfTruss, { postId: welding }))).toBe('post-full');
    expect(await codeOf(signIn(chenOfTruss, { postId: trussOf }))).toBe('post-full');
    const guest = { gestureId: gestureId(), activityId, name: 'Anna Smith' };
    expect(await codeOf(as('screen', 'guests.signIn', guest))).toBe('no-guests');
    const call = { gestureId: gestureId(), activityId, postId: welding, personIds: [chenOfWelding] };
    expect((await as('leader', 'rollCall.call', call)).leftOut).toHaveLength(1);
    expect(await attempts()).toEqual([
      ['陈杰', welding, 'post-full'],
      ['Anna Smith', null, 'no-guests'],
      ['陈杰', trussOf, 'post-full'],
      ['陈杰', welding, 'post-full'],
      ['王建国', welding, 'post-full'],
    ]);
  });

  test('on a nearly full disk is told why, though it cannot be kept; that is reported', async () => {
    const { signIn, welding, wang, attempts, switchOff, switchOn, faults, fs } = await strictEvening();
    await switchOff();
    fs.space = () => Promise.resolve({ free: 1e6, total: 1e12 });
    await switchOn();
    expect(await codeOf(signIn(wang, { postId: welding }))).toBe('post-full');
    expect(faults).toEqual([expect.objectContaining({ code: 'disk-nearly-full' })]);
    expect(await attempts()).toEqual([]);
  });
});

describe('on no roster, but inside', () => {
  const find = async ({ as, activityId }: Awaited<ReturnType<typeof openEvening>>, query: string) =>
    (await as('screen', 'people.find', { query, activityId })).people;

  test('a guest is found at the gate again, and signs out', async () => {
    const evening = await openEvening();
    const { as, activityId } = evening;
    const guest = { name: 'Anna Smith', organisation: 'Youth league' };
    expect(await find(evening, 'anna')).toEqual([]);
    const { visitId } = await as('screen', 'guests.signIn', { gestureId: gestureId(), activityId, ...guest });
    expect(await find(evening, 'anna')).toMatchObject([{ name: 'Anna Smith', visit: { visitId } }]);
    const again = as('screen', 'guests.signIn', { gestureId: gestureId(), activityId, ...guest });
    expect(await codeOf(again)).toBe('already-signed-in');
    await as('screen', 'signOuts.one', { gestureId: gestureId(), visitId });
    expect(await find(evening, 'anna')).toEqual([]);
  });

  test('who is taken off the roster while inside is found by name and by badge until they have signed out', async () => {
    const evening = await openEvening();
    const { as, asStaff, activityId, signIn, wang } = evening;
    await asStaff('badges.link', { gestureId: gestureId(), personId: wang, badge: 'AB12' });
    const { visitId } = await signIn(wang);
    await asStaff('people.remove', { gestureId: gestureId(), personIds: [wang] });
    expect(await find(evening, 'wjg')).toMatchObject([{ personId: wang, visit: { visitId } }]);
    const read = () => as('screen', 'badges.read', { badge: 'AB12', activityId });
    expect((await read()).person).toMatchObject({ personId: wang, visit: { visitId } });
    await as('screen', 'signOuts.one', { gestureId: gestureId(), visitId });
    expect(await find(evening, 'wjg')).toEqual([]);
    expect(await codeOf(read())).toBe('badge-unknown');
  });
});

test('leave for a coming day: the office is told of it, and of which day guests and refused attempts are', async () => {
  const { as, asStaff, activityId, wang, li } = await openEvening();
  const leave = { activityId, personId: wang, takingPlace: '2026-11-25', reason: '出差' };
  await asStaff('leaves.note', { gestureId: gestureId(), ...leave });
  await asStaff('leaves.note', { gestureId: gestureId(), activityId, personId: li, reason: '病假' });
  const list = (takingPlace?: string) =>
    asStaff('leaves.list', { activityId, ...(takingPlace !== undefined && { takingPlace }) });
  const days = ['2026-11-22', '2026-11-25'];
  expect(await list()).toMatchObject({ leaves: [{ personId: li }], days });
  expect(await list('2026-11-25')).toMatchObject({ leaves: [{ personId: wang }], days });
  await as('screen', 'guests.signIn', { gestureId: gestureId(), activityId, name: 'Anna Smith' });
  expect((await asStaff('guests.list', { activityId })).guests).toMatchObject([
    { takingPlace: '2026-11-22' },
  ]);
});
