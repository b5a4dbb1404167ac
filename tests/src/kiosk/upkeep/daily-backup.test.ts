import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, realpathSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openKiosk } from '../../../../src/kiosk/open-kiosk.ts';
import { lastDue } from '../../../../src/kiosk/upkeep/daily-backup.ts';
import { restoreClosed } from '../../../../src/kiosk/upkeep/restore.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { backUpTo, openUpkeepKiosk, untold, type UpkeepKiosk } from './kiosks.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** A kiosk at 18:00 with a daily backup into its stick. */
async function kioskWithDaily(daily: { hour: number; photos?: boolean; folder?: string }) {
  const opened = await openUpkeepKiosk();
  const { hour, photos = false, folder = opened.stick } = daily;
  await setDaily(opened, { folder, hour, photos });
  return opened;
}

/** Changes the setting, which the kiosk notices within a minute. */
async function setDaily(
  { asStaff, kiosk }: Pick<UpkeepKiosk, 'asStaff' | 'kiosk'>,
  backup: { folder: string; hour: number; photos: boolean } | null,
) {
  await asStaff('settings.save', { gestureId: randomUUID(), settings: { backup } });
  await kiosk.upkeep.tick();
}

function zips(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.zip'));
}

describe('the hour', () => {
  test.each([
    [12, '2026-11-22T18:00:00.000+08:00', '2026-11-22T12:00:00.000+08:00'],
    [18, '2026-11-22T18:00:00.000+08:00', '2026-11-22T18:00:00.000+08:00'],
    [19, '2026-11-22T18:00:00.000+08:00', '2026-11-21T19:00:00.000+08:00'],
    [0, '2026-11-22T00:00:00.000+08:00', '2026-11-22T00:00:00.000+08:00'],
    [23, '2027-01-01T00:10:00.000+08:00', '2026-12-31T23:00:00.000+08:00'],
    [5, '2026-11-22T04:59:59.999-03:30', '2026-11-21T05:00:00.000-03:30'],
  ])('%i as seen at %s was last at %s', (hour, now, due) => {
    expect(lastDue(hour, now)).toBe(due);
  });
});

