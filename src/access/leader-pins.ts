import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../domain/problem.ts';
import { PinGuard, type GuardClock, type Tried } from './pin-guard.ts';

/** The leaders' own PINs: for each a folder with the files of a PIN, its own wrong tries and its own wait. */
export interface LeaderPins {
  /** Names the present PIN of a leader; undefined without one. @throws Problem `leader-pin-damaged`. */
  version(personId: string): string | undefined;
  /** Tries a leader's PIN. @throws Problem `leader-pin-damaged`. */
  try(personId: string, pin: string): Promise<Tried>;
  /** Sets a leader's PIN, in place of a damaged one, too. @throws Problem `pin-not-saved`. */
  set(personId: string, pin: string): Promise<void>;
  /** Takes a leader's PIN away; a damaged one, too. @throws Problem `pin-not-saved`. */
  remove(personId: string): Promise<void>;
  /** Who has a PIN, by personId. */
  all(): string[];
  /** Takes the PINs of everybody else away, as of those who were removed or erased. */
  keepOnly(isKept: (personId: string) => boolean): Promise<void>;
}

/** The folder of the leaders' PINs in a data folder. */
export function leadersFolder(dataFolder: string): string {
  return join(dataFolder, 'leaders');
}

/** The leaders' PINs of a data folder. One try at a time, whoever's it is: each costs 128 MiB. */
export function openLeaderPins(dataFolder: string, clock: GuardClock): LeaderPins {
  const guards = new Map<string, PinGuard>();
  let turn: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  }

  const folderOf = (personId: string) => join(leadersFolder(dataFolder), personId);

  function guardOf(personId: string): PinGuard {
    const guard = guards.get(personId) ?? new PinGuard(folderOf(personId), clock);
    guards.set(personId, guard);
    return guard;
  }

  function all(): string[] {
    if (!existsSync(leadersFolder(dataFolder))) return [];
    const entries = readdirSync(leadersFolder(dataFolder), { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  }

  async function set(personId: string, pin: string): Promise<void> {
    const guard = guardOf(personId);
    try {
      guard.version();
    } catch (error) {
      if (!isDamage(error)) throw error;
      await remove(personId);
    }
    try {
      mkdirSync(folderOf(personId), { recursive: true, mode: 0o700 });
    } catch (cause) {
      throw notSaved(cause);
    }
    await guard.set(pin, () => true);
  }

  async function remove(personId: string): Promise<void> {
    guards.delete(personId);
    try {
      await rm(folderOf(personId), { recursive: true, force: true });
    } catch (cause) {
      throw notSaved(cause);
    }
  }

  return {
    version(personId) {
      try {
        return guardOf(personId).version();
      } catch (error) {
        throw leadersOwn(error);
      }
    },
    try: (personId, pin) =>
      inTurn(() =>
        guardOf(personId)
          .try(pin)
          .catch((error: unknown) => {
            throw leadersOwn(error);
          }),
      ),
    set: (personId, pin) => inTurn(() => set(personId, pin)),
    remove: (personId) => inTurn(() => remove(personId)),
    all,
    keepOnly: (isKept) =>
      inTurn(async () => {
        for (const personId of all()) if (!isKept(personId)) await remove(personId);
      }),
  };
}

function isDamage(error: unknown): error is Problem {
  return error instanceof Problem && error.code === 'pin-file-damaged';
}

/** What is wrong with the file, in a leader's words: the office's say how the office is opened again. */
function leadersOwn(error: unknown): unknown {
  if (!isDamage(error)) return error;
  return new Problem(
    'leader-pin-damaged',
    {
      en: 'The file of this leader’s PIN is damaged. Please set a new PIN for them in the office, under People.',
      zh: '该班组长的密码文件已损坏。请在管理页面“人员”中为其重新设置密码。',
    },
    { cause: error },
  );
}

function notSaved(cause: unknown): Problem {
  return new Problem(
    'pin-not-saved',
    {
      en: 'The kiosk’s disk does not take anything, so the leader’s PIN is as it was. Please free some space, or call whoever looks after this machine.',
      zh: '本机磁盘无法写入，班组长的密码未更改。请清理磁盘空间，或联系负责本机的人员。',
    },
    { cause },
  );
}
