import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/domain/settings.ts';
import { openKiosk } from '../../../src/kiosk/open-kiosk.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { kioskClock } from '../../support/kiosk-clock.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const AT = '2026-11-01T18:00:00.000+08:00';

/** What the first release wrote: settings without screens, visits without entries, nobody who left. */
const EVENTS = [
  {
    type: 'settings-changed',
    data: {
      kioskName: { en: 'North gate', zh: '北门' },
      organisation: { en: '', zh: '' },
      language: 'en',
      theme: 'calm',
      whomToCall: { en: 'Li', zh: '李' },
    },
  },
  { type: 'people-saved', data: { people: [{ personId: 'p1', name: '陈杰', staffNo: '1017' }] } },
  {
    type: 'activity-saved',
    data: {
      activity: {
        activityId: 'a1',
        title: { en: 'Evening', zh: '晚会' },
        place: { en: 'Hall', zh: '车间' },
        schedule: { kind: 'daily', start: '18:00', end: '20:00' },
        posts: [],
      },
    },
  },
  {
    type: 'visit-signed-in',
    data: { activityId: 'a1', personId: 'p1', postId: null, takingPlace: '2026-11-01' },
  },
];

test.each(['its journal', 'its snapshot'])('a folder of the first release opens from %s', async (from) => {
  const folder = await tempFolder();
  mkdirSync(join(folder, 'store'));
  const nothing = { restore: () => undefined, apply: () => undefined, begin: () => undefined };
  const store = await openStore(folder, nothing);
  for (const event of EVENTS) await store.append({ at: AT, mono: 0, ...event });
  if (from === 'its snapshot') {
    const { settings, person } = { settings: EVENTS[0]!.data, person: { personId: 'p1', name: '陈杰' } };
    const visit = { visitId: 'v', seq: 4, activityId: 'a1', personId: 'p1', postId: null, signedInAt: AT };
    await store.snapshot(await store.rotate(), () => [
      { kind: 'settings', record: settings },
      { kind: 'sample-removed', record: false },
      { kind: 'activity', record: (EVENTS[2]!.data as { activity: object }).activity },
      { kind: 'person', record: person },
      { kind: 'visit', record: { ...visit, takingPlace: '2026-11-01' } },
    ]);
  }
  await store.close();
  const kiosk = await openKiosk(folder, { clock: kioskClock() });
  onTestFinished(() => kiosk.close());
  expect(kiosk.state.settings).toEqual({
    ...DEFAULT_SETTINGS,
    kioskName: { en: 'North gate', zh: '北门' },
    language: 'en',
    theme: 'calm',
    whomToCall: { en: 'Li', zh: '李' },
  });
  // The snapshot's person has no number, so that one sees which of the two was read.
  expect(kiosk.state.people.get('p1')?.staffNo).toBe(from === 'its snapshot' ? undefined : '1017');
  expect([kiosk.state.people.size, kiosk.state.visits.size, kiosk.state.shows.size]).toEqual([1, 1, 0]);
  const sheet = await kiosk.dispatch(
    'attendance.sheet',
    { activityId: 'a1', takingPlace: '2026-11-01' },
    { role: 'editor' },
  );
  expect(sheet).toMatchObject({ result: { rows: [{ name: '陈杰', signedInAt: AT }] } });
});
