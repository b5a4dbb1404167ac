import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { pinFile, resetPin } from '../../../src/access/pin-file.ts';
import { contract, type OperationName } from '../../../src/api/contract.ts';
import { roleAllows } from '../../../src/domain/role.ts';
import { openKiosk } from '../../../src/kiosk/open-kiosk.ts';
import { serveKiosk } from '../../../src/server/serve-kiosk.ts';
import { setCheapPin } from '../../support/cheap-pin.ts';
import { kioskClock } from '../../support/kiosk-clock.ts';
import { callOver, openOffice, PIN, resultIn, sendTo } from '../../support/office.ts';
import { prepareEvening, serveTestKiosk, writeRenderer } from '../../support/served-kiosk.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const WRONG = '314159';
const STAFF_ONLY = (Object.keys(contract) as OperationName[]).filter(
  (operation) => !roleAllows('screen', contract[operation].role),
);

/** By hand: whoever gives a screen more must say so here. */
const SCREENS_MAY = [
  'access.lock',
  'access.setPin',
  'access.state',
  'access.stay',
  'access.unlock',
  'access.unlockLeader',
  'activities.get',
  'activities.list',
  'attendance.changePost',
  'attendance.counts',
  'attendance.list',
  'attendance.signIn',
  'attendance.undo',
  'badges.read',
  'board.view',
  'evidence.add',
  'guests.signIn',
  'people.filters',
  'people.find',
  'photos.list',
  'photos.putBack',
  'photos.takeDown',
  'settings.get',
  'shows.list',
  'shows.view',
  'signOuts.one',
  'signOuts.stay',
  'signOuts.undo',
  'slogans.list',
  'system.health',
  'wall.view',
];

test('what a screen may call is this list and nothing else', () => {
  const open = (Object.keys(contract) as OperationName[]).filter((name) => !STAFF_ONLY.includes(name));
  expect(open.sort()).toEqual(SCREENS_MAY);
});

test('a screen that lists the visits learns no reason of staff', async () => {
  const served = await serveTestKiosk();
  const { activityId, wang, li } = await prepareEvening(served);
  const signedIn = await served.asStaff('attendance.signIn', {
    gestureId: randomUUID(),
    activityId,
    personId: li,
    reason: 'a private one',
  });
  await served.asStaff('attendance.void', {
    gestureId: randomUUID(),
    visitId: signedIn.visitId,
    reason: 'went to hospital',
  });
  await served.asStaff('attendance.add', {
    gestureId: randomUUID(),
    activityId,
    personId: wang,
    reason: 'came by the back door',
  });
  const { text } = await callOver(served.address, 'attendance.list', { activityId });
  expect(text).toContain('王建国');
  expect(text).not.toMatch(/private|hospital|back door|enteredAt|voidReason/);
});

describe('secret link: without the PIN', () => {
  test.each([
    ['no token', undefined],
    ['a guessed token', 'A'.repeat(43)],
    ['the PIN itself as a token', PIN],
  ])('every operation of the office is refused with %s', async (_what, token) => {
    const served = await serveTestKiosk();
    await openOffice(served);
    const replies: Record<string, unknown> = {};
    for (const operation of STAFF_ONLY) {
      const { status, refusal } = await callOver(served.address, operation, {}, token);
      replies[operation] = [status, refusal?.code];
    }
    expect(replies).toEqual(
      Object.fromEntries(STAFF_ONLY.map((operation) => [operation, [401, 'role-missing']])),
    );
    expect(served.kiosk.state.lastSeq).toBe(0);
  });

  test('a token is one in the header only: not in the query, not in a cookie, not with Basic', async () => {
    const served = await serveTestKiosk();
    const { token } = await openOffice(served);
    const call = (query: string, headers: Record<string, string>) =>
      fetch(`${served.address}/api/system.details${query}`, { method: 'POST', body: '{}', headers });
    expect((await call('', { authorization: `Bearer ${token}` })).status).toBe(200);
    expect((await call(`?token=${token}`, {})).status).toBe(401);
    expect((await call('', { cookie: `token=${token}` })).status).toBe(401);
    expect((await call('', { authorization: `Basic ${token}` })).status).toBe(401);
    expect((await call('', { authorization: `Bearer ${token} x` })).status).toBe(401);
  });
});

