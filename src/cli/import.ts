import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { RowProblem } from '../api/people-api.ts';
import type { Bilingual } from '../domain/bilingual.ts';
import type { Category } from '../domain/category.ts';
import { findDataFolder } from '../kiosk/data-folder.ts';
import { openKiosk } from '../kiosk/open-kiosk.ts';
import { host } from './host.ts';
import { SKIP_WORDS } from '../photos/skip-reasons.ts';
import { readPeopleCsv } from '../roster/people-csv.ts';
import { withClient } from './kiosk-access.ts';
import { allowOnly, allowWords, required, type Options } from './options.ts';
import { oneLine, say, type Outcome } from './output.ts';

const ROW_WORDS: Record<Exclude<RowProblem, 'category-unknown'>, Bilingual> = {
  'name-missing': { en: 'the name is missing', zh: '缺少姓名' },
  'name-too-long': { en: 'the name has more than 64 characters', zh: '姓名超过 64 个字符' },
  'field-too-long': { en: 'staff number or team is too long', zh: '工号或班组过长' },
  'staff-number-twice': { en: 'the staff number stands in the file twice', zh: '文件中工号重复' },
  'same-name-and-team-twice': {
    en: 'name and team stand in the file twice; staff numbers would tell them apart',
    zh: '文件中姓名和班组重复，请用工号区分',
  },
  'several-people-match': {
    en: 'several people on the roster have this name and team; a staff number would tell which',
    zh: '名册中有多人同名同班组，请用工号区分',
  },
};

/** `muster import people FILE.csv`. Rows that cannot be taken are listed; the others are in. */
export async function importPeople(words: string[], options: Options): Promise<Outcome> {
  allowOnly(options, []);
  allowWords(words, 1);
  const file = required(words[0], 'FILE.csv');
  const { rows, lines, encoding } = readPeopleCsv(await readWhole(file));
  const { answer, categories } = await withClient(options, async (client) => ({
    answer: await client.call('people.import', { gestureId: randomUUID(), rows }),
    categories: (await client.call('settings.get', {})).categories,
  }));
  const skipped = answer.skipped.map(({ row, reason }) => ({
    file,
    line: lines[row]!,
    reason,
    message:
      reason === 'category-unknown'
        ? unknownCategory(rows[row]!.category ?? '', categories)
        : ROW_WORDS[reason],
  }));
  const { added, updated, unchanged } = answer;
  const counted = say({
    en: `People: ${added} added, ${updated} updated, ${unchanged} unchanged, ${skipped.length} left out (read as ${encoding}).`,
    zh: `人员：新增 ${added}，更新 ${updated}，未变 ${unchanged}，略过 ${skipped.length}（按 ${encoding} 读取）。`,
  });
  const listed = skipped.map(({ line, message }) => `  ${file}:${line}: ${say(message)}`);
  return {
    exitCode: 0,
    text: [counted, ...listed].join('\n'),
    json: { added, updated, unchanged, encoding, skipped },
  };
}

function unknownCategory(word: string, categories: readonly Category[]): Bilingual {
  const known = (language: 'en' | 'zh') => categories.map(({ name }) => name[language]);
  return {
    en: `"${word}" is no category; leave it empty or use ${known('en').join(', ')}`,
    zh: `没有“${word}”这个类别；请留空，或使用：${known('zh').join('、')}`,
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

/** The file's bytes; a disk error that leaves out which file (a folder, say) gets it added. */
async function readWhole(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw Object.assign(error as NodeJS.ErrnoException, { path: file });
  }
}
