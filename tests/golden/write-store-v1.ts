import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Command } from '../../src/domain/command.ts';
import { addMs } from '../../src/domain/time.ts';
import { Ledger } from '../../src/kiosk/ledger.ts';
import { TOPICS_OF } from '../../src/kiosk/topics.ts';
import { kioskClock } from '../support/kiosk-clock.ts';
import { failing, WatchedFileSystem } from '../support/watched-file-system.ts';
import { plainState } from './plain-state.ts';

/*
 * How store-v1 was made, by the code of format version 1: `node tests/golden/write-store-v1.ts FOLDER`. Its bytes are
 * kept and this is not run again (ids are drawn anew each time): what an installed kiosk wrote does not change either.
 * The events are of every type, their texts of every kind that JSON must escape.
 */

const HOUR = 3600_000;
const DAY = 24 * 3600;

/** The machine's clocks; the wall's can be set. */
function clockThatIsSet() {
  const clock = kioskClock();
  let moved = 0;
  return { ...clock, now: () => addMs(clock.now(), moved), set: (byMs: number) => void (moved += byMs) };
}

async function writeStore(folder: string): Promise<void> {
  const clock = clockThatIsSet();
  const fs = new WatchedFileSystem();
  const listeners = { onEvent: () => {}, onReplaced: () => {}, onFault: fail };
  const ledger = await Ledger.open(folder, clock, listeners, fs);
  let gestures = 0;
  const run = <Answer>(command: Command): Promise<Answer> =>
    ledger.run<Answer>(command, { gestureId: `gesture-${++gestures}`, ...command }, 'admin');

  await run({
    type: 'change-settings',
    settings: { kioskName: { en: 'North gate', zh: '北门' }, theme: 'calm', keepTimesDays: 1 },
  });
  await run({ type: 'add-sample', sample: SAMPLE });
  await run({
    type: 'import-people',
    people: [
      { name: '陈杰', staffNo: '1017', team: '焊接班', categoryId: 'party-member' },
      { name: '单晓雨', staffNo: '1018', categoryId: 'activist' },
      { name: '曾"小"贤\\' },
    ],
  });
  const { personId } = await run<{ personId: string }>({
    type: 'save-person',
    person: { name: 'Otto\u2028' },
  });
  const { personId: leaving } = await run<{ personId: string }>({
    type: 'save-person',
    person: { name: 'Gast' },
  });
  const [first, second, third] = [...ledger.state.people.keys()].filter((id) => !id.startsWith('sample'));

  const { activityId } = await run<{ activityId: string }>({
    type: 'save-activity',
    activity: {
      title: { en: 'Volunteer evening', zh: '志愿者之夜' },
      place: { en: 'Hall 3', zh: '三车间' },
      schedule: { kind: 'daily', start: '18:00', end: '20:00' },
      posts: [{ name: { en: 'Welding', zh: '焊接' }, leaderId: first!, wanted: 2, limit: 1 }],
      expectedIds: [first!, second!],
    },
  });
  const { postId } = ledger.state.activities.get(activityId)!.posts[0]!;
  const once = await run<{ activityId: string }>({
    type: 'save-activity',
    activity: {
      title: { en: 'Drill', zh: '演练' },
      place: { en: '', zh: '' },
      schedule: {
        kind: 'once',
        startsAt: '2026-11-22T18:00:00.000+08:00',
        endsAt: '2026-11-22T19:00:00.000+08:00',
        opensMinutesBefore: 30,
      },
      posts: [],
    },
  });
  const signIn = (who: string, more: { postId?: string; reason?: string } = {}) =>
    run<{ visitId: string }>({ type: 'sign-in', activityId, personId: who, ...more });

  await signIn(first!, { postId });
  clock.forward(4.321);
  await signIn(second!, { postId, reason: 'wants to learn\nit "well"' });
  const slip = await signIn(third!);
  await run({ type: 'undo-sign-in', visitId: slip.visitId });
  const wrong = await run<{ visitId: string }>({
    type: 'add-visit',
    activityId,
    personId: third!,
    signedInAt: '2026-11-22T17:55:00.000+08:00',
    reason: '忘记签到',
  });
  await run({ type: 'void-visit', visitId: wrong.visitId, reason: 'went home 🏠' });

  const { sloganId } = await run<{ sloganId: string }>({ type: 'save-slogan', slogan: { text: SLOGAN } });
  const gone = await run<{ sloganId: string }>({
    type: 'save-slogan',
    slogan: { text: { en: 'x', zh: 'x' } },
  });
  await run({ type: 'remove-slogan', sloganId: gone.sloganId });
  const photos = ['a', 'b', 'c'].map((letter) => ({
    photoId: letter.repeat(64),
    width: 4000,
    height: 3000,
    fileName: `照片 ${letter}.jpg`,
  }));
  const { albumId } = await run<{ albumId: string }>({ type: 'add-photos', albumName: 'Evening', photos });
  await run({ type: 'add-photos', albumName: 'Other', photos: [{ ...photos[0]!, photoId: 'd'.repeat(64) }] });
  await run({ type: 'hide-photo', photoId: photos[1]!.photoId, hidden: true });
  await run({ type: 'move-photos', albumId, photoIds: ['d'.repeat(64)] });
  await run({ type: 'rename-album', albumId, name: '晚会' });
  const show = { title: { en: 'Meeting', zh: '会议' }, secondsPerSlide: 8 };
  await run({
    type: 'save-show',
    show: { ...show, items: [{ kind: 'welcome' }, { kind: 'slogan', sloganId }, { kind: 'album', albumId }] },
  });
  const { showId } = await run<{ showId: string }>({
    type: 'save-show',
    show: { ...show, items: [{ kind: 'count' }] },
  });
  await run({ type: 'remove-show', showId });
  await run({ type: 'remove-activity', activityId: once.activityId });
  await run({ type: 'remove-people', personIds: [leaving] });
  await run({ type: 'remove-sample' });

  clock.forward(2 * DAY);
  await signIn(first!);
  await run({ type: 'drop-times', before: '2026-11-24' });
  await run({ type: 'erase-people', personIds: [third!] });
  clock.set(-8 * HOUR);
  await signIn(second!);
  const [jump] = ledger.state.clockJumps.values();
  await run({ type: 'correct-clock', jumpId: jump!.jumpId, right: 'before' });
  await run({
    type: 'note-repair',
    missing: [
      { from: 3, to: 4 },
      { from: 9, to: null },
    ],
    files: ['journal-x.jsonl'],
  });
  for (const [path, dropped] of [
    ['/b/1.zip', []],
    ['/b/2.zip', ['/b/1.zip']],
  ] as const) {
    await run({ type: 'note-backup-begun', path, dropped: [] });
    await run({ type: 'note-backup', path, bytes: 123456, photos: true, lastSeq: 30, dropped: [...dropped] });
  }
  await run({ type: 'note-backup-redacted', path: '/b/2.zip', bytes: 123000 });
  await ledger.snapshot();

  // The sync of a batch fails: three people are written once more into a segment that cuts.
  await signIn(personId);
  await run({ type: 'save-person', person: { name: 'Eva' } });
  fs.before = failing('datasync journal-');
  await Promise.all(['Ida', '李', '王'].map((name) => run({ type: 'save-person', person: { name } })));
  if (!ledger.store.resumed) throw new Error('no sync has failed');
  clock.forward(60);
  await run({ type: 'change-settings', settings: { language: 'en' } });
  const state = plainState(ledger.state);
  await ledger.close();
  writeFileSync(join(folder, 'state.json'), `${JSON.stringify(state, undefined, 2)}\n`);
}

