import { join } from 'node:path';
import { expect, test } from 'vitest';
import { advanceStore } from '../../../src/store/advance-store.ts';
import { nodeFileSystem } from '../../../src/store/node-file-system.ts';
import { recover } from '../../../src/store/recovery.ts';
import { verifyStore } from '../../../src/store/verify-store.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import {
  append,
  foldInto,
  openNoted,
  recordsUpTo,
  reopened,
  storeWithSnapshots,
  upTo,
} from './store-folder.ts';

test('a store that is advanced holds what it held, and its next number was never given before', async () => {
  const folder = await tempFolder();
  await storeWithSnapshots(folder);
  const found = await recover(nodeFileSystem, join(folder, 'store'), foldInto([]));
  const { gate = '', position } = found!;
  const at = { ...position, lastSeq: 5000 };
  await advanceStore(nodeFileSystem, join(folder, 'store'), gate, at, recordsUpTo(9));

  const again = await openNoted(folder);
  expect([again.notes, again.store.failed, again.store.report]).toEqual([upTo(9), undefined, []]);
  const [record] = await append(again.store, 10, 10);
  expect([record?.seq, record?.id]).toEqual([5001, `${gate}-5001`]);
  await again.store.close();
  expect(await reopened(folder)).toEqual({ notes: upTo(10), report: [] });
  expect((await verifyStore(nodeFileSystem, join(folder, 'store'))).problems).toEqual([]);
});
