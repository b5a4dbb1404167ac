import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { waitAfter } from '../domain/pin.ts';
import {
  NO_FAILURES,
  pinFile,
  readPinRecord,
  writePinRecord,
  type PinHash,
  type PinRecord,
} from './pin-file.ts';

/** OWASP's minimum for scrypt: 128 MiB and about 0.3 s a try. */
const COST = { n: 2 ** 17, r: 8, p: 1 };
/** Node refuses this cost with its own limit of 32 MiB. */
const MEMORY = 256 * 1024 * 1024;

/** What became of a try. `version` names the PIN that was right: it changes with the PIN. */
export type Tried =
  | { outcome: 'right'; version: string }
  | { outcome: 'wrong'; waitSeconds: number }
  | { outcome: 'waiting'; waitSeconds: number }
  | { outcome: 'no-pin' };

/** Two clocks: the wall's for people, the machine's own for the wait, as nobody can set it. */
export interface GuardClock {
  now(): string;
  /** Seconds since the machine was started. */
  uptime(): number;
}

/**
 * Guards the PIN: one try at a time, each counted on disk before it is looked at, so that neither a kill nor a
 * restart gives tries back. The file is read anew each time, so a reset from the command line holds at once.
 */
export class PinGuard {
  readonly #file: string;
  readonly #clock: GuardClock;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(dataFolder: string, clock: GuardClock) {
    this.#file = pinFile(dataFolder);
    this.#clock = clock;
  }

  /** Names the present PIN; undefined while there is none. @throws Problem `pin-file-damaged`. */
  version(): string | undefined {
    return readPinRecord(this.#file).pin?.salt;
  }

  /** Seconds until a PIN may be tried; 0 for now. */
  waitSeconds(): number {
    return this.#waitLeft(readPinRecord(this.#file));
  }

  /** Tries a PIN. */
  try(pin: string): Promise<Tried> {
    return this.#inTurn(async () => {
      const record = readPinRecord(this.#file);
      if (!record.pin) return { outcome: 'no-pin' };
      const waitSeconds = this.#waitLeft(record);
      if (waitSeconds > 0) return { outcome: 'waiting', waitSeconds };
      const failures = record.failures + 1;
      const counted = {
        ...record,
        failures,
        lastFailureAt: this.#clock.now(),
        lastFailureUptime: this.#clock.uptime(),
      };
      await writePinRecord(this.#file, counted);
      if (!(await matches(pin, record.pin))) {
        return { outcome: 'wrong', waitSeconds: this.#waitLeft(counted) };
      }
      await writePinRecord(this.#file, { ...NO_FAILURES, pin: record.pin });
      return { outcome: 'right', version: record.pin.salt };
    });
  }

  /** Sets a PIN and resolves with its version; undefined, and nothing changed, where `mayBeSet` says no. */
  set(pin: string, mayBeSet: (present: string | undefined) => boolean): Promise<string | undefined> {
    return this.#inTurn(async () => {
      if (!mayBeSet(this.version())) return undefined;
      const salt = randomBytes(16);
      const hash = await scryptOf(pin, salt, COST);
      const kept: PinHash = { salt: salt.toString('base64'), hash: hash.toString('base64'), ...COST };
      await writePinRecord(this.#file, { ...NO_FAILURES, pin: kept });
      return kept.salt;
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  #waitLeft({ failures, lastFailureUptime }: PinRecord): number {
    const wait = waitAfter(failures);
    if (wait === 0 || lastFailureUptime === null) return 0;
    const now = this.#clock.uptime();
    // Less than it was then: the machine was started anew, and at least that long has passed.
    const passed = now < lastFailureUptime ? now : now - lastFailureUptime;
    return Math.max(0, Math.ceil(wait - passed));
  }
}

async function matches(pin: string, { salt, hash, n, r, p }: PinHash): Promise<boolean> {
  const kept = Buffer.from(hash, 'base64');
  const tried = await scryptOf(pin, Buffer.from(salt, 'base64'), { n, r, p });
  return kept.length === tried.length && timingSafeEqual(kept, tried);
}

function scryptOf(pin: string, salt: Buffer, { n, r, p }: typeof COST): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, 32, { N: n, r, p, maxmem: MEMORY }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
