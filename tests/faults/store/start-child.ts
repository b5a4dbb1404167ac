/*
 * One of many kiosks that start on one folder at the same time.
 *
 *   node start-child.ts FOLDER
 *
 *   says      ready      it is loaded
 *   is told   start N    says `open` once it has started and signed in attempt N, or else the code of why not
 *   is told   close      says `closed`
 */
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import { entryOf } from './told.ts';

let store: Store | undefined;

async function answer(line: string): Promise<string> {
  if (line === 'close') {
    await store?.close();
    store = undefined;
    return 'closed';
  }
  try {
    store = await openStore(process.argv[2]!, { restore: () => {}, apply: () => {} });
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  await store.append(entryOf(Number(line.slice('start '.length))));
  return 'open';
}

writeSync(1, 'ready\n');
for await (const line of createInterface({ input: process.stdin })) writeSync(1, `${await answer(line)}\n`);
