import type { Bilingual } from '../domain/bilingual.ts';
import { Problem } from '../domain/problem.ts';

/*
 * Why a people file is refused as a whole. Each says what is wrong and what to do; nothing was imported then.
 */

/** Codes of the refusals. */
export type PeopleFileCode =
  | 'people-file-unreadable'
  | 'people-file-wrong-kind'
  | 'people-file-protected'
  | 'people-file-too-large'
  | 'people-file-too-slow'
  | 'people-file-too-many-rows'
  | 'people-file-too-many-columns'
  | 'people-file-no-name-column';

function refusal(code: PeopleFileCode, { en, zh }: Bilingual, cause?: unknown): Problem {
  const words = { en: `${en} Nothing was imported.`, zh: `${zh}未导入任何内容。` };
  return new Problem(code, words, cause === undefined ? {} : { cause });
}

/** The file is damaged or not what it seems; `detail` says where it broke. */
export function unreadable(detail: Bilingual, cause?: unknown): Problem {
  return refusal(
    'people-file-unreadable',
    {
      en: `The people file cannot be read: ${detail.en}. Please save it again as an Excel workbook (.xlsx) or as CSV (UTF-8) and try again.`,
      zh: `无法读取名单文件：${detail.zh}。请另存为 Excel 工作簿（.xlsx）或 CSV（UTF-8）后重试。`,
    },
    cause,
  );
}

/** The file is of another program or of an older Excel; `kind` names it. */
export function wrongKind(kind: Bilingual): Problem {
  return refusal('people-file-wrong-kind', {
    en: `The people file is ${kind.en}, which cannot be read here. Please open it and save it as an Excel workbook (.xlsx) or as CSV (UTF-8).`,
    zh: `名单文件是${kind.zh}，无法读取。请打开后另存为 Excel 工作簿（.xlsx）或 CSV（UTF-8）。`,
  });
}

/** The file asks for a password. */
export function protectedFile(): Problem {
  return refusal('people-file-protected', {
    en: 'The people file is protected with a password. Please open it, save it without the password and try again.',
    zh: '名单文件设有密码。请打开后取消密码，保存后重试。',
  });
}

/** The file is larger than `limit` bytes, as it is or (`unpacked`) once unpacked. */
export function tooLarge(limit: number, unpacked: boolean): Problem {
  const megabytes = limit / 1024 / 1024;
  return refusal('people-file-too-large', {
    en: `The people file is larger than ${megabytes} MB${unpacked ? ' once unpacked' : ''}. Please copy only the people into a new file, without pictures and further sheets, or split it.`,
    zh: `名单文件${unpacked ? '解压后' : ''}超过 ${megabytes} MB。请只将人员复制到新文件（不含图片和其他工作表），或拆分文件。`,
  });
}

/** Reading took more than `limit` milliseconds. */
export function tooSlow(limit: number): Problem {
  return refusal('people-file-too-slow', {
    en: `The people file takes longer than ${limit / 1000} seconds to read. Please copy only the people into a new file, or split it.`,
    zh: `读取名单文件超过 ${limit / 1000} 秒。请只将人员复制到新文件，或拆分文件。`,
  });
}

/** The file has more than `limit` rows of people. */
export function tooManyRows(limit: number): Problem {
  return refusal('people-file-too-many-rows', {
    en: `The people file has more than ${limit.toLocaleString('en')} rows. Please split it.`,
    zh: `名单文件超过 ${limit} 行。请拆分文件。`,
  });
}

/** The file has something in more than `limit` columns. */
export function tooManyColumns(limit: number): Problem {
  return refusal('people-file-too-many-columns', {
    en: `The people file has more than ${limit} columns. Please keep only name, staff number, team and category.`,
    zh: `名单文件超过 ${limit} 列。请只保留姓名、工号、班组和类别。`,
  });
}

/** No row that could be the header has a column for the name; `found` is the first row, to see the mistake. */
export function noNameColumn(found: readonly string[]): Problem {
  const first = found
    .filter((cell) => cell !== '')
    .join(', ')
    .slice(0, 120);
  return refusal('people-file-no-name-column', {
    en: `The people file has no column for the name: its first line ${first ? `reads "${first}"` : 'is empty'}. One of its first 10 lines must be a header such as name,staffNo,team,category or 姓名,工号,班组,类别; only the name is required.`,
    zh: `名单文件没有姓名列（首行${first ? `为“${first}”` : '为空'}）。前 10 行中须有表头，例如：姓名,工号,班组,类别，或 name,staffNo,team,category；只有姓名为必填。`,
  });
}
