import type { Bilingual } from '../domain/bilingual.ts';
import { Problem } from '../domain/problem.ts';

/** What the system says when a file cannot be written, and what to do about it. */
const WORDS: Record<string, Bilingual> = {
  ENOSPC: {
    en: 'the disk is full. Please free some space there or choose another place',
    zh: '磁盘已满。请清理空间，或选择其他位置',
  },
  EDQUOT: {
    en: 'your share of the disk is used up. Please free some space there or choose another place',
    zh: '磁盘配额已用完。请清理空间，或选择其他位置',
  },
  EFBIG: {
    en: 'the disk takes no file of this size (FAT32: at most 4 GB). Please choose one with exFAT or NTFS',
    zh: '此磁盘不能存放这么大的文件（FAT32 最多 4 GB）。请换用 exFAT 或 NTFS 格式的磁盘',
  },
  EROFS: {
    en: 'the disk is read-only. Please remove its write protection or choose another place',
    zh: '磁盘为只读。请解除写保护，或选择其他位置',
  },
  EACCES: {
    en: 'writing there is not allowed. Please choose another place or ask IT for the permission',
    zh: '没有写入权限。请选择其他位置，或请信息部门开通权限',
  },
  EPERM: {
    en: 'writing there is not allowed. Please choose another place or ask IT for the permission',
    zh: '没有写入权限。请选择其他位置，或请信息部门开通权限',
  },
  EBUSY: {
    en: 'the file is open in another program. Please close it there and try again',
    zh: '文件正被其他程序打开。请先关闭，再重试',
  },
  ENOENT: {
    en: 'there is no such folder. Please check the path',
    zh: '没有这个文件夹。请检查路径',
  },
  ENOTDIR: {
    en: 'a part of the path is a file, no folder. Please check the path',
    zh: '路径中有一段是文件而不是文件夹。请检查路径',
  },
  EISDIR: {
    en: 'a folder of this name is there. Please choose another file name',
    zh: '已有同名文件夹。请换一个文件名',
  },
  ENAMETOOLONG: {
    en: 'the name is too long. Please choose a shorter one',
    zh: '文件名过长。请换一个较短的文件名',
  },
  EIO: {
    en: 'the disk failed. Please choose another one and have this one checked',
    zh: '磁盘读写出错。请换一个磁盘，并检查此磁盘',
  },
};

/** `error` of a write to `path` as something a person can mend; what is no error of the disk stays as it is. */
export function targetUnwritable(path: string, error: unknown): unknown {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === undefined || !/^E[A-Z0-9]+$/.test(code)) return error;
  const { en, zh } = WORDS[code] ?? {
    en: 'the disk or system refused. Please check the path and its permissions',
    zh: '磁盘或系统拒绝写入。请检查路径和权限',
  };
  return new Problem(
    'target-unwritable',
    {
      en: `${path} cannot be written: ${en} (${code}).`,
      zh: `无法写入 ${path}：${zh}（${code}）。`,
    },
    { cause: error },
  );
}
