import type { Bilingual } from '../domain/bilingual.ts';
import { Problem } from '../domain/problem.ts';

/** Terminals in a Chinese locale get Chinese words, all others English. */
const isChinese = /^zh/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '');

/** The words for this terminal, on one line. */
export function say(words: Bilingual): string {
  return (isChinese ? words.zh : words.en).replaceAll(/\s*\n\s*/g, ' ');
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
