import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { waitAfter } from '../domain/pin.ts';
import { Problem } from '../domain/problem.ts';
import { NO_TRIES, readPin, readTries, writePin, writeTries, type PinHash, type Tries } from './pin-file.ts';

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

/** How often a PIN may be tried that cannot be counted, as the disk takes nothing, in seconds. */
const UNCOUNTED_EVERY = 60;

/**
 * Guards the PIN: one try at a time, each counted on disk before it is looked at, so that neither a kill nor a
 * restart gives tries back. On a disk that takes nothing the office must still open, to say so: there one try a
 * minute is allowed. The files are read anew each time, so a reset from the command line holds at once.
 */
export class PinGuard {
  readonly #folder: string;
  readonly #clock: GuardClock;
  #turn: Promise<unknown> = Promise.resolve();
  /** When a PIN was last tried that could not be counted, by the machine's uptime. */
  #uncountedAt: number | undefined;

  constructor(dataFolder: string, clock: GuardClock) {
    this.#folder = dataFolder;
    this.#clock = clock;
  }

  /** Names the present PIN; undefined while there is none. @throws Problem `pin-file-damaged`. */
  version(): string | undefined {
    return readPin(this.#folder)?.salt;
  }

  /** Seconds until a PIN may be tried; 0 for now. @throws Problem `pin-file-damaged`. */
  waitSeconds(): number {
    return this.#waitLeft(readTries(this.#folder));
  }

  /** Tries a PIN. @throws Problem `pin-file-damaged`. */
  try(pin: string): Promise<Tried> {
    return this.#inTurn(async () => {
      const kept = readPin(this.#folder);
      if (!kept) return { outcome: 'no-pin' };
      const tries = readTries(this.#folder);
      const waitSeconds = this.#waitLeft(tries);
      if (waitSeconds > 0) return { outcome: 'waiting', waitSeconds };
      await this.#count(tries.failures + 1);
      const right = await matches(pin, kept);
      // Whoever reset or changed the PIN meanwhile has the last word.
      if (this.version() !== kept.salt) return { outcome: 'no-pin' };
      if (!right) return { outcome: 'wrong', waitSeconds: this.waitSeconds() };
      await this.#keepTries(NO_TRIES);
      return { outcome: 'right', version: kept.salt };
    });
  }

  /**
   * Sets a PIN and resolves with its version; undefined, and nothing changed, where `mayBeSet` says no.
   * @throws Problem `pin-file-damaged`, `pin-not-saved`.
   */
  set(pin: string, mayBeSet: (present: string | undefined) => boolean): Promise<string | undefined> {
    return this.#inTurn(async () => {
      if (!mayBeSet(this.version())) return undefined;
      const salt = randomBytes(16);
      const hash = await scryptOf(pin, salt, COST);
      if (!mayBeSet(this.version())) return undefined;
      const kept: PinHash = { salt: salt.toString('base64'), hash: hash.toString('base64'), ...COST };
      await writePin(this.#folder, kept);
      await this.#keepTries(NO_TRIES);
      return kept.salt;
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #count(failures: number): Promise<void> {
    const uptime = this.#clock.uptime();
    const counted = { failures, lastFailureAt: this.#clock.now(), lastFailureUptime: uptime };
    this.#uncountedAt = (await this.#keepTries(counted)) ? undefined : uptime;
  }

  /** False when the disk takes nothing. */
  async #keepTries(tries: Tries): Promise<boolean> {
    try {
      await writeTries(this.#folder, tries);
      return true;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return false;
    }
  }

  #waitLeft({ failures, lastFailureUptime }: Tries): number {
    const uncounted = this.#uncountedAt === undefined ? 0 : this.#left(UNCOUNTED_EVERY, this.#uncountedAt);
    const wait = waitAfter(failures);
    if (wait === 0 || lastFailureUptime === null) return uncounted;
    return Math.max(uncounted, this.#left(wait, lastFailureUptime));
  }

  #left(wait: number, since: number): number {
    const now = this.#clock.uptime();
    // Less than it was then: the machine was started anew, and at least that long has passed.
    const passed = now < since ? now : now - since;
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
