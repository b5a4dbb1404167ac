import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../domain/problem.ts';
import { writeWhole } from '../files/write-whole.ts';

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

/** What the file holds. It lies beside the store, not in it: a journal would keep old hashes for ever. */
export interface PinRecord {
  v: 1;
  pin: PinHash | null;
  /** Wrong PINs since the last right one. */
  failures: number;
  /** When the last of them was: ISO 8601, for people; in seconds since the machine was started, for the wait. */
  lastFailureAt: string | null;
  lastFailureUptime: number | null;
}

/** A record without wrong PINs, and without a PIN. */
export const NO_FAILURES: PinRecord = {
  v: 1,
  pin: null,
  failures: 0,
  lastFailureAt: null,
  lastFailureUptime: null,
};

/** The PIN's file in a data folder. */
export function pinFile(dataFolder: string): string {
  return join(dataFolder, 'access.json');
}

/**
 * Reads the PIN's file; a missing one means that no PIN was set.
 * @throws Problem `pin-file-damaged` when it cannot be understood: a damaged file never opens the office.
 */
export function readPinRecord(file: string): PinRecord {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NO_FAILURES;
    throw error;
  }
  try {
    const record = JSON.parse(text) as PinRecord;
    if (isRecord(record)) return record;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new Problem('pin-file-damaged', {
    en: `The file of the office's PIN (${file}) is damaged, so the office stays closed. On the kiosk's machine, please run: muster pin reset`,
    zh: `办公页面的密码文件（${file}）已损坏，办公页面保持关闭。请在本机运行：muster pin reset`,
  });
}

/** Writes the file whole: its bytes are on disk when this resolves. */
export async function writePinRecord(file: string, record: PinRecord): Promise<void> {
  await writeWhole(file, `${JSON.stringify(record)}\n`);
}

/** Removes the PIN: the next one who opens the office on this kiosk sets a new one. */
export async function resetPin(dataFolder: string): Promise<void> {
  await writePinRecord(pinFile(dataFolder), NO_FAILURES);
}

function isRecord(record: PinRecord | null): record is PinRecord {
  if (record === null || typeof record !== 'object' || record.v !== 1) return false;
  const { pin, failures, lastFailureAt, lastFailureUptime } = record;
  const pinIsWhole =
    pin === null ||
    (typeof pin === 'object' &&
      [pin.salt, pin.hash].every((text) => typeof text === 'string') &&
      [pin.n, pin.r, pin.p].every((number) => Number.isInteger(number)));
  return (
    pinIsWhole &&
    Number.isInteger(failures) &&
    (lastFailureAt === null || typeof lastFailureAt === 'string') &&
    (lastFailureUptime === null || typeof lastFailureUptime === 'number')
  );
}