describe('a daily backup', () => {
  test('is made once at its hour, not before, and again the next day', async () => {
    const opened = await kioskWithDaily({ hour: 22 });
    const { kiosk, clock, stick, asStaff } = opened;
    await kiosk.upkeep.tick();
    expect(zips(stick)).toEqual([]);
    expect(await asStaff('upkeep.state', {})).toMatchObject({
      nextBackupAt: '2026-11-22T22:00:00.000+08:00',
      lastBackup: null,
    });

    clock.forward(4 * HOUR + 30);
    expect(await asStaff('upkeep.state', {})).toMatchObject({
      nextBackupAt: '2026-11-22T22:00:00.000+08:00',
    });
    await kiosk.upkeep.tick();
    const first = `muster-${kiosk.gate}-20261122-220030.zip`;
    expect(zips(stick)).toEqual([first]);
    expect(await asStaff('upkeep.state', {})).toMatchObject({
      nextBackupAt: '2026-11-23T22:00:00.000+08:00',
      lastBackup: { path: join(stick, first), at: '2026-11-22T22:00:30.000+08:00', photos: false },
      ended: [{ kind: 'backup', state: 'done', path: join(stick, first) }],
    });
    for (let minute = 0; minute < 3; minute++) {
      clock.forward(60);
      await kiosk.upkeep.tick();
    }
    expect(zips(stick)).toHaveLength(1);
    clock.forward(DAY);
    await kiosk.upkeep.tick();
    expect(zips(stick)).toHaveLength(2);
  });

  test('that was missed is made up, after a restart too, which neither doubles nor forgets', async () => {
    const opened = await kioskWithDaily({ hour: 22 });
    const { clock, stick, dataFolder } = opened;
    clock.forward(4 * HOUR);
    await opened.kiosk.upkeep.tick();
    expect(zips(stick)).toHaveLength(1);
    let kiosk = opened.kiosk;
    const restart = async () => {
      await kiosk.close();
      kiosk = await openKiosk(dataFolder, { clock });
      await kiosk.upkeep.tick();
    };
    onTestFinished(() => kiosk.close());
    await restart();
    expect(zips(stick)).toHaveLength(1);
    // Switched off over the hour: made up in the morning.
    clock.forward(DAY + 10 * HOUR);
    await restart();
    expect(zips(stick)).toHaveLength(2);
    await restart();
    expect(zips(stick)).toHaveLength(2);
    clock.forward(13 * HOUR + 1800);
    await kiosk.upkeep.tick();
    expect(zips(stick)).toHaveLength(2);
  });

  test('by hand into the same folder counts; elsewhere, or without the photos that are wanted, it does not', async () => {
    const opened = await kioskWithDaily({ hour: 22, photos: true });
    const { kiosk, clock, stick } = opened;
    clock.forward(5 * HOUR);
    mkdirSync(join(stick, 'sub'));
    await backUpTo(opened, true, join('sub', 'elsewhere.zip'));
    await backUpTo(opened, false, 'without.zip');
    await kiosk.upkeep.tick();
    expect(zips(stick)).toHaveLength(2);
    clock.forward(DAY);
    await backUpTo(opened, true, 'by-hand.zip');
    await kiosk.upkeep.tick();
    expect(zips(stick)).toHaveLength(3);
  });

  test('set up or changed owes nothing from before', async () => {
    const opened = await kioskWithDaily({ hour: 12 });
    const { kiosk, clock, stick, asStaff } = opened;
    await kiosk.upkeep.tick();
    expect(zips(stick)).toEqual([]);
    expect((await asStaff('upkeep.state', {})).nextBackupAt).toBe('2026-11-23T12:00:00.000+08:00');
    clock.forward(HOUR);
    await setDaily(opened, { folder: stick, hour: 20, photos: false });
    clock.forward(HOUR);
    await kiosk.upkeep.tick();
    expect(zips(stick)).toHaveLength(1);
    await setDaily(opened, null);
    clock.forward(3 * DAY);
    await kiosk.upkeep.tick();
    expect(zips(stick)).toHaveLength(1);
    expect((await asStaff('upkeep.state', {})).nextBackupAt).toBeNull();
  });

  test('through a link to its folder is made once', async () => {
    const target = realpathSync(await tempFolder());
    const opened = await openUpkeepKiosk();
    const { kiosk, clock, stick } = opened;
    process.env.MUSTER_PLACES = `${stick}:${target}`;
    symlinkSync(target, join(stick, 'link'));
    await setDaily(opened, { folder: join(stick, 'link'), hour: 22, photos: false });
    clock.forward(5 * HOUR);
    await kiosk.upkeep.tick();
    clock.forward(2 * HOUR);
    await kiosk.upkeep.tick();
    expect(zips(target)).toHaveLength(1);
  });

  test('waits while other work is under way', async () => {
    const opened = await kioskWithDaily({ hour: 22 });
    const { kiosk, clock, stick, asStaff } = opened;
    clock.forward(5 * HOUR);
    const gate = Promise.withResolvers<{ words: { en: string; zh: string } }>();
    const { result } = kiosk.upkeep.works.start('verify', null, () => gate.promise);
    await kiosk.upkeep.tick();
    expect(zips(stick)).toEqual([]);
    gate.resolve({ words: { en: 'done', zh: '完成' } });
    await result;
    await kiosk.upkeep.tick();
    expect(zips(stick)).toHaveLength(1);
    expect((await asStaff('upkeep.state', {})).ended).toHaveLength(2);
  });
});

