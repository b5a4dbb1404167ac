import type { Bilingual } from '../domain/bilingual.ts';
import { Problem } from '../domain/problem.ts';

/** Terminals in a Chinese locale get Chinese words, all others English. */
const isChinese = /^zh/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '');

/** The words for this terminal, on one line. */
export function say(words: Bilingual): string {
  return oneLine(isChinese ? words.zh : words.en);
}

/** Text on one line; a file's name can neither start a second one nor move the cursor. */
export function oneLine(text: string): string {
  return text
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll(/\p{Cc}/gu, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** What a command prints and how it ends. */
export interface Outcome {
  exitCode: 0 | 1;
  /** For people. */
  text: string;
  /** For scripts, with `--json`. */
  json: unknown;
}

/** Any error as something to tell a person: disk errors get words, the rest is passed on. */
export function asProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === undefined || !/^E[A-Z]+$/.test(code)) return undefined;
  const where = path === undefined ? '' : ` ${path}`;
  if (code === 'ENOENT') {
    return new Problem('enoent', {
      en: `There is no such file or folder:${where}. Please check the path.`,
      zh: `没有这个文件或文件夹：${where.trim()}。请检查路径。`,
    });
  }
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new Problem(code.toLowerCase(), {
    en: full
      ? `The disk is full (${code}${where}). Please free some space and run the command again.`
      : `The disk or system refused${where} (${code}). Please check the path and its permissions.`,
    zh: full
      ? `磁盘已满（${code}${where}）。请清理空间后重新运行。`
      : `磁盘或系统拒绝访问${where}（${code}）。请检查路径和权限。`,
  });
}
