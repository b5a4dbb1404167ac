import { describe, expect, test } from 'vitest';
import { EVENING } from '../support/sample-kiosk.ts';
import { read, touchName, touchPost, touchSignIn } from './gate-page.ts';
import { kiosk, openGate, signInElsewhere } from './gate-suite.ts';

const WORDS = {
  zh: { welding: '焊接', of: '焊接班', undo: '撤销', welcome: '欢迎', justNow: '刚刚签到' },
  en: { welding: 'Welding', of: '焊接班', undo: 'undo', welcome: 'Welcome', justNow: 'just signed in' },
};

// Each language and each orientation once; gate-flows.test.ts looks at the pages in all of them.
describe.each([
  { size: 'landscape', language: 'zh' },
  { size: 'portrait', language: 'en' },
] as const)('the gate at $size in $language', ({ size, language }) => {
  const words = WORDS[language];
  test('signs somebody in by touch, greets after the disk, shows the brick, and undoes it', async () => {
    const page = await openGate({ size, language });
    await touchSignIn(page);
    await page.locator('.person').nth(17).waitFor();

    await touchName(page, 'CJ', '陈杰', '017');
    await page.locator('.posts').waitFor();

    await touchPost(page, words.welding);
    await page.locator('.greeting h1', { hasText: '陈杰' }).waitFor();
    const { visits } = await kiosk.asStaff('attendance.list', { activityId: EVENING });
    expect(visits).toMatchObject([{ personId: 'sample-chen-jie-1', postId: 'welding' }]);
    expect(await page.locator('.greeting').textContent()).toContain(words.welcome);
    expect(await page.locator('.newest').textContent()).toContain('陈杰');

    await read(page);
    await page.locator('.next').tap();
    await page.locator('.tile .brick', { hasText: words.justNow }).waitFor();

    await touchSignIn(page);
    await touchName(page, 'CJ', '陈杰', words.welding);
    await page.locator('.already').waitFor();
    await read(page);
    await page.getByRole('button', { name: words.undo }).tap();
    await page.locator('.message', { hasText: '陈杰' }).first().waitFor();

    await page.locator('.idle').waitFor();
    await expect.poll(() => page.locator('.tile .brick').count()).toBe(0);
    const after = await kiosk.asStaff('attendance.list', { activityId: EVENING });
    expect(after.visits[0]?.undoneAt).toBeDefined();
    expect(await kiosk.asStaff('attendance.counts', { activityId: EVENING })).toMatchObject({ present: 0 });
  });

  test('a full post asks why and signs in all the same', async () => {
    const others = ['wang-jianguo', 'li-minglang', 'zhao-zhiqiang'];
    for (const person of others) {
      await signInElsewhere(person, 'spraying');
    }
    const page = await openGate({ size, language });
    await touchSignIn(page);
    await touchName(page, 'LY', '刘洋');
    await read(page);
    await page.locator('.post.full').tap();
    await page.locator('.reason').waitFor();
    await read(page);
    await page.locator('.choice').first().tap();
    await page.locator('.greeting h1', { hasText: '刘洋' }).waitFor();
    const { visits } = await kiosk.asStaff('attendance.list', { activityId: EVENING });
    const visit = visits.find(({ personId }) => personId === 'sample-liu-yang');
    expect(visit).toMatchObject({ postId: 'spraying', overLimit: true });
    expect(visit?.reason).toBeTruthy();
  });
});