describe('the first PIN', () => {
  test('default exit code: there is none; it is set once, opens the office, and a second one is refused', async () => {
    const { address } = await serveTestKiosk();
    expect(resultIn(await callOver(address, 'access.state', {}))).toEqual({
      pinSet: false,
      waitSeconds: 0,
      open: false,
    });
    const unlocked = await callOver(address, 'access.unlock', { pin: '000000' });
    expect(unlocked.refusal).toMatchObject({ code: 'pin-missing' });
    const { token } = resultIn(await callOver(address, 'access.setPin', { pin: PIN })) as { token: string };
    expect((await callOver(address, 'system.details', {}, token)).status).toBe(200);
    expect((await callOver(address, 'access.setPin', { pin: WRONG })).refusal).toMatchObject({
      code: 'pin-set',
    });
    expect(resultIn(await callOver(address, 'access.state', {}))).toEqual({
      pinSet: true,
      waitSeconds: 0,
      open: false,
    });
  });

  test.each(['', '12345', '000000', '123456', '1'.repeat(64), 'abcdef'])(
    'spoofed or weak PIN: never %j',
    async (pin) => {
      const { address, dataFolder } = await serveTestKiosk();
      expect((await callOver(address, 'access.setPin', { pin })).refusal).toMatchObject({ code: 'pin-weak' });
      expect(readdirSync(dataFolder)).not.toContain('access.json');
    },
  );
});

describe('kiosk left open: an open office is closed', () => {
  async function opened() {
    const served = await serveTestKiosk();
    const office = await openOffice(served);
    const status = async (token = office.token) =>
      (await callOver(served.address, 'system.details', {}, token)).status;
    expect(await status()).toBe(200);
    return { ...served, office, status };
  }

  test('when nobody has used it for ten minutes', async () => {
    const { clock, office, status } = await opened();
    clock.forward(10 * 60);
    expect(await status()).toBe(200);
    await office.call('access.stay', {});
    clock.forward(10 * 60);
    expect(await status()).toBe(200);
    clock.forward(1);
    expect(await status()).toBe(401);
  });

  test('when somebody locks it', async () => {
    const { office, status } = await opened();
    await office.call('access.lock', {});
    expect(await status()).toBe(401);
  });

  test('when the PIN was changed: only who changed it stays', async () => {
    const { address, office, status } = await opened();
    const weak = await callOver(address, 'access.changePin', { current: PIN, pin: '111111' }, office.token);
    expect(weak.refusal).toMatchObject({ code: 'pin-weak' });
    const wrong = await callOver(
      address,
      'access.changePin',
      { current: WRONG, pin: '161803' },
      office.token,
    );
    expect(wrong.refusal).toMatchObject({ code: 'pin-wrong' });
    const { token } = await office.call('access.changePin', { current: PIN, pin: '161803' });
    expect([await status(), await status(token)]).toEqual([401, 200]);
    expect((await callOver(address, 'access.unlock', { pin: PIN })).refusal).toMatchObject({
      code: 'pin-wrong',
    });
    resultIn(await callOver(address, 'access.unlock', { pin: '161803' }));
  });

  test('when the PIN is reset at the command line, at once, while the kiosk runs', async () => {
    const { address, dataFolder, office, status } = await opened();
    expect(await office.call('access.state', {})).toMatchObject({ pinSet: true, open: true });
    await resetPin(dataFolder);
    expect(await status()).toBe(401);
    const state = await callOver(address, 'access.state', {}, office.token);
    expect(resultIn(state)).toMatchObject({ pinSet: false, open: false });
  });

  test('when the kiosk was restarted', async () => {
    const dataFolder = await tempFolder();
    await setCheapPin(dataFolder, PIN);
    const first = await openKiosk(dataFolder);
    const answer = await first.dispatch('access.unlock', { pin: PIN }, { role: 'screen' });
    const { token } = (answer as { result: { token: string } }).result;
    expect(first.callerOf(token)).toEqual({ role: 'admin', token });
    await first.close();
    const second = await openKiosk(dataFolder);
    onTestFinished(() => second.close());
    expect(second.callerOf(token)).toEqual({ role: 'screen' });
  });
});

