import { join } from 'node:path';
import Conf from 'conf';
import { JSONFilePreset } from 'lowdb/node';
import { inMemory, type Contender } from './store-contender.ts';
import type { BenchEvent } from './store-events.ts';

/*
 * Stores that write their whole file anew at each append.
 */

/** lowdb: never syncs; callers that come during a write share the next one, each with a text of its own. */
export const lowdb: Contender = {
  async fill(folder, events) {
    const database = await openLowdb(folder);
    for (const event of events) database.data.events.push(event);
    await database.write();
  },
  async open(folder) {
    const database = await openLowdb(folder);
    return {
      append(signIn) {
        database.data.events.push(signIn);
        return database.write();
      },
      close: () => undefined,
    };
  },
  async load(folder) {
    const database = await openLowdb(folder);
    return inMemory(database.data.events);
  },
};

function openLowdb(folder: string) {
  return JSONFilePreset<{ events: BenchEvent[] }>(join(folder, 'events.json'), { events: [] });
}

/** conf, the engine of electron-store: a key an event; syncs the file, but not that it took the old one's place. */
export const conf: Contender = {
  async fill(folder, events) {
    let count = 0;
    openConf(folder).store = Object.fromEntries(Array.from(events, (event) => [keyOf(count++), event]));
  },
  async open(folder) {
    const events = openConf(folder);
    let count = events.size;
    return { append: (signIn) => events.set(keyOf(count++), signIn), close: () => undefined };
  },
  async load(folder) {
    return inMemory(Object.values(openConf(folder).store));
  },
};

function openConf(folder: string): Conf<BenchEvent> {
  return new Conf<BenchEvent>({ cwd: folder, accessPropertiesByDotNotation: false });
}

function keyOf(count: number): string {
  return `event-${count}`;
}
