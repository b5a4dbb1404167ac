import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { leadersFolder, openLeaderPins } from '../../../src/access/leader-pins.ts';
import { pinFile } from '../../../src/access/pin-file.ts';
import type { CallInput, OperationName, Result } from '../../../src/api/contract.ts';
import { openKiosk, type Kiosk } from '../../../src/kiosk/open-kiosk.ts';
import { setCheapPin } from '../../support/cheap-pin.ts';
import { kioskClock, type KioskClock } from '../../support/kiosk-clock.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const PIN = '271828';
const WRONG = '314159';

/** Their ids, as the kiosk gives them. */
let LI: string;
let WANG: string;
let CHEN: string;
let EVENING: string;
let OTHER: string;
let WELDING: string;
let clock: KioskClock;
let folder: string;
let kiosk: Kiosk;

beforeEach(async () => {
  clock = kioskClock();
  folder = await tempFolder();
  kiosk = await openKiosk(folder, { clock });
  LI = await savePerson('李明朗', 'no-li');
  WANG = await savePerson('王建国', 'no-wang');
  CHEN = await savePerson('陈杰', 'no-chen');
  ({ activityId: EVENING, postId: WELDING } = await saveActivity('Evening', LI));
  ({ activityId: OTHER } = await saveActivity('Other', WANG));
});
afterEach(() => kiosk.close());

async function savePerson(name: string, staffNo: string): Promise<string> {
  return (await asStaff('people.save', { gestureId: name, person: { name, staffNo } })).personId;
}

/** An activity from 18:30 to 20:30 with one post, whose sign-in is open now; people sign out until 21:00. */
async function saveActivity(title: string, leaderId: string) {
  const { activityId, posts } = await asStaff('activities.save', {
    gestureId: title,
    activity: {
      title: { en: title, zh: title },
      place: { en: 'Hall', zh: '车间' },
      schedule: {
        kind: 'once',
        startsAt: '2026-11-22T18:30:00.000+08:00',
        endsAt: '2026-11-22T20:30:00.000+08:00',
        opensMinutesBefore: 60,
      },
      posts: [{ name: { en: 'Welding', zh: '焊接' }, leaderId, wanted: 4 }],
      closesAfterMinutes: 30,
    },
  });
  return { activityId, postId: posts[0]! };
}

async function asStaff<Name extends OperationName>(
  name: Name,
  input: CallInput<Name>,
): Promise<Result<Name>> {
  const answer = await kiosk.dispatch(name, input, { role: 'admin' });
  if (!answer.ok) throw new Error(`${name}: ${answer.refusal.message.en}`);
  return answer.result as Result<Name>;
}

function unlock(input: Partial<CallInput<'access.unlockLeader'>>) {
  return kiosk.dispatch('access.unlockLeader', { activityId: EVENING, ...input }, { role: 'screen' });
}

const withPin = (pin: string, personId = LI) => unlock({ personId, pin });

async function codeOf(answering: ReturnType<typeof unlock>): Promise<string> {
  const answer = await answering;
  return answer.ok ? 'open' : answer.refusal.code;
}

async function openedBy(answering: ReturnType<typeof unlock>) {
  const answer = await answering;
  if (!answer.ok) throw new Error(answer.refusal.message.en);
  return answer.result as Result<'access.unlockLeader'>;
}

async function setCheapLeaderPin(personId = LI): Promise<void> {
  mkdirSync(join(leadersFolder(folder), personId), { recursive: true });
  await setCheapPin(join(leadersFolder(folder), personId), PIN);
}

test('a leader opens the roll-call of their own post with the PIN that the office has set, and is known by the token', async () => {
  expect(await asStaff('access.setLeaderPin', { personId: LI, pin: PIN })).toEqual({ personId: LI });
  expect(await asStaff('access.leaders', {})).toEqual({ leaders: [{ personId: LI, name: '李明朗' }] });
  const { token, ...who } = await openedBy(withPin(PIN));
  expect(who).toEqual({ personId: LI, postIds: [WELDING] });
  expect(kiosk.callerOf(token)).toEqual({ role: 'leader', personId: LI, token });
  expect(await codeOf(withPin(WRONG))).toBe('pin-wrong');
});

test('the PIN is kept as a hash, for its owner only, and nowhere in the store', async () => {
  await asStaff('access.setLeaderPin', { personId: LI, pin: PIN });
  const file = pinFile(join(leadersFolder(folder), LI));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(leadersFolder(folder), LI)).mode & 0o777).toBe(0o700);
  expect(readFileSync(file, 'utf8')).not.toContain(PIN);
  for (const name of readdirSync(join(folder, 'store'))) {
    expect(readFileSync(join(folder, 'store', name), 'utf8')).not.toMatch(/scrypt|271828/);
  }
});

