/*
 * One contender in a process of its own, so that none pays for another's memory; the first request says which.
 */
import { answerRequests } from '../../src/processes/answer-requests.ts';
import type { Contender, OpenedStore } from './store-contender.ts';
import { ANSWERED, signInAt, storedEvents, type SignIn } from './store-events.ts';

/** What the benchmark asks of a worker. */
export type Request =
  | { ask: 'contend'; name: ContenderName }
  | { ask: 'fill'; folder: string; events: number }
  | { ask: 'open'; folder: string }
  | { ask: 'append'; callers: number; each: number; seconds: number }
  | { ask: 'close' }
  | { ask: 'load'; folder: string };

/** Appends that followed each other, by one caller or many. */
export interface Batch {
  appends: number;
  milliseconds: number;
  /** Of each single append, where there was one caller. */
  times: number[];
}

/** A start, until it had answered. */
export interface Start {
  milliseconds: number;
  signIns: number;
  /** How many signed in to the activity it was asked about. */
  answer: number;
}

/** The contenders; a worker imports only its own. */
const CONTENDERS = {
  limit: async () => (await import('./store-limits.ts')).limit,
  pooled: async () => (await import('./store-limits.ts')).pooledLimit,
  store: async () => (await import('./store-muster.ts')).store,
  ledger: async () => (await import('./store-muster.ts')).ledger,
  sqlite: async () => (await import('./store-databases.ts')).sqlite,
  level: async () => (await import('./store-databases.ts')).level,
  nedb: async () => (await import('./store-databases.ts')).nedb,
  lowdb: async () => (await import('./store-whole-files.ts')).lowdb,
  conf: async () => (await import('./store-whole-files.ts')).conf,
};

export type ContenderName = keyof typeof CONTENDERS;

let contender: Contender;
let opened: OpenedStore;
/** Sign-ins so far; far behind the stored ones, so that nobody is signed in twice. */
let next = 10_000_000;

answerRequests<Request, Batch | Start | 'done'>(async (request) => {
  switch (request.ask) {
    case 'contend':
      contender = await CONTENDERS[request.name]();
      return 'done';
    case 'fill':
      await contender.fill(request.folder, storedEvents(request.events));
      return 'done';
    case 'open':
      opened = await contender.open(request.folder);
      return 'done';
    case 'append':
      return append(opened, request);
    case 'close':
      await opened.close();
      return 'done';
    case 'load':
      return load(request.folder);
  }
});

async function append(
  store: OpenedStore,
  { callers, each, seconds }: { callers: number; each: number; seconds: number },
): Promise<Batch> {
  const signIns = Array.from({ length: callers * each }, () => signInAt(next++));
  await store.prepare?.(signIns);
  if (callers === 1) return appendAlone(store, signIns, seconds);
  const begun = performance.now();
  if (store.appendTogether) {
    for (let turn = 0; turn < each; turn++) {
      store.appendTogether(signIns.slice(turn * callers, (turn + 1) * callers));
    }
  } else {
    const appendOne = store.appendBeside ?? store.append;
    await Promise.all(
      Array.from({ length: callers }, async (_, caller) => {
        for (let turn = 0; turn < each; turn++) await appendOne(signIns[turn * callers + caller]!);
      }),
    );
  }
  return { appends: signIns.length, milliseconds: performance.now() - begun, times: [] };
}

/** Appends one after the other until all are done or the time is up. */
async function appendAlone(store: OpenedStore, signIns: SignIn[], seconds: number): Promise<Batch> {
  const times: number[] = [];
  const begun = performance.now();
  for (const signIn of signIns) {
    const before = performance.now();
    await store.append(signIn);
    times.push(performance.now() - before);
    if (performance.now() - begun > seconds * 1000) break;
  }
  return { appends: times.length, milliseconds: performance.now() - begun, times };
}

async function load(folder: string): Promise<Start> {
  const begun = performance.now();
  const loaded = await contender.load(folder);
  const answer = loaded.signedIn(ANSWERED);
  return { milliseconds: performance.now() - begun, signIns: loaded.signIns, answer };
}
