import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import Datastore from '@seald-io/nedb';
import { ClassicLevel } from 'classic-level';
import { inMemory, sharing, type Contender } from './store-contender.ts';
import type { BenchEvent } from './store-events.ts';

/** SQLite as Node brings it, a row an event; callers share a transaction. */
export const sqlite: Contender = {
  async fill(folder, events) {
    const { database, insertAll } = openSqlite(folder);
    insertAll(events);
    database.close();
  },
  async open(folder) {
    const { database, insert, insertAll } = openSqlite(folder);
    return {
      append: insert,
      appendBeside: sharing(insertAll),
      close: () => database.close(),
    };
  },
  async load(folder) {
    const { database } = openSqlite(folder);
    const rows = database.prepare('SELECT body FROM events ORDER BY seq').all() as { body: string }[];
    return inMemory(rows.map(({ body }) => JSON.parse(body) as BenchEvent));
  },
};

function openSqlite(folder: string) {
  const database = new DatabaseSync(join(folder, 'events.sqlite'));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  database.exec('CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY, body TEXT NOT NULL)');
  const statement = database.prepare('INSERT INTO events (body) VALUES (?)');
  const insert = (event: BenchEvent) => void statement.run(JSON.stringify(event));
  const insertAll = (events: Iterable<BenchEvent>) => {
    database.exec('BEGIN');
    for (const event of events) insert(event);
    database.exec('COMMIT');
  };
  return { database, insert, insertAll };
}

/** LevelDB, a key an event, every write synced; callers share a batch. */
export const level: Contender = {
  async fill(folder, events) {
    const { database, putAll } = await openLevel(folder);
    let batch: BenchEvent[] = [];
    for (const event of events) {
      batch.push(event);
      if (batch.length < 10_000) continue;
      await putAll(batch);
      batch = [];
    }
    await putAll(batch);
    await database.close();
  },
  async open(folder) {
    const { database, put, putAll } = await openLevel(folder);
    return { append: put, appendBeside: sharing(putAll), close: () => database.close() };
  },
  async load(folder) {
    const { database } = await openLevel(folder);
    return inMemory(await database.values().all());
  },
};

async function openLevel(folder: string) {
  const database = new ClassicLevel<BenchEvent>(folder, { valueEncoding: 'json' });
  await database.open();
  const [last = '0'] = await database.keys({ reverse: true, limit: 1 }).all();
  let seq = Number(last);
  const nextKey = () => String(++seq).padStart(12, '0');
  return {
    database,
    put: (event: BenchEvent) => database.put(nextKey(), event, { sync: true }),
    putAll: (events: BenchEvent[]) =>
      database.batch(
        events.map((value) => ({ type: 'put', key: nextKey(), value })),
        { sync: true },
      ),
  };
}

/** nedb, a document an event; it queues callers one by one and never syncs an append. */
export const nedb: Contender = {
  async fill(folder, events) {
    const documents = await openNedb(folder);
    await documents.insertAsync([...events]);
  },
  async open(folder) {
    const documents = await openNedb(folder);
    return { append: (signIn) => documents.insertAsync(signIn), close: () => undefined };
  },
  async load(folder) {
    const documents = await openNedb(folder);
    return inMemory(documents.getAllData());
  },
};

async function openNedb(folder: string): Promise<Datastore<BenchEvent>> {
  const documents = new Datastore<BenchEvent>({ filename: join(folder, 'events.db') });
  await documents.loadDatabaseAsync();
  return documents;
}
