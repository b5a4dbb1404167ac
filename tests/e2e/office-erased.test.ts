import { expect, test } from 'vitest';
import { addMs } from '../../src/domain/time.ts';
import { kioskClock } from '../support/kiosk-clock.ts';
import { EVENING } from '../support/sample-kiosk.ts';
import { expectSoundOffice } from './office-page.ts';
import { context, kiosk, openAt, page, takeKiosk } from './office-suite.ts';

const HOUR = 3_600_000;
const gestureId = () => crypto.randomUUID();
const signIn = (personId: string) =>
  kiosk.asStaff('attendance.signIn', { gestureId: gestureId(), activityId: EVENING, personId });
const rows = () => page.locator('tbody tr').allInnerTexts();

/** Jumps that nobody has settled. */
async function jumps() {
  const { clockJumps } = await kiosk.asStaff('system.details', {});
  return clockJumps.filter(({ settled }) => !settled);
}

const correct = (jumpId: string, right: 'before' | 'after') =>
  kiosk.asStaff('system.correctClock', { gestureId: gestureId(), jumpId, right });

/** A kiosk whose system clock the test can set. */
async function kioskWithClock() {
  const clock = kioskClock();
  let off = 0;
  await takeKiosk(undefined, { clock: { ...clock, now: () => addMs(clock.now(), off) } });
  return { forward: clock.forward, setOff: (ms: number) => void (off = ms) };
}

/** Waits until the kiosk has written its files again. */
async function ended(): Promise<void> {
  await expect
    .poll(async () => (await kiosk.asStaff('upkeep.state', {})).current, { timeout: 20_000 })
    .toBeNull();
}

test('who is erased stands in the list without a name, and on no screen else', async () => {
  await signIn('sample-zhou-min');
  await signIn('sample-wu-gang');
  await kiosk.asStaff('upkeep.erase', { gestureId: gestureId(), personIds: ['sample-zhou-min'] });
  await ended();
  await openAt('tonight');
  await page.locator('tr', { hasText: '吴刚' }).waitFor();
  expect(await rows()).toEqual([expect.stringContaining('吴刚'), expect.stringContaining('已删除')]);
  await expectSoundOffice(page);
  await page.locator('tr', { hasText: '已删除' }).getByRole('button', { name: '作废' }).click();
  await page.getByRole('heading', { name: '将已删除的签到作废？' }).waitFor();
  const { arrivals } = await kiosk.asStaff('wall.view', {});
  expect(arrivals.map(({ name }) => name)).toEqual(['吴刚']);
});

test('the list says which times were corrected, and of which only the date is kept', async () => {
  const { forward, setOff } = await kioskWithClock();
  // The sample was brought on the machine's own clock, which is another one.
  for (const { jumpId } of await jumps()) await correct(jumpId, 'after');
  await signIn('sample-zhou-min');
  setOff(-HOUR);
  await signIn('sample-wu-gang');
  const [jump] = await jumps();
  expect(jump).toMatchObject({ byMs: -HOUR });
  await correct(jump!.jumpId, 'before');
  await openAt('tonight', { language: 'en' });
  const corrected = () => page.locator('tr', { hasText: '吴刚' });
  await corrected().getByText('the clock was wrong, time corrected').waitFor();
  expect(await corrected().innerText()).toContain('18:00');
  await context.close();

  forward(24 * 3600);
  await kiosk.asStaff('upkeep.dropTimes', { gestureId: gestureId(), before: '2026-11-23' });
  await ended();
  await openAt('tonight', { language: 'en' });
  await page.getByLabel('Day').selectOption('2026-11-22');
  await corrected().getByText('only the date is kept: 2026-11-22').waitFor();
  expect(await corrected().innerText()).not.toMatch(/\d\d:\d\d/);
  await expectSoundOffice(page);
});
