import { expect, test } from 'vitest';
import { isoWithOffsetOf } from '../../src/domain/time.ts';
import { EVENING } from '../support/sample-kiosk.ts';
import { expectSoundOffice } from './office-page.ts';
import { kiosk, openAt, page } from './office-suite.ts';

const button = (name: string) => page.getByRole('button', { name, exact: true });
const dialog = () => page.getByRole('dialog');
const tab = (name: string) => page.locator('.which button', { hasText: name });
const signIn = (person: string, postId: string) =>
  kiosk.asStaff('attendance.signIn', {
    gestureId: crypto.randomUUID(),
    activityId: EVENING,
    personId: `sample-${person}`,
    postId,
  });

test('everybody is signed out in one step that is undone as one; an end is corrected with its reason', async () => {
  await signIn('zhou-min', 'spraying');
  await signIn('wu-gang', 'blanking');
  const inside = async () => (await kiosk.asStaff('attendance.counts', { activityId: EVENING })).inside;
  await openAt('tonight');
  await button('全体签退').click();
  await dialog().getByText('现场还有 2 人').waitFor();
  await expectSoundOffice(page);
  await dialog().getByRole('button', { name: '签退 2 人' }).click();
  await dialog().getByRole('button', { name: '撤销这一步' }).waitFor();
  expect(await inside()).toBe(0);
  await dialog().getByRole('button', { name: '撤销这一步' }).click();
  await expect.poll(inside).toBe(2);

  const row = page.locator('tr', { hasText: '周敏' });
  await row.getByRole('button', { name: '改签退' }).click();
  await button('提前离开').click();
  await dialog().getByRole('button', { name: '保存' }).click();
  await row.getByText('已更正：提前离开').waitFor();
  await expectSoundOffice(page);
  expect(await inside()).toBe(1);
});

test('leave with a reason is listed and taken back; a guest is matched to a person with the visit', async () => {
  const { personId: guestId } = await kiosk.asStaff('guests.signIn', {
    gestureId: crypto.randomUUID(),
    activityId: EVENING,
    name: '访客甲',
    organisation: '某厂',
  });
  await openAt('tonight');
  await tab('请假').click();
  await button('登记请假').click();
  await dialog().getByLabel('人员').fill('cw');
  await dialog().getByRole('button', { name: /陈伟/ }).click();
  await button('病假').click();
  await expectSoundOffice(page);
  await dialog().getByRole('button', { name: '保存' }).click();
  const row = page.locator('tr', { hasText: '陈伟' });
  await row.getByText('病假').waitFor();
  await expectSoundOffice(page);
  await row.getByRole('button').click();
  await page.getByText('没有人请假。').waitFor();

  await tab('来宾').click();
  await page.locator('tr', { hasText: '某厂' }).getByRole('button').click();
  await dialog().getByLabel('人员').fill('ly');
  await dialog().getByRole('button', { name: /刘洋/ }).click();
  await dialog().getByRole('button', { name: '对应' }).click();
  const whose = async () =>
    (await kiosk.asStaff('attendance.list', { activityId: EVENING })).visits.map(({ personId }) => personId);
  const unmatch = page.locator('tr', { hasText: '刘洋' }).getByRole('button', { name: /撤销/ });
  await unmatch.waitFor();
  await expectSoundOffice(page);
  expect(await whose()).toEqual(['sample-liu-yang']);
  await unmatch.click();
  await expect.poll(whose).toEqual([guestId]);
});

test('who has left reads "present", two of one name cannot be told apart, and the first steps come back', async () => {
  await signIn('chen-jie-1', 'welding');
  await signIn('chen-jie-2', 'welding');
  await kiosk.asStaff('signOuts.all', { gestureId: crypto.randomUUID(), activityId: EVENING });
  await signIn('zhou-min', 'spraying');
  await openAt('tonight', { language: 'en', size: 'landscape' });
  const rows = page.locator('main tbody tr');
  await rows.nth(2).waitFor();
  // Whether they were late is said behind it, by the hour.
  const states = (await rows.locator('.status').allTextContents()).map((text) => text.split(' · ')[0]);
  expect(states).toEqual(['present', 'signed out', 'signed out']);
  expect(await rows.locator('.how').allTextContents()).toEqual(
    Array.from({ length: 2 }, () => 'measured, signed out together'),
  );
  const marks = await rows.locator('.namesake').allTextContents();
  expect(new Set(marks).size).toBe(2);
  await page.locator('.numbers dt', { hasText: 'On leave' }).waitFor();
  await expectSoundOffice(page);
  await tab('Absent').click();
  await page.locator('.steps').waitFor();
  await button('Close the first steps').click();
  await page.locator('.steps').waitFor({ state: 'detached' });
  await page.reload();
  await page.locator('.lock h1').waitFor();
  await page.keyboard.type('482916');
  await page.keyboard.press('Enter');
  await rows.first().waitFor();
  expect(await page.locator('.steps').count()).toBe(0);
});

