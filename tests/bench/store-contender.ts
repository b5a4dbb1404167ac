import type { BenchEvent, SignIn } from './store-events.ts';

/** One way of keeping events, as the benchmark drives it. */
export interface Contender {
  /** Makes a store in the empty folder that holds the events, however it does that fastest. */
  fill(folder: string, events: Iterable<BenchEvent>): Promise<void>;
  open(folder: string): Promise<OpenedStore>;
  /** Starts from the folder as after a reboot, until it can answer. */
  load(folder: string): Promise<LoadedStore>;
}

/** A store that takes appends. */
export interface OpenedStore {
  /** Makes ready for sign-ins, untimed. */
  prepare?(signIns: SignIn[]): Promise<void>;
  /** One append; over, or resolved, once the store acknowledges it. */
  append(signIn: SignIn): void | Promise<unknown>;
  /** The same for one of several callers, where the store leaves it to them to share a commit. */
  appendBeside?(signIn: SignIn): Promise<unknown>;
  /** The limit: what all callers have, in one go. */
  appendTogether?(signIns: SignIn[]): void;
  close(): void | Promise<void>;
}

/** A store that has started. */
export interface LoadedStore {
  /** How many sign-ins it holds. */
  signIns: number;
  /** How many signed in to the activity. */
  signedIn(activityId: string): number;
}

/** A store that has loaded every event into memory and looks through them. */
export function inMemory(events: BenchEvent[]): LoadedStore {
  const signIns = events.filter((event) => event.type === 'visit-signed-in');
  return {
    signIns: signIns.length,
    signedIn: (activityId) => signIns.filter(({ data }) => data.activityId === activityId).length,
  };
}

/**
 * Group commit around a store that has none: who comes in the same turn, or while a commit is under way, shares the
 * next one.
 */
export function sharing<Item>(
  commit: (items: Item[]) => void | Promise<void>,
): (item: Item) => Promise<void> {
  interface Caller {
    item: Item;
    resolve: () => void;
    reject: (error: unknown) => void;
  }
  let waiting: Caller[] = [];
  let committing = false;

  async function commitWaiting(): Promise<void> {
    while (waiting.length > 0) {
      const callers = waiting;
      waiting = [];
      try {
        await commit(callers.map(({ item }) => item));
        for (const { resolve } of callers) resolve();
      } catch (error) {
        for (const { reject } of callers) reject(error);
      }
      // Whoever has just been answered may come again before the next commit begins.
      await new Promise<void>((resolve) => process.nextTick(resolve));
    }
    committing = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (committing) return;
      committing = true;
      process.nextTick(() => void commitWaiting());
    });
}