/** The last segment once more, with half a line behind it that a power cut has left. */
function writeTorn(folder: string, name: string): void {
  mkdirSync(join(folder, 'torn'));
  const path = join(folder, 'torn', name);
  copyFileSync(join(folder, 'store', name), path);
  const bytes = readFileSync(path);
  const lastLine = bytes.subarray(bytes.lastIndexOf(10, -2) + 1);
  writeFileSync(path, Buffer.concat([bytes, lastLine.subarray(0, lastLine.length >> 1)]));
}

function requireEveryType(journal: string): void {
  const missing = Object.keys(TOPICS_OF).filter((type) => !journal.includes(`"type":"${type}"`));
  if (missing.length > 0) throw new Error(`no ${missing.join(', ')}`);
}

const SLOGAN = { en: 'Promote production with practical work', zh: '以实干促生产，以行动践初心' };

const SAMPLE: Extract<Command, { type: 'add-sample' }>['sample'] = {
  activities: [
    {
      activityId: 'sample-activity',
      title: { en: 'Sample', zh: '示例' },
      place: { en: 'Hall', zh: '车间' },
      schedule: { kind: 'daily', start: '18:00', end: '20:00' },
      posts: [],
      sample: true,
    },
  ],
  people: [{ personId: 'sample-person', name: '示例人', sample: true }],
  slogans: [{ sloganId: 'sample-slogan', text: SLOGAN, sample: true }],
};

function fail(error: unknown): never {
  throw error;
}

const [folder] = process.argv.slice(2);
if (!folder || existsSync(folder)) throw new Error('name a folder that is not there yet');
mkdirSync(folder, { recursive: true });
await writeStore(folder);
rmSync(join(folder, 'lock'));
const segments = readdirSync(join(folder, 'store')).filter((name) => name.startsWith('journal-'));
requireEveryType(segments.map((name) => readFileSync(join(folder, 'store', name), 'utf8')).join(''));
writeTorn(folder, segments.sort().at(-1)!);