test('the rules of an activity are shown, changed, and kept by somebody who changes something else', async () => {
  await openAt('activities');
  await page.locator('.activity').first().click();
  await page.getByLabel('同时最多人数').fill('40');
  await page.getByLabel(/^提前开放签到/).fill('90');
  await page.getByLabel('仅以下范围').check();
  await page.getByLabel('党员', { exact: true }).check();
  await page.getByLabel('请签到人手写签名').check();
  await page.getByLabel('来宾可以在签到屏签到').uncheck();
  await page
    .getByLabel(/^硬上限/)
    .first()
    .check();
  await page.getByLabel('吴刚的岗位').selectOption({ label: '焊接' });
  await button('保存').click();
  const rules = async () => {
    const { rules, activity, schedule } = await kiosk.asStaff('activities.get', { activityId: EVENING });
    return { ...rules, hard: activity.posts[0]!.hard, early: schedule.opensMinutesBefore };
  };
  const changed = {
    capacity: 40,
    eligible: { categoryIds: ['party-member'], teams: [] },
    noGuests: true,
    evidence: { signature: true },
    assignments: { 'sample-wu-gang': 'welding' },
    hard: true,
    early: 90,
  };
  await expect.poll(rules).toMatchObject(changed);
  await page.locator('.activity').first().click();
  await page.getByLabel('同时最多人数').waitFor();
  await expectSoundOffice(page);
  await button('保存').click();
  await page.locator('.activity').first().waitFor();
  expect(await rules()).toMatchObject(changed);
});

test('a leader gets a PIN and a badge, which are never shown again, and loses them', async () => {
  await openAt('people');
  await page.getByRole('button', { name: '修改李明朗' }).click();
  await dialog().getByLabel('点名密码', { exact: true }).fill('123456');
  await dialog().getByRole('button', { name: '设置' }).click();
  await dialog().getByRole('alert').getByText('不能全部相同').waitFor();
  await dialog().getByLabel('点名密码', { exact: true }).fill('271828');
  await dialog().getByRole('button', { name: '设置' }).click();
  await dialog().getByRole('button', { name: '取消密码' }).waitFor();
  await dialog().getByLabel('工牌', { exact: true }).fill('LI-42');
  await page.keyboard.press('Enter');
  await dialog().getByRole('button', { name: '全部解绑' }).waitFor();
  await expectSoundOffice(page);
  const open = () =>
    kiosk.kiosk.dispatch('access.unlockLeader', { activityId: EVENING, badge: 'li-42' }, { role: 'screen' });
  expect(await open()).toMatchObject({ ok: true, result: { personId: 'sample-li-minglang' } });
  expect(await dialog().textContent()).not.toContain('271828');
  await dialog().getByRole('button', { name: '取消密码' }).click();
  await expect.poll(async () => (await kiosk.asStaff('access.leaders', {})).leaders).toEqual([]);
  await dialog().getByRole('button', { name: '全部解绑' }).click();
  await expect.poll(async () => (await open()).ok).toBe(false);
});

