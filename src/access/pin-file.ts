import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../domain/problem.ts';
import { writeWhole } from '../files/write-whole.ts';

/*
 * Two files beside the store: one holds the PIN and is written only where it is set or reset, the other counts the
 * wrong tries. So a try that is under way can never bring back a PIN that was reset meanwhile.
 */

/** The PIN as it is kept: never itself, only its scrypt hash. */
export interface PinHash {
  /** Both base64. */
  salt: string;
  hash: string;
  /** scrypt's cost, block size and parallelism. */
  n: number;
  r: number;
  p: number;
}

/** Wrong PINs since the last right one. */
export interface Tries {
  failures: number;
  /** When the last of them was: ISO 8601, for people; in seconds since the machine was started, for the wait. */
  lastFailureAt: string | null;
  lastFailureUptime: number | null;
}

/** No wrong PIN so far. */
export const NO_TRIES: Tries = { failures: 0, lastFailureAt: null, lastFailureUptime: null };

/** The PIN's file in a data folder. */
export function pinFile(dataFolder: string): string {
  return join(dataFolder, 'access.json');
}

/** The file of wrong tries in a data folder. */
export function triesFile(dataFolder: string): string {
  return join(dataFolder, 'access-tries.json');
}

/**
 * Reads the PIN; undefined where none was set.
 * @throws Problem `pin-file-damaged` when the file cannot be understood: a damaged one never opens the office.
 */
export function readPin(dataFolder: string): PinHash | undefined {
  const record = readRecord(pinFile(dataFolder)) as { pin?: PinHash | null } | undefined;
  if (record === undefined || record.pin === null) return undefined;
  if (!record.pin || !isHash(record.pin)) throw damaged();
  return record.pin;
}

/** Reads the wrong tries. @throws Problem `pin-file-damaged`. */
export function readTries(dataFolder: string): Tries {
  const tries = readRecord(triesFile(dataFolder)) as Tries | undefined;
  if (tries === undefined) return NO_TRIES;
  const { failures, lastFailureAt, lastFailureUptime } = tries;
  const isWhole =
    Number.isInteger(failures) &&
    (lastFailureAt === null || typeof lastFailureAt === 'string') &&
    (lastFailureUptime === null || typeof lastFailureUptime === 'number');
  if (!isWhole) throw damaged();
  return tries;
}

/** Keeps a PIN, or none; on disk when this resolves. @throws Problem `pin-not-saved`. */
export async function writePin(dataFolder: string, pin: PinHash | null): Promise<void> {
  await save(pinFile(dataFolder), { pin });
}

/** Keeps the wrong tries; on disk when this resolves. @throws Problem `pin-not-saved`. */
export async function writeTries(dataFolder: string, tries: Tries): Promise<void> {
  await save(triesFile(dataFolder), tries);
}

/** Removes the PIN: the next one who opens the office on this kiosk sets a new one. */
export async function resetPin(dataFolder: string): Promise<void> {
  await writePin(dataFolder, null);
  await writeTries(dataFolder, NO_TRIES);
}

/** The JSON object of a file; undefined where there is no file. */
function readRecord(file: string): object | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const record = JSON.parse(text) as { v?: unknown } | null;
    if (typeof record === 'object' && record?.v === 1) return record;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw damaged();
}

async function save(file: string, record: object): Promise<void> {
  try {
    await writeWhole(file, `${JSON.stringify({ v: 1, ...record })}\n`);
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause;
    throw new Problem(
      'pin-not-saved',
      {
        en: 'The kiosk’s disk does not take anything, so the PIN is as it was. Please free some space, or call whoever looks after this machine.',
        zh: '本机磁盘无法写入，密码未更改。请清理磁盘空间，或联系负责本机的人员。',
      },
      { cause },
    );
  }
}

function isHash({ salt, hash, n, r, p }: PinHash): boolean {
  return (
    [salt, hash].every((text) => typeof text === 'string') &&
    [n, r, p].every((number) => Number.isInteger(number))
  );
}

function damaged(): Problem {
  return new Problem('pin-file-damaged', {
    en: 'The file of the office’s PIN is damaged, so the office stays closed. On the kiosk’s machine, please run: muster pin reset',
    zh: '管理页面的密码文件已损坏，管理页面保持关闭。请在本机运行：muster pin reset',
  });
}
