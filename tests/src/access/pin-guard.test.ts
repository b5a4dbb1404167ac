import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pinFile, readPin, readTries, resetPin, triesFile } from '../../../src/access/pin-file.ts';
import { PinGuard, type Tried } from '../../../src/access/pin-guard.ts';
import { isoFromEpoch } from '../../../src/domain/time.ts';
import { mountSmallDisk } from '../../support/small-disk.ts';
import { setCheapPin } from '../../support/cheap-pin.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const PIN = '271828';
const WRONG = '314159';

/** A machine that has been on for an hour, its wall clock at six in the evening. */
class Machine {
  uptime = 3600;
  wall = Date.parse('2026-11-22T18:00:00.000+08:00');
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  forward(seconds: number): void {
    this.uptime += seconds;
    this.wall += seconds * 1000;
  }

  /** A guard as a new process makes it. */
  start(): PinGuard {
    return new PinGuard(this.folder, {
      now: () => isoFromEpoch(this.wall, '+08:00'),
      uptime: () => this.uptime,
    });
  }

  get failures(): number {
    return readTries(this.folder).failures;
  }
}

async function machineWithPin(): Promise<Machine> {
  const machine = new Machine(await tempFolder());
  await setCheapPin(machine.folder, PIN);
  return machine;
}

async function tryWrong(guard: PinGuard, times: number): Promise<Tried[]> {
  const tried: Tried[] = [];
  for (let n = 0; n < times; n++) tried.push(await guard.try(WRONG));
  return tried;
}

const wrong = (waitSeconds: number): Tried => ({ outcome: 'wrong', waitSeconds });
const waiting = (waitSeconds: number): Tried => ({ outcome: 'waiting', waitSeconds });

describe('the PIN', () => {
  test('default exit code: one that nobody has set opens nothing', async () => {
    const guard = new Machine(await tempFolder()).start();
    expect(guard.version()).toBeUndefined();
    for (const pin of ['', '0', '000000', '123456', 'admin']) {
      expect(await guard.try(pin)).toEqual({ outcome: 'no-pin' });
    }
  });

  test('spoofed or weak PIN: it is kept as a hash of full strength, for the owner of the folder only', async () => {
    const machine = new Machine(await tempFolder());
    const version = await machine.start().set(PIN, () => true);
    const file = pinFile(machine.folder);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toContain(PIN);
    expect(readPin(machine.folder)).toMatchObject({ salt: version, n: 131_072, r: 8, p: 1 });
    expect(await machine.start().try(PIN)).toEqual({ outcome: 'right', version });
  });

  test('is set by one of two who try at once', async () => {
    const guard = new Machine(await tempFolder()).start();
    const none = (present: string | undefined) => present === undefined;
    const [first, second] = await Promise.all([guard.set(PIN, none), guard.set(WRONG, none)]);
    expect([first, second]).toEqual([guard.version(), undefined]);
    expect(await guard.try(WRONG)).toMatchObject({ outcome: 'wrong' });
  });
});

