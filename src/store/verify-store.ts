import { join } from 'node:path';
import type { Bilingual } from '../domain/bilingual.ts';
import type { FileSystem } from './file-system.ts';
import { seqInName, type JournalRecord, type SegmentHeader } from './journal-format.ts';
import type { JournalPosition } from './journal-writer.ts';
import { CHAIN_START, decodeLine, linesOf } from './record.ts';
import { segmentsLost } from './recovery.ts';
import { readSnapshot } from './snapshot-file.ts';

/** What a check of every file of a store found. */
export interface StoreCheck {
  events: number;
  snapshots: number;
  /** What is wrong, in words; empty when all is well. */
  problems: Bilingual[];
}

/** Checks every line of every journal file and every snapshot. Changes nothing. */
export async function verifyStore(fs: FileSystem, folder: string): Promise<StoreCheck> {
  const check: StoreCheck = { events: 0, snapshots: 0, problems: [] };
  const names = (await fs.list(folder)).sort();
  let before: JournalPosition | undefined;
  for (const name of names) {
    if (seqInName(name, 'snapshot') !== undefined) {
      check.snapshots++;
      if (!readSnapshot(await fs.read(join(folder, name))))
        check.problems.push({ en: `${name}: its hash does not fit`, zh: `${name}：校验值不符` });
    } else if (seqInName(name, 'journal') !== undefined) {
      before = checkSegment(name, await fs.read(join(folder, name)), before, check);
    }
  }
  check.problems.push(
    ...segmentsLost(names).map((name) => ({ en: `${name}: it is missing`, zh: `${name}：文件缺失` })),
  );
  return check;
}

/** Checks one segment and that it follows the one before; where it ends, or undefined where it is broken. */
function checkSegment(
  name: string,
  bytes: Buffer,
  before: JournalPosition | undefined,
  check: StoreCheck,
): JournalPosition | undefined {
  let chain = CHAIN_START;
  let seq: number | undefined;
  let size = 0;
  for (const { line, start, end } of linesOf(bytes)) {
    const decoded = decodeLine(line, chain);
    if (!decoded) {
      check.problems.push({
        en: `${name}: the line at byte ${start} does not check`,
        zh: `${name}：第 ${start} 字节处的记录校验失败`,
      });
      return undefined;
    }
    const record = decoded.record as Partial<JournalRecord & SegmentHeader>;
    if (seq === undefined) {
      seq = (record.firstSeq ?? 1) - 1;
      if (before && (seq !== before.lastSeq || record.follows !== before.chain)) {
        check.problems.push({
          en: `${name}: it does not follow the journal file before it`,
          zh: `${name}：与前一个日志文件不衔接`,
        });
      }
    } else if (record.seq === seq + 1) {
      seq++;
      check.events++;
    } else {
      check.problems.push({
        en: `${name}: event ${seq + 1} is missing at byte ${start}`,
        zh: `${name}：第 ${start} 字节处缺少事件 ${seq + 1}`,
      });
      return undefined;
    }
    chain = decoded.chain;
    size = end;
  }
  if (size < bytes.length)
    check.problems.push({
      en: `${name}: ${bytes.length - size} bytes at the end are no whole line`,
      zh: `${name}：末尾 ${bytes.length - size} 字节不是完整的记录`,
    });
  return seq === undefined ? undefined : { lastSeq: seq, chain };
}
