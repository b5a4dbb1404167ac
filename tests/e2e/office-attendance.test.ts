import { expect, test } from 'vitest';
import { resetPin } from '../../src/access/pin-file.ts';
import { EVENING } from '../support/sample-kiosk.ts';
import { expectSoundOffice } from './office-page.ts';
import { kiosk, openAt, page } from './office-suite.ts';

const button = (name: string) => page.getByRole('button', { name, exact: true });
const dialog = () => page.getByRole('dialog');
const signIn = (personId: string, postId: string) =>
  kiosk.asStaff('attendance.signIn', {
    gestureId: crypto.randomUUID(),
    activityId: EVENING,
    personId,
    postId,
  });
const counts = () => kiosk.asStaff('attendance.counts', { activityId: EVENING });

test('a wrong sign-in is voided with its reason, and somebody who could not sign in is added', async () => {
  await signIn('sample-zhou-min', 'spraying');
  await openAt('tonight');
  const row = page.locator('tr', { hasText: '周敏' });
  await row.waitFor();
  await expectSoundOffice(page);

  await row.getByRole('button', { name: '作废' }).click();
  expect(await dialog().getByRole('button', { name: '作废' }).isDisabled()).toBe(true);
  await button('本人未到场').click();
  await expectSoundOffice(page);
  await dialog().getByRole('button', { name: '作废' }).click();
  await row.getByText(/作废：本人未到场/).waitFor();
  expect((await counts()).present).toBe(0);
  expect(await row.getByRole('button').count()).toBe(0);

  await button('补录').click();
  await dialog().getByLabel('人员').fill('wg');
  await dialog().getByRole('button', { name: /吴刚/ }).click();
  await dialog().getByLabel('岗位').selectOption({ label: '下料' });
  await button('忘记签到').click();
  await expectSoundOffice(page);
  await button('添加').click();
  const added = page.locator('tr', { hasText: '吴刚' });
  await added.getByText(/由管理员补录：忘记签到/).waitFor();
  expect(await counts()).toMatchObject({ present: 1 });

  // The same person again: a "no" in words, and what was typed is still there.
  await button('补录').click();
  await dialog().getByLabel('人员').fill('1092');
  await dialog().getByRole('button', { name: /吴刚/ }).click();
  await button('签到屏繁忙').click();
  await button('添加').click();
  await dialog()
    .getByRole('alert')
    .getByText(/已于 .* 签到/)
    .waitFor();
  expect(await dialog().getByLabel('原因').inputValue()).toBe('签到屏繁忙');
});

