import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { rowWords } from '../api/row-words.ts';
import { findDataFolder } from '../kiosk/data-folder.ts';
import { openKiosk } from '../kiosk/open-kiosk.ts';
import { SKIP_WORDS } from '../photos/skip-reasons.ts';
import { startNodeWorker } from '../processes/node-worker.ts';
import { MAX_BYTES } from '../roster/people-file-rows.ts';
import { readPeopleFile } from '../roster/people-file.ts';
import { host } from './host.ts';
import { withClient } from './kiosk-access.ts';
import { allowOnly, allowWords, required, type Options } from './options.ts';
import { oneLine, say, type Outcome } from './output.ts';

/** `muster import people FILE`: .xlsx or .csv. Rows that cannot be taken are listed; the others are in. */
export async function importPeople(words: string[], options: Options): Promise<Outcome> {
  allowOnly(options, []);
  allowWords(words, 1);
  const file = required(words[0], 'FILE');
  const people = await readPeopleFile(await readWhole(file), host.startWorker ?? startNodeWorker);
  const { rows, lines, source, encoding, notes } = people;
  const { answer, categories } = await withClient(options, async (client) => ({
    answer: await client.call('people.import', { gestureId: randomUUID(), rows }),
    categories: (await client.call('settings.get', {})).categories,
  }));
  const skipped = [
    ...people.leftOut.map(({ line, reason, words }) => ({ file, line, reason, message: words })),
    ...answer.skipped.map(({ row, reason }) => ({
      file,
      line: lines[row]!,
      reason,
      message: rowWords(reason, rows[row]!, categories),
    })),
  ].sort((a, b) => a.line - b.line);
  const { added, updated, unchanged } = answer;
  const counted = say({
    en: `People: ${added} added, ${updated} updated, ${unchanged} unchanged, ${skipped.length} left out (read as ${encoding ?? source}).`,
    zh: `人员：新增 ${added}，更新 ${updated}，未变 ${unchanged}，略过 ${skipped.length}（按 ${encoding ?? source} 读取）。`,
  });
  const listed = skipped.map(({ line, message }) => `  ${file}:${line}: ${say(message)}`);
  return {
    exitCode: 0,
    text: [counted, ...listed, ...notes.map(say)].join('\n'),
    json: { added, updated, unchanged, source, encoding, skipped, notes },
  };
}

/** `muster import photos PATH --album NAME`. Files that cannot be taken are listed; the others are in. */
export async function importPhotos(words: string[], options: Options): Promise<Outcome> {
  allowOnly(options, ['album']);
  allowWords(words, 1);
  const path = required(words[0], 'PATH');
  const albumName = required(options.album, '--album');
  const kiosk = await openKiosk(findDataFolder(options.data), host);
  try {
    const onFile = (done: number) => {
      if (!options.json && process.stderr.isTTY) process.stderr.write(`\r${done} …`);
    };
    const { albumId, added, doubles, skipped: left } = await kiosk.importPhotos({ path, albumName, onFile });
    if (!options.json && process.stderr.isTTY) process.stderr.write('\r');
    const skipped = left.map((one) => ({ ...one, message: SKIP_WORDS[one.reason] }));
    const counted = say({
      en: `Photos: ${added} added to "${albumName}", ${doubles} already here, ${skipped.length} left out.`,
      zh: `照片：新增 ${added} 张到“${albumName}”，已有 ${doubles} 张，略过 ${skipped.length} 个文件。`,
    });
    const listed = skipped.map(({ file, message }) => `  ${oneLine(file)}: ${say(message)}`);
    return { exitCode: 0, text: [counted, ...listed].join('\n'), json: { albumId, added, doubles, skipped } };
  } finally {
    await kiosk.close();
  }
}

/**
 * The file's bytes, one more than may be at most: the reader then refuses it. A disk error that leaves out which
 * file (a folder, say) gets it added.
 */
async function readWhole(file: string): Promise<Buffer> {
  try {
    return await buffer(createReadStream(file, { end: MAX_BYTES }));
  } catch (error) {
    throw Object.assign(error as NodeJS.ErrnoException, { path: file });
  }
}
