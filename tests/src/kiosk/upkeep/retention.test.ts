import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { CallInput, OperationName, Result } from '../../../../src/api/contract.ts';
import { openKiosk, type Kiosk } from '../../../../src/kiosk/open-kiosk.ts';
import { addMs } from '../../../../src/domain/time.ts';
import type { Clock } from '../../../../src/kiosk/clock.ts';
import { kioskClock, type KioskClock } from '../../../support/kiosk-clock.ts';
import { failing, WatchedFileSystem } from '../../../support/watched-file-system.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

let data: string;
let wrongBy: number;
let clock: KioskClock;
let kiosk: Kiosk;
let disk: WatchedFileSystem;
let faults: unknown[];

beforeEach(async () => {
  data = join(await tempFolder(), 'data');
  wrongBy = 0;
  clock = kioskClock();
  disk = new WatchedFileSystem();
  faults = [];
  await open();
});

async function open(): Promise<void> {
  const wall: Clock = { ...clock, now: () => addMs(clock.now(), wrongBy) };
  kiosk = await openKiosk(data, { clock: wall, fs: disk, onFault: (error) => void faults.push(error) });
  const opened = kiosk;
  onTestFinished(() => opened.close());
}

async function call<Name extends OperationName>(name: Name, input: CallInput<Name>): Promise<Result<Name>> {
  const answer = await kiosk.dispatch(name, input, { role: 'admin' });
  if (!answer.ok) throw new Error(`${name}: ${answer.refusal.message.en}`);
  return answer.result as Result<Name>;
}

const gestureId = () => randomUUID();

/** Somebody who signs in now; the ids, and the time. */
async function signIn(): Promise<{ personId: string; activityId: string; visitId: string; at: string }> {
  const { personId } = await call('people.save', {
    gestureId: gestureId(),
    person: { name: '赵无忌', staffNo: 'S-70001' },
  });
  const { activityId } = await call('activities.save', {
    gestureId: gestureId(),
    activity: {
      title: { en: 'Evening', zh: '活动' },
      place: { en: 'Hall', zh: '车间' },
      schedule: { kind: 'daily', start: '18:00', end: '20:00' },
      posts: [],
    },
  });
  const { visitId } = await call('attendance.signIn', { gestureId: gestureId(), activityId, personId });
  return { personId, activityId, visitId, at: kiosk.state.visits.get(visitId)!.signedInAt };
}

function keepTimesFor(keepTimesDays: number | null): Promise<unknown> {
  return call('settings.save', { gestureId: gestureId(), settings: { keepTimesDays } });
}

const journal = () => readFile(join(data, 'store', 'journal-000000000001.jsonl'), 'utf8');

test('times go on the day they are too old, not before, and not before three in the morning', async () => {
  const { visitId, at } = await signIn();
  await keepTimesFor(2);
  const visit = () => kiosk.state.visits.get(visitId)!;
  clock.forward(2 * 24 * 3600);
  await kiosk.upkeep.tick();
  expect(visit().signedInAt).toBe(at);
  clock.forward(7 * 3600);
  await kiosk.upkeep.tick();
  expect(visit().timeDropped, 'at one in the morning').toBeUndefined();
  clock.forward(3 * 3600);
  await kiosk.upkeep.tick();
  expect(visit()).toMatchObject({ signedInAt: `${at.slice(0, 11)}00:00:00.000+08:00`, timeDropped: true });
  const signIns = (await journal()).split('\n').filter((line) => line.includes('visit-signed-in'));
  expect(signIns).toHaveLength(1);
  expect(signIns[0]).not.toContain(at);
  const { ended } = await call('upkeep.state', {});
  expect(ended).toMatchObject([{ kind: 'retention', state: 'done', problems: [] }]);
  await kiosk.upkeep.tick();
  expect((await call('upkeep.state', {})).ended).toHaveLength(1);
});

test('while people come nothing is written again; an hour after the last one it is', async () => {
  const { visitId, activityId } = await signIn();
  await keepTimesFor(2);
  clock.forward(4 * 24 * 3600);
  const { personId } = await call('people.save', { gestureId: gestureId(), person: { name: '钱多多' } });
  await call('attendance.signIn', { gestureId: gestureId(), activityId, personId });
  clock.forward(1800);
  await kiosk.upkeep.tick();
  expect(kiosk.state.visits.get(visitId)?.timeDropped, 'half an hour later').toBeUndefined();
  clock.forward(3600);
  await kiosk.upkeep.tick();
  expect(kiosk.state.visits.get(visitId)?.timeDropped).toBe(true);
});

test('without a number of days every time is kept', async () => {
  const { visitId, at } = await signIn();
  clock.forward(3000 * 24 * 3600);
  await kiosk.upkeep.tick();
  expect(kiosk.state.visits.get(visitId)?.signedInAt).toBe(at);
});

test('a clock that is ten years ahead drops nothing, until staff says that it is right', async () => {
  const { visitId, at } = await signIn();
  await keepTimesFor(2);
  clock.forward(12 * 3600);
  wrongBy = 3650 * 24 * 3600 * 1000;
  await keepTimesFor(3);
  await kiosk.upkeep.tick();
  expect(kiosk.state.visits.get(visitId)?.signedInAt).toBe(at);
  const [jump] = (await call('system.details', {})).clockJumps;
  expect(jump).toMatchObject({ byMs: wrongBy, after: expect.stringMatching(/^2036-/) as string });
  await call('system.correctClock', { gestureId: gestureId(), jumpId: jump!.jumpId, right: 'before' });
  await kiosk.upkeep.tick();
  expect(kiosk.state.visits.get(visitId)?.signedInAt).toBe(at);
});

test('a machine that starts with the wrong year drops nothing, until staff says that it is right', async () => {
  const { visitId, at } = await signIn();
  await keepTimesFor(2);
  await kiosk.close();
  wrongBy = 3650 * 24 * 3600 * 1000;
  await open();
  await kiosk.upkeep.tick();
  expect(kiosk.state.visits.get(visitId)?.signedInAt).toBe(at);
  const { clockJumps } = await call('system.details', {});
  expect(clockJumps).toMatchObject([{ byMs: null }]);
  const { jumpId } = clockJumps[0]!;
  await call('system.correctClock', { gestureId: gestureId(), jumpId, right: 'after' });
  clock.forward(12 * 3600);
  await kiosk.upkeep.tick();
  expect(kiosk.state.visits.get(visitId)?.timeDropped).toBe(true);
});

test('a disk that fails while the files are written loses nothing, and the next minute makes up for it', async () => {
  const { personId, visitId } = await signIn();
  disk.before = failing('makeFolder store.new');
  const { workId } = await call('upkeep.erase', { gestureId: gestureId(), personIds: [personId] });
  await expect
    .poll(async () => (await call('upkeep.state', {})).ended[0])
    .toMatchObject({ workId, state: 'failed' });
  expect(faults).toHaveLength(1);
  expect(await journal()).toContain('赵无忌');
  await kiosk.close();
  await open();
  await kiosk.upkeep.tick();
  expect((await call('upkeep.state', {})).ended).toMatchObject([{ kind: 'erase', state: 'done' }]);
  expect(await journal()).not.toContain('赵无忌');
  expect(kiosk.state.visits.get(visitId)).toMatchObject({ personId });
  await kiosk.upkeep.tick();
  expect((await call('upkeep.state', {})).ended).toHaveLength(1);
});