test('an activity of one’s own: template, leader, expected people; the board knows who is absent', async () => {
  await openAt('activities', { language: 'en' });
  await button('New activity').click();
  await expectSoundOffice(page);
  await page.getByRole('button', { name: /^Training/ }).click();
  // The words of the template go together: nobody's evening is called "Training" in the other language.
  await page.getByLabel('Title (English)').fill('Crane safety');
  expect(await page.getByLabel('Title (Chinese)').inputValue()).toBe('');
  // A look at another section loses nothing that was typed.
  await page.locator('nav').getByRole('button', { name: 'People' }).click();
  await page.locator('nav').getByRole('button', { name: 'Activities' }).click();
  expect(await page.getByLabel('Title (English)').inputValue()).toBe('Crane safety');
  await button('It starts now').click();
  await button('Add a post').click();
  await page.getByLabel('Post (English)').fill('Hall 2');
  await page.getByLabel('Team leader').fill('lml');
  await page.getByRole('button', { name: /李明朗/ }).click();
  await page.getByRole('radio', { name: /These people/ }).check();
  await page.getByLabel('A whole team …').selectOption('焊接班');
  await page.getByText('These people (4)').waitFor();
  await kiosk.asStaff('people.remove', { gestureId: 'away', personIds: ['sample-shan-xiaoyu'] });
  await page.getByText('No longer on the roster').waitFor();
  await expectSoundOffice(page);
  await button('Take out: No longer on the roster').click();
  await button('Take out: 冯涛').click();
  await page.getByText('These people (2)').waitFor();
  await page.getByLabel('From · Hour').selectOption('09');
  await page.getByLabel('From · Minute').selectOption('35');
  await page.getByText(/^\w+day,? \d+ \w+ 20\d\d$/).waitFor();
  await button('It starts now').click();
  await page.getByLabel('A whole team …').selectOption('焊接班');
  await page.getByText('These people (3)').waitFor();
  await button('Save').click();
  await page.getByText('Saved: open for sign-in now.').waitFor();
  await expectSoundOffice(page);

  const { activities } = await kiosk.asStaff('activities.list', {});
  const own = activities.find(({ sample }) => !sample)!;
  expect(own).toMatchObject({
    title: { en: 'Crane safety', zh: 'Crane safety' },
    open: true,
    posts: [{ name: { en: 'Hall 2', zh: 'Hall 2' }, leader: { name: '李明朗' } }],
  });
  await kiosk.asStaff('attendance.signIn', {
    gestureId: crypto.randomUUID(),
    activityId: own.activityId,
    personId: 'sample-feng-tao',
  });
  const board = await kiosk.asStaff('board.view', {});
  expect(board).toMatchObject({ expected: 3, present: 1, absent: 2 });

  // It has a sign-in now: removing it is refused in words, and it stays.
  await page.getByRole('button', { name: /Crane safety/ }).click();
  await button('Remove the activity').click();
  await dialog().getByRole('button', { name: 'Remove', exact: true }).click();
  await page
    .getByText(/stays as history/)
    .first()
    .waitFor();
  expect((await kiosk.asStaff('activities.list', {})).activities).toHaveLength(2);
});

test('who is absent has no name, or must be looked for to be added', async () => {
  await signIn('sample-zhou-min', 'spraying');
  await openAt('tonight');
  const { activity, schedule } = await kiosk.asStaff('activities.get', { activityId: EVENING });
  const { title, place } = activity;
  const posts = activity.posts.map(({ postId, name, wanted }) => ({ postId, name, wanted }));
  const numbers = { activityId: EVENING, title, place, schedule, posts };
  const expectedIds = ['sample-zhou-min', 'sample-wu-gang', 'sample-feng-tao'];
  await kiosk.asStaff('activities.save', { gestureId: 'named', activity: { ...numbers, expectedIds } });
  await button('未到').click();
  const names = () => page.locator('tbody strong').allTextContents();
  await expect.poll(names).toEqual(['冯涛', '吴刚']);
  await expectSoundOffice(page);
  await button('补录吴刚').click();
  await dialog().getByText('吴刚').waitFor();
  await button('忘记签到').click();
  await expectSoundOffice(page);
  await button('添加').click();
  await expect.poll(names).toEqual(['冯涛']);
  expect(await counts()).toMatchObject({ expected: 3, present: 2, absent: 1 });
  await kiosk.asStaff('activities.save', { gestureId: 'numbers', activity: numbers });
  await page.getByText('这里只定了人数').waitFor();
});

test('the list of one activity stands under the name of another', async () => {
  await signIn('sample-zhou-min', 'spraying');
  const { schedule } = await kiosk.asStaff('activities.get', { activityId: EVENING });
  const title = { en: 'Drill', zh: '演练' };
  await kiosk.asStaff('activities.save', {
    gestureId: 'drill',
    activity: { title, place: title, schedule, posts: [] },
  });
  await openAt('tonight');
  const choice = page.locator('.choice select').first();
  await choice.selectOption(EVENING);
  await page.locator('tr', { hasText: '周敏' }).waitFor();
  await page.route('**/api/attendance.list', (route) => route.abort());
  await choice.selectOption({ label: (await choice.locator('option', { hasText: '演练' }).textContent())! });
  await page.locator('tr', { hasText: '周敏' }).waitFor({ state: 'detached' });
  await page.unroute('**/api/attendance.list');
  await page.getByText('还没有人签到').waitFor();
});

