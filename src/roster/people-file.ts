import { Problem } from '../domain/problem.ts';
import { askedWorker } from '../processes/asked-worker.ts';
import type { StartWorker } from '../processes/worker.ts';
import { tooLarge, tooSlow, unreadable } from './people-file-problems.ts';
import { MAX_BYTES, type PeopleFile } from './people-file-rows.ts';
import type { PeopleFileReply, PeopleFileRequest } from './people-file-worker.ts';

export type { LeftOutRow, PeopleFile } from './people-file-rows.ts';

/** Longest time one file may take, in milliseconds; with the start of its process less than an upload waits. */
const TIME_LIMIT = 60_000;
/** A list of people is read long before; a tap at the gate comes before what takes longer. */
const LOWER_AFTER = 1000;

/**
 * Reads people from an Excel workbook or a CSV file, told apart by their bytes, in a process of its own.
 * @throws Problem when the file is refused as a whole, see people-file-problems.ts.
 */
export async function readPeopleFile(bytes: Uint8Array, startWorker: StartWorker): Promise<PeopleFile> {
  if (bytes.byteLength > MAX_BYTES) throw tooLarge(MAX_BYTES, false);
  const worker = askedWorker<PeopleFileRequest, PeopleFileReply>(startWorker('people-file'), TIME_LIMIT, {
    lowerAfter: LOWER_AFTER,
  });
  const asked = await worker.ask({ bytes });
  worker.end('done');
  if ('reply' in asked) {
    if (asked.reply.ok) return asked.reply.file;
    throw new Problem(asked.reply.code, asked.reply.words);
  }
  if (asked.ended === 'too-slow') throw tooSlow(TIME_LIMIT);
  throw unreadable({
    en: `it is damaged or asks for too much memory (${asked.how})`,
    zh: `它已损坏或占用内存过多（${asked.how}）`,
  });
}
