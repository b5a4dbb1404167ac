import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { arrayBuffer } from 'node:stream/consumers';
import { createClient } from '../api/client.ts';
import type { PeopleImported } from '../api/people-api.ts';
import { rowWords } from '../api/row-words.ts';
import type { Bilingual } from '../domain/bilingual.ts';
import { startNodeWorker } from '../processes/node-worker.ts';
import { MAX_BYTES } from '../roster/people-file-rows.ts';
import { readPeopleFile } from '../roster/people-file.ts';
import { host } from './host.ts';
import { openRemote, withClient } from './kiosk-access.ts';
import { allowOnly, allowWords, ANYWHERE, required, type Options } from './options.ts';
import { say, type Outcome } from './output.ts';

/** What became of a people file, wherever it was read. */
interface Imported extends Pick<PeopleImported, 'added' | 'updated' | 'unchanged'> {
  readAs: string;
  /** Those that are listed; `leftOutCount` counts all. */
  leftOut: { line: number; reason: string; words: Bilingual }[];
  leftOutCount: number;
  notes: Bilingual[];
}

/**
 * `muster import people FILE`: .xlsx or .csv. Rows that cannot be taken are listed; the others are in. A kiosk at
 * an address reads the file itself.
 */
export async function importPeople(words: string[], options: Options): Promise<Outcome> {
  allowOnly(options, ANYWHERE);
  allowWords(words, 1);
  const file = required(words[0], 'FILE');
  const bytes = await readWhole(file);
  const { added, updated, unchanged, readAs, leftOut, leftOutCount, notes } =
    options.url === undefined
      ? await importHere(bytes, options)
      : await importThere(bytes, basename(file), options.url, options);
  const skipped = leftOut
    .map(({ line, reason, words }) => ({ file, line, reason, message: words }))
    .sort((a, b) => a.line - b.line);
  const counted = say({
    en: `People: ${added} added, ${updated} updated, ${unchanged} unchanged, ${leftOutCount} left out (read as ${readAs}).`,
    zh: `人员：新增 ${added}，更新 ${updated}，未变 ${unchanged}，略过 ${leftOutCount}（按 ${readAs} 读取）。`,
  });
  const listed = skipped.map(({ line, message }) => `  ${file}:${line}: ${say(message)}`);
  const more = leftOutCount - skipped.length;
  if (more > 0) listed.push(say({ en: `  and ${more} more`, zh: `  以及其他 ${more} 行` }));
  return {
    exitCode: 0,
    text: [counted, ...listed, ...notes.map(say)].join('\n'),
    json: { added, updated, unchanged, readAs, skipped, leftOut: leftOutCount, notes },
  };
}

async function importHere(bytes: Uint8Array, options: Options): Promise<Imported> {
  const file = await readPeopleFile(bytes, host.startWorker ?? startNodeWorker);
  const { rows, lines, encoding, leftOut, notes } = file;
  return withClient(options, async (client) => {
    const answer = await client.call('people.import', { gestureId: randomUUID(), rows });
    const { categories } = await client.call('settings.get', {});
    const skipped = answer.skipped.map(({ row, reason }) => ({
      line: lines[row]!,
      reason,
      words: rowWords(reason, rows[row]!, categories),
    }));
    const all = [...leftOut, ...skipped];
    return { ...answer, readAs: encoding ?? 'xlsx', leftOut: all, leftOutCount: all.length, notes };
  });
}

async function importThere(
  bytes: Uint8Array<ArrayBuffer>,
  fileName: string,
  url: string,
  options: Options,
): Promise<Imported> {
  const { transport, upload } = await openRemote(url, options);
  const client = createClient(transport);
  const { uploadId } = (await upload('/uploads/people', bytes, fileName)) as { uploadId: string };
  const { readAs, leftOut, leftOutCount, notes } = await client.call('people.previewUpload', { uploadId });
  const answer = await client.call('people.importUpload', { gestureId: randomUUID(), uploadId });
  return { ...answer, readAs, leftOut, leftOutCount, notes };
}

/**
 * The file's bytes, one more than may be at most: the reader then refuses it. A disk error that leaves out which
 * file (a folder, say) gets it added.
 */
async function readWhole(file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await arrayBuffer(createReadStream(file, { end: MAX_BYTES })));
  } catch (error) {
    throw Object.assign(error as NodeJS.ErrnoException, { path: file });
  }
}
