import type { Bilingual } from '../domain/bilingual.ts';
import { Problem } from '../domain/problem.ts';

/*
 * Why a backup cannot be made or read. Each says what is wrong and what to do; nothing half done stays behind.
 */

/** What the system says when a file cannot be read, and what to do about it. */
const UNREADABLE: Record<string, Bilingual> = {
  ENOENT: {
    en: 'there is no such file. Please check the path and that its disk is plugged in',
    zh: '没有这个文件。请检查路径，并确认磁盘已插好',
  },
  ENOTDIR: {
    en: 'a part of the path is a file, no folder. Please check the path',
    zh: '路径中有一段是文件而不是文件夹。请检查路径',
  },
  EACCES: {
    en: 'reading it is not allowed. Please ask IT for the permission',
    zh: '没有读取权限。请信息部门开通权限',
  },
  EPERM: {
    en: 'reading it is not allowed. Please ask IT for the permission',
    zh: '没有读取权限。请信息部门开通权限',
  },
  EISDIR: {
    en: 'it is no file. Please choose the backup file itself',
    zh: '这不是文件。请选择备份文件本身',
  },
  EIO: {
    en: 'the disk failed. Please take another copy and have this disk checked',
    zh: '磁盘读取出错。请改用其他副本，并检查此磁盘',
  },
};

/** The code of an error of the disk or system; undefined for any other error. */
export function diskCode(error: unknown): string | undefined {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : undefined;
}

/** The backup file cannot be read at all; `code` is the system's. */
export function backupUnreadable(path: string, code: string, cause?: unknown): Problem {
  const { en, zh } = UNREADABLE[code] ?? {
    en: 'the disk or system refused. Please check the path and its permissions',
    zh: '磁盘或系统拒绝读取。请检查路径和权限',
  };
  return new Problem(
    'backup-unreadable',
    {
      en: `The backup ${path} cannot be read: ${en} (${code}).`,
      zh: `无法读取备份 ${path}：${zh}（${code}）。`,
    },
    { cause },
  );
}

/** The file is no backup, or no whole one; `what` says where that shows. */
export function backupDamaged(path: string, what: Bilingual, cause?: unknown): Problem {
  return new Problem(
    'backup-damaged',
    {
      en: `${path} is no backup of Muster, or it is damaged: ${what.en}. Please take another backup or copy this one again.`,
      zh: `${path} 不是集结的备份，或已损坏：${what.zh}。请改用其他备份，或重新复制此备份。`,
    },
    { cause },
  );
}

/** A newer Muster wrote it. */
export function backupNewer(path: string): Problem {
  return new Problem('backup-newer', {
    en: `The backup ${path} was made by a newer Muster. Please update Muster on this machine and try again.`,
    zh: `备份 ${path} 由更新版本的集结制作。请先更新本机的集结，再重试。`,
  });
}

/** Something has the name that the backup is to get. */
export function backupExists(target: string): Problem {
  return new Problem('backup-exists', {
    en: `${target} is there already and is not replaced. Please choose another name.`,
    zh: `${target} 已存在，不会被替换。请换一个文件名。`,
  });
}

/** A file that is to go into a backup has another size than a moment ago. */
export function sourceChanged(path: string): Problem {
  return new Problem('backup-file-changed', {
    en: `${path} changed while the backup was made. Please make the backup again.`,
    zh: `制作备份时 ${path} 发生了变化。请重新制作备份。`,
  });
}

/** A file that is to go into a backup is gone or cannot be read; `code` is the system's. */
export function sourceUnreadable(path: string, code: string, cause: unknown): Problem {
  return new Problem(
    'backup-file-unreadable',
    {
      en: `The backup was not made: ${path} cannot be read (${code}). Please check the data folder (muster verify) and try again.`,
      zh: `未能制作备份：无法读取 ${path}（${code}）。请检查数据文件夹（muster verify）后重试。`,
    },
    { cause },
  );
}

/** More files than the list of a backup takes. */
export function tooManyFiles(count: number): Problem {
  return new Problem('backup-too-many-files', {
    en: `${count.toLocaleString('en')} files are more than a backup holds. Please make it without photos and copy the folder photos by itself.`,
    zh: `文件多达 ${count} 个，超过备份的上限。请制作不含照片的备份，并另行复制 photos 文件夹。`,
  });
}

/** What was written reads back as something else. */
export function notAsWritten(target: string, cause: Problem): Problem {
  return new Problem(
    'backup-not-as-written',
    {
      en: `The backup ${target} was not kept: it does not read back as it was written. Please choose another disk and have this one checked.`,
      zh: `备份 ${target} 未保留：读回的内容与写入的不一致。请换一个磁盘，并检查此磁盘。`,
    },
    { cause },
  );
}

/** A file that is to be restored is there already. */
export function extractExists(target: string, cause: unknown): Problem {
  return new Problem(
    'restore-exists',
    {
      en: `${target} is there already and is not replaced; nothing was restored. Please restore into an empty folder.`,
      zh: `${target} 已存在，不会被替换；未恢复任何内容。请恢复到空文件夹。`,
    },
    { cause },
  );
}
