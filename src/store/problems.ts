import type { Bilingual } from '../domain/bilingual.ts';
import { Problem } from '../domain/problem.ts';

/** The disk said no before anything was written; the next try may work. */
export function cannotSave(cause: unknown): Problem {
  const full = isFull(cause);
  return new Problem(
    'cannot-save',
    full
      ? {
          en: 'The disk is full, so nothing was saved. Please free some space and try again.',
          zh: '磁盘已满，本次未保存。请清理磁盘空间后重试。',
        }
      : {
          en: `The disk did not take the record (${codeOf(cause)}), so nothing was saved. Please try again; if that does not help, have the disk checked.`,
          zh: `磁盘未能写入（${codeOf(cause)}），本次未保存。请重试；如仍失败，请检查磁盘。`,
        },
    { cause },
  );
}

/** The disk failed in a way that leaves open what it holds. */
export function readOnly(cause: unknown): Problem {
  return new Problem(
    'store-read-only',
    {
      en: 'The disk failed again while saving. Nothing more is accepted until somebody has looked at it: in the office under "Health", or by starting the kiosk again. What was confirmed is safe.',
      zh: '保存时磁盘再次出错，在有人处理之前不再接受新记录：请在管理页面的“运行状况”中处理，或重新启动。已确认的记录不受影响。',
    },
    { cause },
  );
}

/** The folder can be read but not written: a disk mounted for reading, or somebody else's folder. */
export function notWritable(cause: unknown): Problem {
  return new Problem(
    'store-not-writable',
    {
      en: `The data folder cannot be written to (${codeOf(cause)}). Sign-ins cannot be saved. Please check the disk and the folder's permissions.`,
      zh: `数据文件夹无法写入（${codeOf(cause)}），签到无法保存。请检查磁盘和文件夹权限。`,
    },
    { cause },
  );
}

/** The folder took no change: it may only be read, or the disk said no. */
export function unsaved(cause: unknown): Problem {
  return isUnwritable(cause) ? notWritable(cause) : cannotSave(cause);
}

/** The store is damaged beyond what may be mended unasked. */
export function damaged(name: string, what: Bilingual): Problem {
  return new Problem('store-damaged', {
    en: `The store is damaged: ${name}: ${what.en}. Nothing was changed. Please keep a copy of the data folder and restore a backup.`,
    zh: `数据存储已损坏：${name}（${what.zh}）。未做任何改动。请先保留数据文件夹的副本，再恢复备份。`,
  });
}

/** Was the disk full? No space, no quota, or a limit on the file's size. */
export function isFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(error));
}

/** May the folder be read only? */
export function isUnwritable(error: unknown): boolean {
  return ['EROFS', 'EACCES', 'EPERM'].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
