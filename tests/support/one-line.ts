import { expect } from 'vitest';
import type { Ended } from './cli.ts';

/** Exactly one line that a person can read: no trace, no second line, nothing on stdout. */
export function expectOneLine({ code, stdout, stderr }: Ended, wanted: { code: 1 | 2; says: RegExp }): void {
  expect([code, stdout]).toEqual([wanted.code, '']);
  expect(stderr).toMatch(/^[^\n]+\n$/);
  expect(stderr).toMatch(wanted.says);
  expect(stderr).not.toMatch(/\bat .+:\d+:\d+|undefined|\[object/);
}