test('"Save" throws away a PIN or a badge that was typed and not set, or says that it was saved', async () => {
  await openAt('people', { language: 'en' });
  const open = (key: { pin: string; personId: string } | { badge: string }) =>
    kiosk.kiosk.dispatch('access.unlockLeader', { activityId: EVENING, ...key }, { role: 'screen' });
  const leader = 'sample-li-minglang';
  await button('Change 李明朗').click();
  await dialog().getByLabel('Staff no.').fill('8042');
  await dialog().getByLabel('PIN for the roll-call', { exact: true }).fill('31415');
  await button('Save').click();
  await dialog().getByRole('alert').getByText('6 to 12 digits').waitFor();
  expect(await page.getByText('Saved.').count()).toBe(0);
  await dialog().getByLabel('PIN for the roll-call', { exact: true }).fill('314159');
  await dialog().getByLabel('Badges', { exact: true }).fill('L');
  await button('Save').click();
  await dialog().getByRole('alert').getByText('at least 3 characters').waitFor();
  await dialog().getByLabel('Badges', { exact: true }).fill('LI-43');
  await button('Save').click();
  await dialog().waitFor({ state: 'detached' });
  expect(await open({ personId: leader, pin: '314159' })).toMatchObject({ ok: true });
  expect(await open({ badge: 'LI-43' })).toMatchObject({ ok: true });
  const { people } = await kiosk.asStaff('people.list', { query: '8042' });
  expect(people).toMatchObject([{ personId: leader }]);
});

test('who forgot to sign out is reviewed by day, and the days on which somebody did are named', async () => {
  const { activities } = await kiosk.asStaff('activities.list', {});
  const { startsAt } = activities.find(({ activityId }) => activityId === EVENING)!;
  const days = [1, 2].map((ago) =>
    isoWithOffsetOf(new Date(Date.parse(startsAt) - ago * 86_400_000).toISOString(), startsAt),
  );
  const came = [
    ['zhou-min', days[0]!],
    ['wu-gang', days[1]!],
    ['liu-yang', days[1]!],
  ] as const;
  for (const [person, at] of came) {
    const gestureId = crypto.randomUUID();
    const visit = { activityId: EVENING, personId: `sample-${person}`, at, reason: '补登' };
    await kiosk.asStaff('attendance.add', { gestureId, ...visit });
  }
  await kiosk.kiosk.upkeep.tick();
  await openAt('tonight');
  await tab('3').click();
  await page.getByText('没有待核对的记录').waitFor();
  const [yesterday, before] = days.map((at) => at.slice(0, 10)) as [string, string];
  await button(`${before}（2）`).click();
  await page.locator('tr', { hasText: '吴刚' }).waitFor();
  await page.locator('tr', { hasText: '刘洋' }).waitFor();
  expect(await page.locator('tr', { hasText: '周敏' }).count()).toBe(0);
  await expectSoundOffice(page);
  await button('全部确认（2 人）').click();
  await page.getByText('没有待核对的记录').waitFor();
  await button(`${yesterday}（1）`).click();
  await page.locator('tr', { hasText: '周敏' }).waitFor();
  const { visits } = await kiosk.asStaff('signOuts.review', { activityId: EVENING });
  expect(visits).toMatchObject([{ name: '周敏', takingPlace: yesterday }]);
});

test('who is on leave is not absent; leave for a coming day is noted, looked at and taken back', async () => {
  const leave = { activityId: EVENING, personId: 'sample-chen-wei', reason: '病假' };
  await kiosk.asStaff('leaves.note', { gestureId: crypto.randomUUID(), ...leave });
  await openAt('tonight');
  await tab('未到').click();
  await page.locator('tr', { hasText: '刘洋' }).waitFor();
  expect(await page.locator('tr', { hasText: '陈伟' }).count()).toBe(0);

  const coming = '2099-01-05';
  await tab('请假').click();
  await page.locator('tr', { hasText: '陈伟' }).waitFor();
  await button('登记请假').click();
  await dialog().getByLabel('人员').fill('ly');
  await dialog().getByRole('button', { name: /刘洋/ }).click();
  await dialog().locator('input[type=date]').fill(coming);
  await button('事假').click();
  await expectSoundOffice(page);
  await dialog().getByRole('button', { name: '保存' }).click();
  // The list goes to that day.
  const row = page.locator('tr', { hasText: '刘洋' });
  await row.getByText('事假').waitFor();
  expect(await page.locator('tr', { hasText: '陈伟' }).count()).toBe(0);
  expect(await page.locator('.choice select').nth(1).inputValue()).toBe(coming);
  await row.getByRole('button').click();
  await page.getByText('没有人请假。').waitFor();
});