test('an answer that was lost makes two of one person', async () => {
  await openAt('people');
  await button('添加人员').click();
  await dialog().getByLabel('姓名').fill('王伟');
  const lose = () =>
    page.route(
      '**/api/people.save',
      async (route) => {
        await route.fetch();
        await route.abort('connectionreset');
      },
      { times: 1 },
    );
  const named = () => [...kiosk.kiosk.state.people.values()].filter(({ name }) => name === '王伟').length;
  await lose();
  await button('保存').click();
  await dialog().getByRole('alert').waitFor();
  expect(named()).toBe(1);
  await button('保存').click();
  await dialog().waitFor({ state: 'detached' });
  expect(named()).toBe(1);

  // Another one of the same name, on purpose, is another person.
  await button('添加人员').click();
  await dialog().getByLabel('姓名').fill('王伟');
  await button('保存').click();
  await dialog().waitFor({ state: 'detached' });
  expect(named()).toBe(2);
});

test('whoever leaves the office for the gate, or has the PIN reset, leaves it locked', async () => {
  await openAt('people');
  await page.locator('nav').getByRole('button', { name: '签到页' }).click();
  await page.locator('.idle').waitFor();
  await page.goBack();
  await page.locator('.lock').waitFor();
  expect(await page.locator('table').count()).toBe(0);
  await page.keyboard.type('482916');
  await page.keyboard.press('Enter');
  await page.locator('table').waitFor();

  await resetPin(kiosk.folder);
  await page.locator('nav').getByRole('button', { name: '标语' }).click();
  await page.locator('.lock h1', { hasText: '请设置管理密码' }).waitFor();
  expect(await page.locator('nav').count()).toBe(0);
});

test('an office that nobody locked or left gives the screen back, and nobody else’s', async () => {
  await openAt('people');
  await page.clock.install();
  await page.goto(`${kiosk.address}/wall`);
  await page.getByRole('button', { name: '管理' }).click();
  await page.locator('.lock h1').waitFor();
  await page.keyboard.type('482916');
  await page.keyboard.press('Enter');
  await page.locator('nav').getByRole('button', { name: '标语' }).click();
  await page.clock.runFor(5 * 60_000 + 1000);
  await page.locator('.lock').waitFor();
  await page.clock.runFor(31_000);
  await page.locator('.lock').waitFor({ state: 'detached' });
  expect(new URL(page.url()).pathname).toBe('/wall');

  // Opened by its address it belongs to no screen.
  await page.goto(`${kiosk.address}/office/people`);
  await page.locator('.lock h1').waitFor();
  await page.clock.runFor(31_000);
  expect(await page.locator('.lock h1').count()).toBe(1);
  expect(await button('返回').count()).toBe(0);
});

test('the page for the PIN stays empty when the kiosk was away for a moment', async () => {
  await openAt('people');
  await page.route('**/api/access.state', (route) => route.abort(), { times: 1 });
  await page.reload();
  await page.keyboard.type('482916');
  await page.locator('.lock h1').waitFor({ timeout: 6000 });
});

test('a PIN that is being checked looks as if it had been lost', async () => {
  await openAt('health', { language: 'en' });
  await page.getByRole('button', { name: 'Lock' }).click();
  await page.locator('.lock h1').waitFor();
  const answer = Promise.withResolvers<void>();
  await page.route('**/api/access.unlock', async (route) => {
    await answer.promise;
    await route.continue();
  });
  await page.keyboard.type('482916');
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('Checking …').waitFor();
  answer.resolve();
  await page.locator('.office main h1').waitFor();
});

test('a wrong PIN says so, five make a wait that is counted down, and the gate goes on', async () => {
  await openAt('health');
  await button('锁定').click();
  await page.locator('.lock h1').waitFor();
  for (let tried = 0; tried < 5; tried++) {
    await page.locator('.keys button:not([disabled])').first().waitFor();
    await page.keyboard.type('111222');
    await page.keyboard.press('Enter');
    await page
      .getByRole('alert')
      .getByText(tried < 4 ? '密码错误' : '秒后可再试')
      .waitFor();
  }
  expect(await page.locator('.keys .done').isDisabled()).toBe(true);
  await signIn('sample-zhou-min', 'spraying');
  expect((await counts()).present).toBe(1);
});
