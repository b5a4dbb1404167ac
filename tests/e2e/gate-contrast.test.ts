import { expect, test } from 'vitest';
import type { Theme } from '../../src/domain/settings.ts';
import { EVENING } from '../support/sample-kiosk.ts';
import { paleTextsOnGround } from '../support/text-on-ground.ts';
import { settled, touchName, touchSignIn } from './gate-page.ts';
import { kiosk, openGateWithClock } from './gate-suite.ts';

/** Who came before, so that the wall of the greeting has bricks. */
const EARLIER = ['cai-jun', 'chen-wei', 'liu-yang', 'sun-lihua', 'zhou-min', 'feng-tao'];

const LOOKS = (['festive', 'calm'] satisfies Theme[]).flatMap((theme) =>
  (
    [
      { size: 'landscape', language: 'zh' },
      { size: 'portrait', language: 'en' },
    ] as const
  ).map((look) => ({ theme, ...look })),
);

test.each(LOOKS)('from three metres the greeting is too pale to read ($theme, $size)', async (look) => {
  for (const person of EARLIER) {
    const choice = { activityId: EVENING, personId: `sample-${person}`, postId: 'truss' };
    await kiosk.asStaff('attendance.signIn', { gestureId: person, ...choice, reason: 'skill' });
  }
  const page = await openGateWithClock(look);
  await page.locator('.idle').waitFor();
  await touchSignIn(page);
  await touchName(page, 'WJG', '王建国');
  await page.locator('.greeting .facts > :nth-child(2)').waitFor();
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1000);
  await settled(page);
  expect(await paleTextsOnGround(page, '.greeting .words', 7)).toEqual([]);
  expect(await paleTextsOnGround(page, '.greeting .bricks', 7)).toEqual([]);
  expect(await paleTextsOnGround(page, '.greeting .foot', 4.5)).toEqual([]);
  await page.locator('.greeting h1').evaluate((name) => (name.style.color = '#a8141b'));
  expect(await paleTextsOnGround(page, '.greeting .words', 4.5), 'the measure sees nothing').toHaveLength(1);
});
