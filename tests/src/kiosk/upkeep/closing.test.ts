import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openKiosk } from '../../../../src/kiosk/open-kiosk.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { WatchedFileSystem } from '../../../support/watched-file-system.ts';

test('a kiosk that closes begins no other work on its store: the next one that opens the folder keeps what it was told', async () => {
  const data = join(await tempFolder(), 'data');
  const fs = new WatchedFileSystem();
  const faults: unknown[] = [];
  const first = await openKiosk(data, { fs, onFault: (error) => void faults.push(error) });
  const save = (kiosk: typeof first, name: string) =>
    kiosk.dispatch('people.save', { gestureId: name, person: { name } }, { role: 'admin' });
  await save(first, '陈杰');
  // What a power cut left to be done: the minute's work would begin to write the store again.
  await writeFile(join(data, 'redact.json'), '{}\n');
  const ticking = [first.upkeep.tick(), first.upkeep.tick()];
  await first.close();
  await Promise.all(ticking);
  await first.upkeep.tick();

  const second = await openKiosk(data);
  expect(await save(second, '陈伟')).toMatchObject({ ok: true });
  expect(await save(first, '李四')).toMatchObject({ ok: false, refusal: { code: 'kiosk-closing' } });
  expect(await first.dispatch('system.resume', {}, { role: 'admin' })).toMatchObject({ ok: false });
  expect(await first.dispatch('upkeep.verify', {}, { role: 'admin' })).toMatchObject({ ok: false });
  await second.close();
  const third = await openKiosk(data);
  expect([...third.state.people.values()].map(({ name }) => name)).toEqual(['陈杰', '陈伟']);
  await third.close();
});