describe('no limit on PIN tries: guessing', () => {
  test('costs 30 seconds from the fifth wrong one on, then double, at most 15 minutes', async () => {
    const machine = await machineWithPin();
    const guard = machine.start();
    const tried: Tried[] = [];
    for (let n = 0; n < 12; n++) {
      tried.push(...(await tryWrong(guard, 1)));
      machine.forward(guard.waitSeconds());
    }
    expect(tried).toEqual([0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900].map(wrong));
  });

  test('during the wait, even the right one is not looked at and no try is counted', async () => {
    const machine = await machineWithPin();
    const guard = machine.start();
    await tryWrong(guard, 5);
    machine.forward(29);
    expect(await guard.try(PIN)).toEqual(waiting(1));
    expect(await guard.try(WRONG)).toEqual(waiting(1));
    expect(machine.failures).toBe(5);
    machine.forward(1);
    expect(await guard.try(PIN)).toMatchObject({ outcome: 'right' });
  });

  test('ends with the right one: the count begins anew', async () => {
    const machine = await machineWithPin();
    const guard = machine.start();
    await tryWrong(guard, 4);
    expect(await guard.try(PIN)).toMatchObject({ outcome: 'right' });
    expect(machine.failures).toBe(0);
    expect(await tryWrong(guard, 4)).toEqual([0, 0, 0, 0].map(wrong));
  });

  test('from several screens at once is looked at one after the other, and each is counted', async () => {
    const guard = (await machineWithPin()).start();
    const pins = [WRONG, WRONG, WRONG, WRONG, WRONG, PIN, WRONG];
    const tried = await Promise.all(pins.map((pin) => guard.try(pin)));
    expect(tried).toEqual([...[0, 0, 0, 0, 30].map(wrong), waiting(30), waiting(30)]);
  });

  test('is counted on disk before the PIN is looked at, so a kill gives no try back', async () => {
    const machine = new Machine(await tempFolder());
    const guard = machine.start();
    await guard.set(PIN, () => true);
    const seen: number[] = [];
    let settled = false;
    const trying = guard.try(PIN).finally(() => (settled = true));
    while (!settled) {
      seen.push(machine.failures);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    // What a kill at that moment would have left behind.
    expect(seen).toContain(1);
    expect(await trying).toMatchObject({ outcome: 'right' });
    expect(machine.failures).toBe(0);
  });
});

describe('after a restart of the kiosk', () => {
  test('the wait goes on', async () => {
    const machine = await machineWithPin();
    await tryWrong(machine.start(), 5);
    machine.forward(10);
    expect(await machine.start().try(PIN)).toEqual(waiting(20));
    machine.forward(20);
    expect(await machine.start().try(PIN)).toMatchObject({ outcome: 'right' });
  });

  test('wrong ones before it count on', async () => {
    const machine = await machineWithPin();
    for (const seconds of [0, 0, 0, 0, 30]) {
      expect(await machine.start().try(WRONG)).toEqual(wrong(seconds));
    }
  });

  test.each([
    ['back a day', -86_400],
    ['forward a day', 86_400],
  ])('the wait goes on though somebody set the clock %s', async (_how, seconds) => {
    const machine = await machineWithPin();
    const running = machine.start();
    await tryWrong(running, 5);
    machine.forward(10);
    machine.wall += seconds * 1000;
    for (const guard of [running, machine.start()]) expect(await guard.try(PIN)).toEqual(waiting(20));
  });

  test('the wait goes on though the whole machine was started anew', async () => {
    const machine = await machineWithPin();
    await tryWrong(machine.start(), 5);
    machine.uptime = 12;
    expect(await machine.start().try(PIN)).toEqual(waiting(18));
    machine.forward(18);
    expect(await machine.start().try(PIN)).toMatchObject({ outcome: 'right' });
  });
});

describe('a file that is damaged', () => {
  test.each([
    ['empty', ''],
    ['cut off', '{"v":1,"pin":{"salt":"AAAA"'],
    ['null', 'null'],
    ['a list', '[]'],
    ['of another version', '{"v":2,"pin":null}'],
    ['without a PIN', '{"v":1}'],
    ['with half a hash', '{"v":1,"pin":{"salt":"AAAA"}}'],
  ])('%s: it opens nothing, sets nothing, and says what to do', async (_what, text) => {
    const machine = await machineWithPin();
    writeFileSync(pinFile(machine.folder), text);
    const guard = machine.start();
    const damaged = { code: 'pin-file-damaged', words: { en: expect.stringContaining('muster pin reset') } };
    await expect(guard.try(PIN)).rejects.toMatchObject(damaged);
    await expect(guard.set(WRONG, () => true)).rejects.toMatchObject(damaged);
    expect(readFileSync(pinFile(machine.folder), 'utf8')).toBe(text);
    await resetPin(machine.folder);
    expect(await guard.try(PIN)).toEqual({ outcome: 'no-pin' });
  });

  test('a hash that is no hash fits no PIN', async () => {
    const machine = await machineWithPin();
    const pin = readPin(machine.folder)!;
    for (const hash of ['', 'AAAA']) {
      writeFileSync(pinFile(machine.folder), JSON.stringify({ v: 1, pin: { ...pin, hash } }));
      expect(await machine.start().try(PIN)).toMatchObject({ outcome: 'wrong' });
    }
  });

  test('a count that is damaged gives no tries back', async () => {
    const machine = await machineWithPin();
    writeFileSync(triesFile(machine.folder), '{"v":1,"failures":"none"}');
    await expect(machine.start().try(PIN)).rejects.toMatchObject({ code: 'pin-file-damaged' });
  });
});

test('a reset in the middle of a try holds: the try does not bring the PIN back', async () => {
  const machine = new Machine(await tempFolder());
  const guard = machine.start();
  await guard.set(PIN, () => true);
  const trying = guard.try(PIN);
  await new Promise((resolve) => setTimeout(resolve, 60));
  await resetPin(machine.folder);
  expect(await trying).toEqual({ outcome: 'no-pin' });
  expect(guard.version()).toBeUndefined();
});

test('on a disk that takes nothing the right PIN opens, and one may be tried a minute', async ({ skip }) => {
  const machine = new Machine(await tempFolder());
  mountSmallDisk(machine.folder, skip);
  await setCheapPin(machine.folder, PIN);
  fillDisk(join(machine.folder, 'filler'));
  const guard = machine.start();
  expect(await guard.try(WRONG)).toEqual(wrong(60));
  expect(await guard.try(PIN)).toEqual(waiting(60));
  machine.forward(60);
  expect(await guard.try(PIN)).toMatchObject({ outcome: 'right' });
  await expect(guard.set(WRONG, () => true)).rejects.toMatchObject({ code: 'pin-not-saved' });
});

/** Writes until nothing more fits. */
function fillDisk(file: string): void {
  for (let size = 65_536; size >= 1; size = Math.floor(size / 2)) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
}
