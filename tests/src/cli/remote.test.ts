import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { muster } from '../../support/cli.ts';
import { expectOneLine } from '../../support/one-line.ts';
import { plainJpeg } from '../../support/pictures.ts';
import { prepareEvening, serveTestKiosk } from '../../support/served-kiosk.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const PIN = '482916';

/** A kiosk that is being served and has a PIN. */
async function officeAt() {
  const served = await serveTestKiosk();
  const answer = await served.kiosk.dispatch('access.setPin', { pin: PIN }, { role: 'screen' });
  expect(answer.ok).toBe(true);
  return { ...served, at: ['--url', served.address, '--pin', PIN, '--json'] };
}

test('people, photos and the sheet of a running kiosk, from a terminal with the PIN', async () => {
  const served = await officeAt();
  const { activityId, wang } = await prepareEvening(served);
  const folder = await tempFolder();
  const sheet = join(folder, 'people.csv');
  writeFileSync(sheet, '姓名,工号\n张三,9001\n,9002\n');
  const people = await muster(['import', 'people', sheet, ...served.at]);
  expect([people.code, people.stderr]).toEqual([0, '']);
  expect(JSON.parse(people.stdout)).toMatchObject({
    added: 1,
    skipped: [{ line: 3, reason: 'name-missing' }],
  });

  const photos = join(folder, 'photos');
  mkdirSync(photos);
  writeFileSync(join(photos, 'a.jpg'), await plainJpeg(60, 40));
  writeFileSync(join(photos, 'note.txt'), 'no photo');
  symlinkSync('/etc/passwd', join(photos, 'link.jpg'));
  const imported = await muster(['import', 'photos', photos, '--album', 'Evening', ...served.at]);
  expect([imported.code, imported.stderr]).toEqual([0, '']);
  const report = JSON.parse(imported.stdout) as { added: number; skipped: { file: string }[] };
  expect(report.added).toBe(1);
  expect(report.skipped.map(({ file }) => file.split('/').at(-1)).sort()).toEqual(['link.jpg', 'note.txt']);
  expect(served.kiosk.state.photos.size).toBe(1);

  await served.asStaff('attendance.add', { gestureId: 'g', activityId, personId: wang, reason: 'late' });
  const out = join(folder, 'out.csv');
  const exported = await muster(['export', activityId, '--format', 'csv', '--out', out, ...served.at]);
  expect([exported.code, exported.stderr]).toEqual([0, '']);
  expect(readFileSync(out, 'utf8')).toContain('王建国');
});

test('a wrong PIN is one line, and nothing is done', async () => {
  const { address, kiosk } = await officeAt();
  const args = ['sample', 'remove', '--url', address, '--pin', '111222'];
  expectOneLine(await muster(args), { code: 1, says: /PIN is wrong/ });
  expect(kiosk.state.lastSeq).toBe(0);
});

test('without the PIN an address gives what a screen may have, no more', async () => {
  const { address } = await officeAt();
  expect((await muster(['call', 'system.health', '--url', address])).code).toBe(0);
  expectOneLine(await muster(['call', 'system.details', '--url', address]), {
    code: 1,
    says: /role-missing/,
  });
});

test('a forgotten PIN is reset on the machine while the kiosk runs, and every open office is locked', async () => {
  const { kiosk, dataFolder } = await officeAt();
  const unlocked = await kiosk.dispatch('access.unlock', { pin: PIN }, { role: 'screen' });
  const { token } = (unlocked as { result: { token: string } }).result;
  expect(kiosk.callerOf(token).role).toBe('admin');
  expect((await muster(['pin', 'reset', '--data', dataFolder])).code).toBe(0);
  expect(kiosk.callerOf(token).role).toBe('screen');
  const state = await kiosk.dispatch('access.state', {}, { role: 'screen' });
  expect(state).toMatchObject({ ok: true, result: { pinSet: false } });
});