describe('no limit on PIN tries: guessing at the screen', () => {
  test('is answered with the seconds to wait, in words and as a number', async () => {
    const { address, dataFolder, clock } = await serveTestKiosk();
    await setCheapPin(dataFolder, PIN);
    const unlock = async (pin: string) => (await callOver(address, 'access.unlock', { pin })).refusal;
    for (const seconds of [0, 0, 0, 0, 30]) {
      expect(await unlock(WRONG)).toMatchObject({ code: 'pin-wrong', seconds });
    }
    expect(await unlock(PIN)).toMatchObject({
      code: 'pin-locked',
      seconds: 30,
      message: { en: expect.stringContaining('30 s'), zh: expect.stringContaining('30 秒') },
    });
    expect(resultIn(await callOver(address, 'access.state', {}))).toEqual({
      pinSet: true,
      waitSeconds: 30,
      open: false,
    });
    clock.forward(30);
    expect(await unlock(PIN)).toBeUndefined();
  });

  test('never keeps anybody from signing in: no sign-in waits for the PINs before it', async () => {
    const served = await serveTestKiosk();
    const { address } = served;
    const evening = await prepareEvening(served);
    resultIn(await callOver(address, 'access.setPin', { pin: PIN }));
    const order: string[] = [];
    const guesses = Array.from({ length: 3 }, async () => {
      const { refusal } = await callOver(address, 'access.unlock', { pin: WRONG });
      order.push(refusal!.code);
    });
    const people = [evening.wang, evening.li, evening.chenOfWelding, evening.chenOfTruss];
    for (const personId of people) {
      const { activityId } = evening;
      resultIn(
        await callOver(address, 'attendance.signIn', { gestureId: randomUUID(), activityId, personId }),
      );
      order.push('signed in');
    }
    await Promise.all(guesses);
    // One after the other, the sign-ins were all through before the PINs, asked first, were.
    expect(order.at(-1)).toBe('pin-wrong');
    expect(order.filter((what) => what === 'signed in')).toHaveLength(4);
    expect(order.indexOf('pin-wrong')).toBeGreaterThan(0);
    expect(served.kiosk.state.visits.size).toBe(4);
  });
});

test('spoofed or weak PIN: it is in no file of the kiosk, no answer and no report of a fault', async () => {
  const dataFolder = join(await tempFolder(), 'data');
  const faults: unknown[] = [];
  const clock = kioskClock();
  const kiosk = await openKiosk(dataFolder, { clock, onFault: (error) => faults.push(error) });
  onTestFinished(() => kiosk.close());
  const { address, close } = await serveKiosk(kiosk, 0, writeRenderer(await tempFolder()));
  onTestFinished(close);
  const said: string[] = [];
  const call = async (operation: string, input: unknown, token?: string) => {
    const reply = await callOver(address, operation, input, token);
    said.push(reply.text);
    return reply;
  };
  await setCheapPin(dataFolder, PIN);
  const { token } = resultIn(await call('access.unlock', { pin: PIN })) as { token: string };
  await call('access.unlock', { pin: `${PIN}9` });
  await call('access.unlock', { pin: Number(PIN) });
  await call('access.unlock', { pin: PIN, again: PIN });
  await call('access.unlock', { pin: [PIN] });
  await call('access.changePin', { current: PIN, pin: `${PIN}${PIN}` }, token);
  await call('activities.list', {});
  expect(statSync(pinFile(dataFolder)).mode & 0o777).toBe(0o600);
  for (const file of filesBelow(dataFolder)) expect(readFileSync(file, 'latin1'), file).not.toContain(PIN);
  writeFileSync(pinFile(dataFolder), '{');
  await call('access.unlock', { pin: PIN });
  await call('access.setPin', { pin: PIN });
  expect(said.join('\n')).not.toContain(PIN);
  expect(faults.length).toBeGreaterThan(0);
  for (const fault of faults) expect(`${String(fault)} ${JSON.stringify(fault)}`).not.toContain(PIN);
});

test('a damaged PIN file closes the office, says so, and leaves the gate alone', async () => {
  const dataFolder = join(await tempFolder(), 'data');
  const faults: unknown[] = [];
  const kiosk = await openKiosk(dataFolder, {
    clock: kioskClock(),
    onFault: (error) => faults.push(error),
  });
  onTestFinished(() => kiosk.close());
  const { address, close } = await serveKiosk(kiosk, 0, writeRenderer(await tempFolder()));
  onTestFinished(close);
  await setCheapPin(dataFolder, PIN);
  const unlocked = await callOver(address, 'access.unlock', { pin: PIN });
  const { token } = resultIn(unlocked) as { token: string };
  writeFileSync(pinFile(dataFolder), '{"v":1');
  expect((await callOver(address, 'system.details', {}, token)).status).toBe(401);
  for (const [operation, input] of [
    ['access.state', {}],
    ['access.unlock', { pin: PIN }],
    ['access.setPin', { pin: PIN }],
  ] as const) {
    const { status, refusal } = await callOver(address, operation, input);
    expect([operation, status, refusal?.code]).toEqual([operation, 500, 'pin-file-damaged']);
  }
  expect((await callOver(address, 'activities.list', {}, token)).status).toBe(200);
  expect((await sendTo(address, '/uploads/people', 'x', token)).refusal).toMatchObject({
    code: 'role-missing',
  });
  expect(faults).not.toEqual([]);
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'lock')
    .map((entry) => join(entry.parentPath, entry.name));
}
