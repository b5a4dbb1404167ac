/*
 * Child process that reads people files, so that a hostile or huge one neither stalls nor ends the kiosk.
 */
import type { Bilingual } from '../domain/bilingual.ts';
import { Problem } from '../domain/problem.ts';
import { answerRequests } from '../processes/answer-requests.ts';
import { readPeopleCsv } from './people-csv.ts';
import { protectedFile, unreadable, wrongKind } from './people-file-problems.ts';
import type { PeopleFile } from './people-file-rows.ts';
import { readPeopleSheet } from './people-sheet.ts';

/** One file to read. */
export interface PeopleFileRequest {
  bytes: Uint8Array;
}

/** What is in it, or why it was refused. */
export type PeopleFileReply = { ok: true; file: PeopleFile } | { ok: false; code: string; words: Bilingual };

answerRequests(({ bytes }: PeopleFileRequest) =>
  readBySign(bytes).then((file): PeopleFileReply => ({ ok: true, file }), asReply),
);

/** Reads the file as what its first bytes say it is, whatever its name. */
async function readBySign(bytes: Uint8Array): Promise<PeopleFile> {
  if (startsWith(bytes, 'PK')) return readPeopleSheet(bytes);
  if (startsWith(bytes, '\u00d0\u00cf\u0011\u00e0')) {
    // Excel keeps a workbook with a password in the container of the old format.
    const isProtected = Buffer.from(bytes).includes('EncryptedPackage', 0, 'utf16le');
    throw isProtected
      ? protectedFile()
      : wrongKind({ en: 'an old Excel file (.xls)', zh: '旧版 Excel 文件（.xls）' });
  }
  return readPeopleCsv(bytes);
}

function startsWith(bytes: Uint8Array, sign: string): boolean {
  return Buffer.from(bytes.subarray(0, sign.length)).toString('latin1') === sign;
}

function asReply(error: unknown): PeopleFileReply {
  const what = error instanceof Error ? error.message : String(error);
  const { code, words } = error instanceof Problem ? error : unreadable({ en: what, zh: what }, error);
  return { ok: false, code, words };
}