test('spoofed or weak PIN: weak ones, people of no roster and callers who are not the office are refused', async () => {
  for (const pin of ['123456', '111111', '27182', '2718281828459', 'abcdef', '']) {
    const answer = await kiosk.dispatch('access.setLeaderPin', { personId: LI, pin }, { role: 'admin' });
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'pin-weak' } });
  }
  const nobody = await kiosk.dispatch(
    'access.setLeaderPin',
    { personId: 'nobody', pin: PIN },
    { role: 'admin' },
  );
  expect(nobody).toMatchObject({ ok: false, refusal: { code: 'person-unknown' } });
  for (const role of ['screen', 'leader', 'guard', 'editor'] as const) {
    for (const [name, input] of [
      ['access.setLeaderPin', { personId: LI, pin: PIN }],
      ['access.leaders', {}],
    ] as const) {
      expect(await kiosk.dispatch(name, input, { role })).toMatchObject({ ok: false, kind: 'forbidden' });
    }
  }
  expect(openLeaderPins(folder, clock).all()).toEqual([]);
});

test('who leads no post of the activity, has no PIN, or comes at the wrong hour gets a reason', async () => {
  await setCheapLeaderPin();
  await setCheapLeaderPin(CHEN);
  expect(await codeOf(withPin(PIN, CHEN))).toBe('not-leading');
  expect(await codeOf(unlock({ activityId: OTHER, personId: LI, pin: PIN }))).toBe('not-leading');
  expect(await codeOf(unlock({ activityId: OTHER, personId: WANG, pin: PIN }))).toBe('leader-pin-missing');
  expect(await codeOf(unlock({ activityId: 'none', personId: LI, pin: PIN }))).toBe('activity-unknown');
  expect(await codeOf(unlock({ personId: LI }))).toBe('input-invalid');
  expect(await codeOf(unlock({ personId: LI, pin: PIN, badge: 'B-1' }))).toBe('input-invalid');
  expect(await codeOf(withPin(PIN))).toBe('open');
  // After the end, while people sign out, leaders sign everybody out.
  clock.forward(2.9 * 3600);
  expect(await codeOf(withPin(PIN))).toBe('open');
  clock.forward(0.2 * 3600);
  expect(await codeOf(withPin(PIN))).toBe('not-open');
});

test('no limit on PIN tries: wrong ones of one leader make that leader wait, also after a restart, and nobody else', async () => {
  await setCheapLeaderPin();
  await setCheapLeaderPin(WANG);
  for (let n = 0; n < 5; n++) expect(await codeOf(withPin(WRONG))).toBe('pin-wrong');
  expect(await withPin(PIN)).toMatchObject({ ok: false, refusal: { code: 'pin-locked', seconds: 30 } });
  await kiosk.close();
  kiosk = await openKiosk(folder, { clock });
  expect(await codeOf(withPin(PIN))).toBe('pin-locked');
  expect(await codeOf(unlock({ activityId: OTHER, personId: WANG, pin: PIN }))).toBe('open');
  expect(await kiosk.dispatch('access.state', {}, { role: 'screen' })).toMatchObject({
    result: { waitSeconds: 0 },
  });
  clock.forward(30);
  expect(await codeOf(withPin(PIN))).toBe('open');
});

test('a badge opens only if it was linked: a staff number that is typed as one does not', async () => {
  expect(await codeOf(unlock({ badge: 'no-li' }))).toBe('badge-unknown');
  await asStaff('badges.link', { gestureId: 'link', personId: LI, badge: 'Badge-7' });
  const { token, personId } = await openedBy(unlock({ badge: 'bADGE-7' }));
  expect(personId).toBe(LI);
  expect(kiosk.callerOf(token)).toMatchObject({ role: 'leader', personId: LI });
  await asStaff('badges.link', { gestureId: 'chen', personId: CHEN, badge: 'Badge-8' });
  expect(await codeOf(unlock({ badge: 'Badge-8' }))).toBe('not-leading');
  await asStaff('badges.unlink', { gestureId: 'lost', personId: LI });
  expect(kiosk.callerOf(token).role).toBe('screen');
  expect(await codeOf(unlock({ badge: 'Badge-7' }))).toBe('badge-unknown');
});

test('guessed badges wait as guessed PINs do', async () => {
  await asStaff('badges.link', { gestureId: 'link', personId: LI, badge: 'Badge-7' });
  for (let n = 0; n < 5; n++) expect(await codeOf(unlock({ badge: `guess ${n}` }))).toBe('badge-unknown');
  expect(await unlock({ badge: 'Badge-7' })).toMatchObject({ refusal: { code: 'pin-locked', seconds: 30 } });
  clock.forward(30);
  expect(await codeOf(unlock({ badge: 'Badge-7' }))).toBe('open');
});

