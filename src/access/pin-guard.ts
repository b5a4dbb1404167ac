import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { waitAfter } from '../domain/pin.ts';
import { pinFile, readPinRecord, writePinRecord, type PinHash, type PinRecord } from './pin-file.ts';

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

/** Two clocks: the wall's for the file, one that only runs forward for the wait. */
export interface GuardClock {
  now(): string;
  /** Milliseconds. */
  monotonic(): number;
}

/**
 * Guards the PIN: one try at a time, each counted on disk before it is looked at, so that neither a kill nor a
 * restart gives tries back. The file is read anew each time, so a reset from the command line holds at once.
 */
export class PinGuard {
  readonly #file: string;
  readonly #clock: GuardClock;
  /** The wait as this process knows it, by the clock that nobody can set. */
  #waitUntil: number | undefined;
  #waitFor: PinRecord['lastFailureAt'] = null;
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
      const counted = { ...record, failures, lastFailureAt: this.#clock.now() };
      await writePinRecord(this.#file, counted);
      if (!(await matches(pin, record.pin))) {
        return { outcome: 'wrong', waitSeconds: this.#waitLeft(counted) };
      }
      await writePinRecord(this.#file, { ...record, failures: 0, lastFailureAt: null });
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
      await writePinRecord(this.#file, { v: 1, pin: kept, failures: 0, lastFailureAt: null });
      return kept.salt;
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** After a restart, or for a count made elsewhere, the wall clock says how much is left: never more than the whole. */
  #waitLeft({ failures, lastFailureAt }: PinRecord): number {
    const wait = waitAfter(failures);
    if (wait === 0 || lastFailureAt === null) return 0;
    const now = this.#clock.monotonic();
    if (this.#waitFor !== lastFailureAt || this.#waitUntil === undefined) {
      const passed = (Date.parse(this.#clock.now()) - Date.parse(lastFailureAt)) / 1000;
      this.#waitFor = lastFailureAt;
      this.#waitUntil = now + (passed < 0 ? wait : Math.max(0, wait - passed)) * 1000;
    }
    return Math.max(0, Math.ceil((this.#waitUntil - now) / 1000));
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