describe('a folder that cannot be written', () => {
  test('is said with words, tried again an hour later and no sooner, and made up for', async () => {
    const opened = await kioskWithDaily({ hour: 22 });
    const { kiosk, clock, stick, asStaff } = opened;
    clock.forward(5 * HOUR);
    const away = `${stick}-away`;
    renameSync(stick, away);
    await kiosk.upkeep.tick();
    for (let minute = 0; minute < 59; minute++) {
      clock.forward(60);
      await kiosk.upkeep.tick();
    }
    const { ended, nextBackupAt } = await asStaff('upkeep.state', {});
    expect(ended).toMatchObject([
      {
        kind: 'backup',
        state: 'failed',
        words: {
          en: expect.stringMatching(/cannot be read \(ENOENT\).*plug the stick in/) as string,
          zh: expect.stringMatching(/请重新插入 U 盘/) as string,
        },
      },
    ]);
    expect(nextBackupAt).toBe('2026-11-23T00:00:00.000+08:00');
    clock.forward(60);
    await kiosk.upkeep.tick();
    expect((await asStaff('upkeep.state', {})).ended).toHaveLength(2);
    renameSync(away, stick);
    clock.forward(HOUR);
    await kiosk.upkeep.tick();
    expect(zips(stick)).toHaveLength(1);
    expect((await asStaff('upkeep.state', {})).ended[0]!.state).toBe('done');
  });

  test('because it is in none of the places, is refused', async () => {
    const opened = await kioskWithDaily({ hour: 22, folder: '/usr' });
    opened.clock.forward(5 * HOUR);
    await opened.kiosk.upkeep.tick();
    const { ended } = await opened.asStaff('upkeep.state', {});
    expect(ended[0]!.words!.en).toMatch(/in none of this machine's places/);
  });
});

describe('older ones', () => {
  test('go once three newer ones are there, and that is remembered; nothing else is removed', async () => {
    const opened = await kioskWithDaily({ hour: 22 });
    const { kiosk, clock, stick, asStaff } = opened;
    const other = await openUpkeepKiosk();
    process.env.MUSTER_PLACES = `${stick}:${other.stick}`;
    const foreign = await backUpTo(other, false);
    renameSync(foreign, join(stick, 'foreign.zip'));
    writeFileSync(join(stick, 'muster-letter.zip'), 'Dear organiser,');
    writeFileSync(join(stick, 'photo.jpg'), 'a photo');
    clock.forward(4 * HOUR);
    const made: string[] = [];
    for (let day = 0; day < 5; day++) {
      await kiosk.upkeep.tick();
      made.push((await asStaff('upkeep.state', {})).lastBackup!.path);
      clock.forward(DAY);
    }
    expect(new Set(made).size).toBe(5);
    const kept = made.slice(2);
    expect(readdirSync(stick).sort()).toEqual(
      [
        ...kept.map((path) => path.slice(stick.length + 1)),
        'foreign.zip',
        'muster-letter.zip',
        'photo.jpg',
      ].sort(),
    );
    expect([...kiosk.state.backups.keys()]).toEqual(kept);
    expect((await asStaff('upkeep.state', {})).ended.every(({ state }) => state === 'done')).toBe(true);
  });

  test('with photos stay while the newer ones have none', async () => {
    const opened = await kioskWithDaily({ hour: 22 });
    const { kiosk, clock, stick } = opened;
    const withPhotos = await backUpTo(opened, true, 'with-photos.zip');
    clock.forward(4 * HOUR);
    for (let day = 0; day < 4; day++) {
      await kiosk.upkeep.tick();
      clock.forward(DAY);
    }
    expect(zips(stick)).toHaveLength(4);
    expect([...kiosk.state.backups.keys()]).toContain(withPhotos);
  });

  test('are told by what they hold, not by a clock that is wrong', async () => {
    const opened = await kioskWithDaily({ hour: 22 });
    const { kiosk, clock, stick } = opened;
    const now = clock.now.bind(clock);
    // Nobody set the clock after the battery was empty.
    clock.now = () => `2035${now().slice(4)}`;
    for (const name of ['a.zip', 'b.zip', 'c.zip']) await backUpTo(opened, false, name);
    clock.now = now;
    clock.forward(5 * HOUR);
    await kiosk.upkeep.tick();
    const made = zips(stick).filter((name) => name.startsWith('muster-'));
    expect(made).toHaveLength(1);
    expect(zips(stick).sort()).toEqual(['b.zip', 'c.zip', ...made]);
    // The one of 2035 does not stand for those that will be due until then.
    clock.forward(DAY);
    await kiosk.upkeep.tick();
    expect(zips(stick).sort()).toEqual(['c.zip', ...made, expect.any(String)]);
  });

  test('of another past, with more than the present data, stay', async () => {
    const opened = await openUpkeepKiosk();
    const { kiosk, clock, stick, dataFolder } = opened;
    const early = await backUpTo(opened, false, 'early.zip');
    for (const personId of [opened.evening.li, opened.evening.chenOfTruss]) await opened.signIn(personId);
    for (const name of ['x.zip', 'y.zip', 'z.zip']) await backUpTo(opened, false, name);
    await kiosk.close();
    // The machine is exchanged, and the oldest backup is what was at hand.
    const next = `${dataFolder}-next`;
    await restoreClosed(next, early, untold());
    const again = await openKiosk(next, { clock });
    onTestFinished(() => again.close());
    const answer = await again.dispatch(
      'settings.save',
      { gestureId: 'g', settings: { backup: { folder: stick, hour: 22, photos: false } } },
      { role: 'admin' },
    );
    expect(answer.ok).toBe(true);
    await again.upkeep.tick();
    clock.forward(5 * HOUR);
    await again.upkeep.tick();
    expect(zips(stick)).toHaveLength(5);
  });
});
