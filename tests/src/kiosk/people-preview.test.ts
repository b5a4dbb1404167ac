import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { PREVIEW_LIMIT, type PeopleRow } from '../../../src/api/people-api.ts';
import type { Person } from '../../../src/domain/person.ts';
import { peopleHandlers } from '../../../src/kiosk/handlers/people.ts';
import { Ledger } from '../../../src/kiosk/ledger.ts';
import { startNodeWorker } from '../../../src/processes/node-worker.ts';
import { photoFiles } from '../../../src/photos/photo-files.ts';
import { createNameFinder } from '../../../src/roster/name-finder.ts';
import { kioskClock } from '../../support/kiosk-clock.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const STAFF = { role: 'editor' } as const;

const person = {
  name: fc.constantFrom('陈杰', '陈伟', 'Anna', ' 陈杰 ', ''),
  staffNo: fc.constantFrom('1', '2', '3', '', '9'.repeat(40)),
  team: fc.constantFrom('焊接班', '电装班', ''),
  category: fc.constantFrom('党员', 'guest', 'no such thing', ''),
};
const row = fc.record(person, { requiredKeys: ['name'] }) as fc.Arbitrary<PeopleRow>;
/** A list, then who leaves of those who came in (by number), then whose number somebody else gets, then a list. */
const story = fc.record({
  before: fc.array(row, { maxLength: 6 }),
  came: fc.array(fc.nat({ max: 5 }), { maxLength: 3 }),
  leave: fc.array(fc.nat({ max: 5 }), { maxLength: 3 }),
  later: fc.array(row, { maxLength: 3 }),
  file: fc.array(row, { maxLength: 8 }),
});

/** The handlers over a ledger on disk; `upload` is the file that was sent. */
async function openPeople(dataFolder: string) {
  const clock = kioskClock();
  const ledger = await Ledger.open(dataFolder, clock, {
    onEvent: () => undefined,
    onReplaced: () => undefined,
    onFault: (fault) => expect.unreachable(String(fault)),
  });
  let file: PeopleRow[] = [];
  const parts = {
    ledger,
    clock,
    files: photoFiles(dataFolder),
    version: '0',
    dataFolder,
    startedAt: clock.now(),
    startWorker: startNodeWorker,
    finder: () => createNameFinder(ledger.state.people.values()),
    offRosterFinder: () => createNameFinder([]),
  };
  const handlers = peopleHandlers(parts, {
    take: () => Promise.resolve('file'),
    get: () => ({
      source: 'csv',
      encoding: 'utf-8',
      fileName: 'people.csv',
      rows: file,
      lines: file.map((_, index) => index + 2),
      leftOut: [],
      notes: [],
    }),
  });
  return {
    ledger,
    upload: (rows: PeopleRow[]) => void (file = rows),
    preview: () => handlers['people.previewUpload']({ uploadId: 'file' }, STAFF),
    importIt: () => handlers['people.importUpload']({ uploadId: 'file', gestureId: randomUUID() }, STAFF),
  };
}

test(
  'whatever roster and file meet, the import does what its preview said',
  { timeout: 60_000 },
  async () => {
    const folder = await tempFolder();
    let day = 0;
    await fc.assert(
      fc.asyncProperty(story, async ({ before, came, leave, later, file }) => {
        const dataFolder = join(folder, String(++day));
        const people = await openPeople(dataFolder);
        const { ledger } = people;
        const run = (command: Parameters<Ledger['run']>[0]) =>
          ledger.run<{ activityId: string }>(command, { gestureId: randomUUID() }, 'editor');
        people.upload(before);
        await people.importIt();
        const { activityId } = await run({
          type: 'save-activity',
          activity: {
            title: { en: 'Evening', zh: '晚会' },
            place: { en: 'Hall', zh: '车间' },
            schedule: { kind: 'daily', start: '18:00', end: '20:00' },
            posts: [],
          },
        });
        const chosen = (numbers: number[]) => {
          const ids = [...ledger.state.people.keys()];
          return [...new Set(numbers.flatMap((number) => ids[number] ?? []))];
        };
        for (const personId of chosen(came)) await run({ type: 'sign-in', activityId, personId });
        const leaving = chosen(leave);
        if (leaving.length > 0) await run({ type: 'remove-people', personIds: leaving });
        people.upload(later);
        await people.importIt();

        const known = new Map(ledger.state.people);
        people.upload(file);
        const preview = await people.preview();
        expect([...ledger.state.people]).toEqual([...known]);
        const done = await people.importIt();
        const { added, updated, unchanged } = preview;
        expect({ added, updated, unchanged }).toEqual({
          added: done.added,
          updated: done.updated,
          unchanged: done.unchanged,
        });
        expect(preview.leftOut.map(({ line, reason }) => [line - 2, reason])).toEqual(
          done.skipped.map(({ row, reason }) => [row, reason]),
        );
        expect(added + updated + unchanged + preview.leftOut.length).toBe(file.length);
        const nowKnown = [...ledger.state.people.values()];
        const fresh = nowKnown.filter(({ personId }) => !known.has(personId));
        const foreseen = preview.changes.filter(({ before }) => !before).map(({ person }) => person);
        expect(fresh.map(withoutId)).toEqual(foreseen.map(withoutId));
        const changed = new Map(
          preview.changes.flatMap(({ person, before }) => (before ? [[before.personId, person]] : [])),
        );
        for (const [personId, person] of known) {
          expect(ledger.state.people.get(personId)).toEqual(changed.get(personId) ?? person);
        }
        await ledger.close();
        await rm(dataFolder, { recursive: true });
      }),
      { numRuns: Number(process.env['MUSTER_RUNS'] ?? 60) },
    );
  },
);

function withoutId({ personId: _, ...person }: Person) {
  return person;
}

test('of a file full of rows that are left out a page gets the first ones, and how many there are', async () => {
  const { upload, preview, importIt, ledger } = await openPeople(await tempFolder());
  onTestFinished(() => ledger.close());
  upload(Array.from({ length: 100_000 }, (_, n) => ({ name: `p${n}`, category: 'no such thing' })));
  const { leftOut, leftOutCount, added } = await preview();
  expect([leftOut.length, leftOutCount, added]).toEqual([PREVIEW_LIMIT, 100_000, 0]);
  expect(leftOut[0]).toMatchObject({ line: 2, name: 'p0', reason: 'category-unknown' });
  const done = await importIt();
  expect([done.skipped.length, done.leftOutCount]).toEqual([PREVIEW_LIMIT, 100_000]);
});
