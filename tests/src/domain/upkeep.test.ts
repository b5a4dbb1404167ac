import { expect, test } from 'vitest';
import type { Command } from '../../../src/domain/command.ts';
import { Day } from './day.ts';

test('backups are listed until they make room or are written over', () => {
  const day = new Day();
  const backup = { type: 'note-backup', bytes: 4096, photos: true, lastSeq: 1 } as const;
  for (const [path, dropped] of [
    ['a.zip', []],
    ['b.zip', []],
    ['a.zip', []],
    ['c.zip', ['b.zip', 'gone.zip']],
  ] as const) {
    day.ask({ ...backup, path, dropped: [...dropped] });
  }
  const kept = { at: day.at, bytes: 4096, photos: true, lastSeq: 1 };
  expect([...day.state.backups.values()]).toEqual([
    { ...kept, path: 'a.zip', seq: 3 },
    { ...kept, path: 'c.zip', seq: 4 },
  ]);
});

test('a backup that was written again says when; one that is not known is none', () => {
  const day = new Day();
  const made: Command = {
    type: 'note-backup',
    path: 'a.zip',
    bytes: 4096,
    photos: false,
    lastSeq: 1,
    dropped: [],
  };
  day.ask(made);
  day.wait(60);
  for (const path of ['a.zip', 'b.zip']) day.ask({ type: 'note-backup-redacted', path, bytes: 2048 });
  expect([...day.state.backups.values()]).toMatchObject([
    { path: 'a.zip', bytes: 2048, seq: 1, redactedAt: day.at, redactedSeq: 2 },
  ]);
});

test('a backup that was begun is known until it is made, or another finds nothing of it', () => {
  const day = new Day();
  const begin = (path: string, dropped: string[] = []) =>
    day.ask({ type: 'note-backup-begun', path, dropped });
  for (const path of ['a.zip', 'b.zip', 'c.zip']) begin(path);
  day.ask({ type: 'note-backup', path: 'a.zip', bytes: 1, photos: true, lastSeq: 1, dropped: [] });
  begin('d.zip', ['b.zip']);
  day.ask({ type: 'note-backup-redacted', path: 'c.zip', bytes: 2048 });
  expect([...day.state.begunBackups.values()]).toMatchObject([
    { path: 'c.zip', seq: 3, lastSeq: 3, bytes: 2048, redactedSeq: 6 },
    { path: 'd.zip', seq: 5 },
  ]);
  expect([...day.state.backups.keys()]).toEqual(['a.zip']);
});

test('what staff went on without is never forgotten', () => {
  const day = new Day();
  const damage = { missing: [{ from: 3, to: null }], files: ['journal-000000000001.jsonl'] };
  day.ask({ type: 'note-repair', ...damage });
  expect(day.state.repairs).toEqual([{ ...damage, seq: 1, at: day.at }]);
});