test('kiosk left open: a token ends with two idle minutes, with another PIN, and with the leader', async () => {
  await setCheapLeaderPin();
  const idle = (await openedBy(withPin(PIN))).token;
  clock.forward(119);
  expect(kiosk.callerOf(idle).role).toBe('leader');
  await kiosk.dispatch('access.stay', {}, kiosk.callerOf(idle));
  clock.forward(119);
  expect(kiosk.callerOf(idle).role).toBe('leader');
  clock.forward(2);
  expect(kiosk.callerOf(idle).role).toBe('screen');

  const changed = (await openedBy(withPin(PIN))).token;
  await setCheapLeaderPin();
  expect(kiosk.callerOf(changed).role).toBe('screen');

  const locked = (await openedBy(withPin(PIN))).token;
  await kiosk.dispatch('access.lock', {}, kiosk.callerOf(locked));
  expect(kiosk.callerOf(locked).role).toBe('screen');

  const gone = (await openedBy(withPin(PIN))).token;
  await asStaff('access.setLeaderPin', { personId: LI, pin: null });
  expect(kiosk.callerOf(gone).role).toBe('screen');
  expect(await codeOf(withPin(PIN))).toBe('leader-pin-missing');
  expect(await asStaff('access.leaders', {})).toEqual({ leaders: [] });
});

test.each([
  ['removed', 'people.remove'],
  ['erased', 'upkeep.erase'],
] as const)('who is %s takes the PIN along, and the token with it', async (_what, operation) => {
  await setCheapLeaderPin();
  await setCheapLeaderPin(WANG);
  const { token } = await openedBy(withPin(PIN));
  await asStaff(operation as 'people.remove', { gestureId: 'gone', personIds: [LI] });
  expect(kiosk.callerOf(token).role).toBe('screen');
  await expect.poll(() => readdirSync(leadersFolder(folder))).toEqual([WANG]);
});

test('a PIN that a power cut left behind is taken away at the next start', async () => {
  await setCheapLeaderPin('somebody-gone');
  await setCheapLeaderPin();
  await kiosk.close();
  kiosk = await openKiosk(folder, { clock });
  await expect.poll(() => readdirSync(leadersFolder(folder))).toEqual([LI]);
});

test('a damaged PIN file opens nothing, says what to do, and setting a PIN mends it', async () => {
  await setCheapLeaderPin();
  writeFileSync(pinFile(join(leadersFolder(folder), LI)), '{"v":1,"pin":{}}');
  const answer = await withPin(PIN);
  expect(answer).toMatchObject({ ok: false, refusal: { code: 'leader-pin-damaged' } });
  await asStaff('access.setLeaderPin', { personId: LI, pin: PIN });
  expect(await codeOf(withPin(PIN))).toBe('open');
});

test('a leader calls the roll, notes leave and signs everybody out where they lead, and nowhere else', async () => {
  await setCheapLeaderPin();
  const { token } = await openedBy(withPin(PIN));
  const call = (name: OperationName, input: object) => kiosk.dispatch(name, input, kiosk.callerOf(token));
  const people = { personIds: [CHEN] };
  const called = await call('rollCall.call', {
    gestureId: 'mine',
    activityId: EVENING,
    postId: WELDING,
    ...people,
  });
  expect(called).toMatchObject({ ok: true, result: { leftOut: [] } });
  const { visits } = await asStaff('attendance.list', { activityId: EVENING });
  expect(visits).toMatchObject([{ personId: CHEN, vouchedBy: '李明朗' }]);
  expect(await call('signOuts.all', { gestureId: 'all', activityId: EVENING })).toMatchObject({ ok: true });

  await asStaff('attendance.signIn', { gestureId: 'there', activityId: OTHER, personId: WANG });
  const foreign = { activityId: OTHER, personId: CHEN, reason: 'ill' };
  const refused = [
    await call('rollCall.list', { activityId: OTHER, postId: null }),
    await call('leaves.note', { gestureId: 'leave', ...foreign }),
    await call('leaves.withdraw', { gestureId: 'back', activityId: OTHER, personId: CHEN }),
    await call('signOuts.all', { gestureId: 'foreign', activityId: OTHER }),
  ];
  expect(refused.map((answer) => (answer.ok ? 'ok' : answer.refusal.code))).toEqual(
    Array(4).fill('not-leading'),
  );
  const staffsCall = await asStaff('rollCall.call', {
    gestureId: 'staff',
    activityId: OTHER,
    postId: null,
    personIds: [LI],
  });
  for (const name of ['rollCall.undo', 'signOuts.undo'] as const) {
    const undone = await call(name, { gestureId: name, visitIds: staffsCall.visitIds });
    expect(undone).toMatchObject({ ok: false, refusal: { code: 'not-leading' } });
  }
});
