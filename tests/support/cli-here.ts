import { format } from 'node:util';
import { vi } from 'vitest';
import type { Ended } from './cli.ts';

/**
 * Runs `muster ARGS` in this process, in English, to its end: for commands that touch nothing but the words they print.
 * What nobody foresaw is thrown.
 */
export async function musterHere(args: string[]): Promise<Ended> {
  const ended: Ended = { code: null, stdout: '', stderr: '' };
  const log = vi
    .spyOn(console, 'log')
    .mockImplementation((...said) => void (ended.stdout += `${format(...said)}\n`));
  const error = vi
    .spyOn(console, 'error')
    .mockImplementation((...said) => void (ended.stderr += `${format(...said)}\n`));
  vi.stubEnv('LC_ALL', 'C.UTF-8');
  try {
    const { runCommandLine } = await import('../../src/cli/run.ts');
    ended.code = await runCommandLine(args);
    return ended;
  } finally {
    log.mockRestore();
    error.mockRestore();
    vi.unstubAllEnvs();
  }
}
