import { expect, test } from 'vitest';
import { kiosk, openGate } from './gate-suite.ts';
import { prepareRush, rush, wrongCounts } from './rush.ts';

/** How many people come: `MUSTER_RUSH`, else so many that the suite stays short. */
const PEOPLE = Number(process.env['MUSTER_RUSH'] ?? 40);

test(`kiosk too slow at the rush: ${PEOPLE} people through one screen, some undoing, mistaken, nervous or of one name: the counts are exact`, async () => {
  const { activityId, queue } = await prepareRush(kiosk, PEOPLE);
  const page = await openGate();
  const rushed = await rush(page, queue);
  expect(await wrongCounts(kiosk, activityId, queue, rushed)).toEqual([]);
}, 600_000);
