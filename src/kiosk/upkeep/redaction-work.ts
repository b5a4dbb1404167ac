import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bilingual } from '../../domain/bilingual.ts';
import type { State } from '../../domain/state.ts';
import { isThere } from '../../files/is-there.ts';
import { writeWhole } from '../../files/write-whole.ts';
import type { UpkeepParts } from './parts.ts';
import {
  backupsToRedact,
  redactBackups,
  redactEverywhere,
  redactionOf,
  type Redacted,
} from './redact-everywhere.ts';
import type { Ended, Telling, Works } from './works.ts';

/*
 * The event that says "erased" comes first, then every file is written again. A note beside the store says that this
 * is still to be done, so that a power cut in between leaves nothing behind for good.
 */
const TO_DO = 'redact.json';

/** What is still to be cleared from the files. */
interface ToDo {
  /** Visits before this local date keep no exact times. */
  timesBefore?: string;
}

/** Notes, before the event, that the files will have to be written again. */
export async function noteRedaction({ dataFolder }: UpkeepParts, toDo: ToDo): Promise<void> {
  const path = join(dataFolder, TO_DO);
  const left = (await isThere(path)) ? await readToDo(path) : {};
  await writeWhole(path, `${JSON.stringify({ ...left, ...toDo })}\n`);
}

/**
 * Takes the event that `record` asks for, then begins to write every file again.
 * @throws CallError `upkeep-busy`; what `record` throws: nothing is erased then.
 */
export async function beginRedaction(
  parts: UpkeepParts,
  works: Works,
  kind: 'erase' | 'retention',
  toDo: ToDo,
  record: () => Promise<unknown>,
): Promise<{ workId: string }> {
  works.requireIdle();
  await noteRedaction(parts, toDo);
  await record();
  const { workId, result } = works.start(kind, null, (telling) => redact(parts, telling));
  // Why it failed stands in the list of what has ended; the daily job tries again.
  result.catch(() => undefined);
  return { workId };
}

/** Was the kiosk cut off before every file was written again? */
export function isRedactionLeft({ dataFolder }: UpkeepParts): Promise<boolean> {
  return isThere(join(dataFolder, TO_DO));
}

/** Writes every file again, without what the events say is gone. */
export async function redact(parts: UpkeepParts, telling: Telling): Promise<Ended & Redacted> {
  const path = join(parts.dataFolder, TO_DO);
  const { timesBefore } = await readToDo(path);
  const redacted = await redactEverywhere(parts, timesBefore, telling.progress, telling.signal);
  await rm(path);
  for (const words of problemsOf(redacted)) telling.problem(words);
  return { ...redacted, words: wordsOf(redacted) };
}

async function readToDo(path: string): Promise<ToDo> {
  return JSON.parse(await readFile(path, 'utf8')) as ToDo;
}

/** Clears the backups that could not be reached when people were erased, as far as they are there now. */
export async function redactReachable(parts: UpkeepParts, telling: Telling): Promise<Ended & Redacted> {
  const { state } = parts.ledger;
  const paths = await reachable(state);
  const redaction = redactionOf(state, undefined);
  const redacted = await redactBackups(parts, paths, redaction, telling.progress, telling.signal);
  for (const words of problemsOf({ ...redacted, removed: [] })) telling.problem(words);
  return { ...redacted, removed: [], words: backupWords(redacted.backups.length) };
}

/** Is there a backup again that is still to be cleared? */
export async function isRedactionWanted({ ledger }: UpkeepParts): Promise<boolean> {
  return (await reachable(ledger.state)).length > 0;
}

async function reachable(state: State): Promise<string[]> {
  const paths: string[] = [];
  for (const path of await backupsToRedact(state)) if (await isThere(path)) paths.push(path);
  return paths;
}

function backupWords(count: number): Bilingual {
  return {
    en: `Backups that are there again and were cleared of people who had been erased: ${count}.`,
    zh: `已对恢复访问的 ${count} 份备份清除已删除的人员信息。`,
  };
}

function wordsOf({ backups, notReached }: Redacted): Bilingual {
  return {
    en: `Done: the store was written again. Backups written again: ${backups.length}.${notReached.length > 0 ? ` Not reached: ${notReached.length}; that is made up for when they are there again.` : ''}`,
    zh: `已完成：数据存储已重写，重写备份 ${backups.length} 份。${notReached.length > 0 ? `有 ${notReached.length} 份备份暂时无法访问，恢复访问后将自动处理。` : ''}`,
  };
}

function problemsOf({ notReached, removed }: Redacted): Bilingual[] {
  return [
    ...notReached.map((path) => ({
      en: `${path}: cannot be reached or read now and still holds what was erased.`,
      zh: `${path}：目前无法访问或读取，其中仍含有已删除的内容。`,
    })),
    ...removed.map((path) => ({
      en: `${path}: this kept store could not be read any more and was removed.`,
      zh: `${path}：保留的旧数据已无法读取，已移除。`,
    })),
  ];
}
