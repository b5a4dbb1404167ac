import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { segmentName } from '../../../src/store/journal-format.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { failing, WatchedFileSystem } from '../../support/watched-file-system.ts';
import { addPerson, openLedger } from './test-ledger.ts';

let folder: string;
const journal = () => join(folder, 'store', segmentName(1));

/** Four people; the line of the second is broken. */
beforeEach(async () => {
  folder = await tempFolder();
  const { ledger } = await openLedger(folder);
  for (const name of ['Anna', '陈杰', '陈伟', '单晓雨']) await addPerson(ledger, name);
  await ledger.close();
  const text = await readFile(journal(), 'utf8');
  await writeFile(journal(), text.replace('陈杰', '陈洁'));
});

const names = (state: { people: Map<string, { name: string }> }) =>
  [...state.people.values()].map(({ name }) => name);

describe('a damaged store', () => {
  test('is shown as far as it checks, takes nothing and is not changed', async () => {
    const before = await readFile(journal());
    const { ledger, events, faults } = await openLedger(folder);
    expect(names(ledger.state)).toEqual(['Anna', '陈伟', '单晓雨']);
    expect([ledger.trouble?.code, ledger.store.damage?.missing]).toEqual([
      'store-damaged',
      [{ from: 2, to: 2 }],
    ]);
    await expect(addPerson(ledger, 'Otto')).rejects.toMatchObject({ code: 'store-damaged' });
    await ledger.look();
    await ledger.close();
    expect([events, faults]).toEqual([[], []]);
    expect(await readFile(journal())).toEqual(before);
    expect((await readdir(join(folder, 'store'))).filter((name) => name.endsWith('.jsonl'))).toEqual([
      segmentName(1),
    ]);
  });

  test('is gone on with as it is, and what is missing is noted for good', async () => {
    const { ledger, events } = await openLedger(folder);
    await ledger.goOn();
    expect(ledger.trouble).toBeUndefined();
    expect(events).toMatchObject([
      {
        type: 'store-repaired',
        seq: 5,
        data: { missing: [{ from: 2, to: 2 }], files: [segmentName(1)] },
      },
    ]);
    await addPerson(ledger, 'Otto');
    expect(names(ledger.state)).toEqual(['Anna', '陈伟', '单晓雨', 'Otto']);
    const state = structuredClone(ledger.state);
    await ledger.close();

    const again = await openLedger(folder);
    expect(again.ledger.state).toEqual(state);
    expect(again.ledger.state.repairs).toMatchObject([{ seq: 5, missing: [{ from: 2, to: 2 }] }]);
    expect([again.ledger.trouble, again.ledger.store.report]).toEqual([undefined, []]);
    await again.ledger.close();
  });

  test('is gone on with once, when two press the button', async () => {
    const { ledger, events } = await openLedger(folder);
    await Promise.all([ledger.goOn(), ledger.goOn()]);
    expect(events.map(({ type }) => type)).toEqual(['store-repaired']);
    await addPerson(ledger, 'Otto');
    await ledger.close();
    const again = await openLedger(folder);
    expect([again.ledger.trouble, names(again.ledger.state)]).toEqual([
      undefined,
      ['Anna', '陈伟', '单晓雨', 'Otto'],
    ]);
    await again.ledger.close();
  });

  test('that the disk does not let go on stays as it is, to be tried again', async () => {
    const fs = new WatchedFileSystem();
    const { ledger, events } = await openLedger(folder, { fs });
    fs.before = failing('rename snapshot-', 1, 'ENOSPC');
    await expect(ledger.goOn()).rejects.toMatchObject({ code: 'cannot-save' });
    expect([ledger.trouble?.code, events]).toEqual(['store-damaged', []]);
    await ledger.goOn();
    await addPerson(ledger, 'Otto');
    const state = structuredClone(ledger.state);
    await ledger.close();
    const again = await openLedger(folder);
    expect(again.ledger.state).toEqual(state);
    expect(again.ledger.state.repairs.length).toBe(1);
    await again.ledger.close();
  });

  test('that somebody puts right is opened whole', async () => {
    const { ledger, replaced } = await openLedger(folder);
    const text = await readFile(journal(), 'utf8');
    await writeFile(journal(), text.replace('陈洁', '陈杰'));
    await ledger.reopen();
    expect([ledger.trouble, replaced()]).toEqual([undefined, 1]);
    expect(names(ledger.state)).toEqual(['Anna', '陈杰', '陈伟', '单晓雨']);
    await ledger.goOn();
    expect(ledger.state.repairs).toEqual([]);
    await ledger.close();
  });
});
