import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { refusalWords } from '../../api/refusal-words.ts';
import type { Bilingual } from '../../domain/bilingual.ts';
import { Problem } from '../../domain/problem.ts';
import { Refusal } from '../../domain/refusal.ts';
import { isThere } from '../../files/is-there.ts';
import { writeWhole } from '../../files/write-whole.ts';
import type { UpkeepParts } from './parts.ts';
import { askedSeq, erasedSeq } from './redact-due.ts';
import {
  dueBackups,
  isReachable,
  redactBackups,
  redactEverywhere,
  type Redacted,
} from './redact-everywhere.ts';
import type { Ended, Started, Telling, Works } from './works.ts';

/*
 * The event that says "erased" comes first, then every file is written again. A note beside the store says that this
 * is still to be done, so that a power cut in between leaves nothing behind for good. It says only since which event:
 * what is to be cleared is what the state says, so a note without such an event means nothing.
 */
const TO_DO = 'redact.json';

type ToDo = { since: number };

/** A redaction that has begun: `recorded` resolves once its event is on disk, or there was nothing to erase. */
export type Redacting = Started<Ended> & { recorded: Promise<void> };

/**
 * Takes the place of the one piece of long work, then the event that `record` asks for, then writes every file again:
 * no other work comes in between. `recorded` rejects with what `record` throws; nothing is erased then.
 * @throws CallError `upkeep-busy`: nothing is recorded then.
 */
export function startRedaction(
  parts: UpkeepParts,
  works: Works,
  { kind, allBackups }: { kind: 'erase' | 'retention'; allBackups: boolean },
  record: () => Promise<unknown>,
): Redacting {
  const recorded = Promise.withResolvers<void>();
  const { workId, result } = works.start(kind, null, async (telling) => {
    try {
      await recordNoted(parts, record);
    } catch (error) {
      recorded.reject(error);
      throw inWords(error);
    }
    recorded.resolve();
    return redact(parts, telling, allBackups);
  });
  // Why it failed stands in the list of what has ended; the daily job tries again.
  result.catch(recorded.reject);
  recorded.promise.catch(() => undefined);
  return { workId, result, recorded: recorded.promise };
}

/** Is anything left to do since the kiosk was cut off, or could not write every file again? */
export async function isRedactionLeft({ dataFolder, ledger }: UpkeepParts): Promise<boolean> {
  const path = join(dataFolder, TO_DO);
  if (!(await isThere(path))) return false;
  if (askedSeq(ledger.state) > (await readToDo(path)).since) return true;
  await rm(path);
  return false;
}

/** Writes every file again, without what the events say is gone. */
export async function redact(
  parts: UpkeepParts,
  telling: Telling,
  allBackups = false,
): Promise<Ended & Redacted> {
  const { ledger, dataFolder } = parts;
  const path = join(dataFolder, TO_DO);
  const { since } = await readToDo(path);
  const asked = askedSeq(ledger.state);
  if (asked <= since) {
    await rm(path);
    return { backups: [], notCleared: [], words: nothingToDo };
  }
  const erasing = erasedSeq(ledger.state) > since;
  const redacted = await redactEverywhere(parts, { erasing, allBackups: erasing || allBackups }, telling);
  if (askedSeq(ledger.state) === asked) await rm(path);
  return { ...redacted, words: wordsOf(redacted) };
}

/** Clears the backups that are due and can be reached. */
export async function redactReachable(
  parts: UpkeepParts,
  paths: readonly string[],
  telling: Telling,
): Promise<Ended & Redacted> {
  const redacted = await redactBackups(parts, paths, telling);
  return { ...redacted, words: backupWords(redacted.backups.length) };
}

/** The backups that are to be cleared and can be reached now: those that were away, and those whose times are due. */
export async function reachableBackups({ ledger, clock }: UpkeepParts): Promise<string[]> {
  const paths: string[] = [];
  for (const path of dueBackups(ledger.state, clock.now())) if (await isReachable(path)) paths.push(path);
  return paths;
}

/** Notes, before the event, that the files will have to be written again; takes that back where it is refused. */
async function recordNoted(
  { dataFolder, ledger }: UpkeepParts,
  record: () => Promise<unknown>,
): Promise<void> {
  const path = join(dataFolder, TO_DO);
  const isLeft = await isThere(path);
  if (!isLeft) await writeWhole(path, `${JSON.stringify({ since: ledger.state.lastSeq } satisfies ToDo)}\n`);
  try {
    await record();
  } catch (error) {
    if (!isLeft && error instanceof Refusal) await rm(path);
    throw error;
  }
}

/** One that does not say since when asks for everything. */
async function readToDo(path: string): Promise<ToDo> {
  const text = await readFile(path, 'utf8');
  const since = Number(/"since":\s*(\d+)/.exec(text)?.[1] ?? 0);
  return { since };
}

/** A "no" of the rules as the list of works tells it. */
function inWords(error: unknown): unknown {
  if (!(error instanceof Refusal)) return error;
  return new Problem(error.reason.code, refusalWords(error.reason), { cause: error });
}

const nothingToDo: Bilingual = {
  en: 'There was nothing to do: all of it was erased or dropped before.',
  zh: '无需处理：此前均已删除。',
};

function backupWords(count: number): Bilingual {
  return {
    en: `Backups that were written again without what had been erased or dropped: ${count}.`,
    zh: `已重写 ${count} 份备份，清除了已删除的内容。`,
  };
}

function wordsOf({ backups, notCleared }: Redacted): Bilingual {
  return {
    en: `Done: the store was written again. Backups written again: ${backups.length}.${notCleared.length > 0 ? ` Not written again: ${notCleared.length}; that is made up for when they can be reached.` : ''}`,
    zh: `已完成：数据存储已重写，重写备份 ${backups.length} 份。${notCleared.length > 0 ? `有 ${notCleared.length} 份备份未能重写，恢复访问后将自动处理。` : ''}`,
  };
}
