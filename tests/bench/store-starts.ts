import { startChild } from './store-child.ts';
import { answeredIn, signInsIn } from './store-events.ts';
import { shuffled, type Series } from './store-figures.ts';
import { syncTree, type Template } from './store-folders.ts';
import type { ContenderName } from './store-worker.ts';

/** What was measured of one contender's starts. */
export interface Starts {
  name: ContenderName;
  /** Milliseconds until it had answered, one figure a round. */
  series: Series;
}

/**
 * Starts each contender from its filled store, a new process each time; in rounds, in an order of chance. Loading
 * Node and the library is not timed; the files are in the system's cache.
 * @throws Error when a start does not find what was stored.
 */
export async function measureStarts(templates: Template[], rounds: number): Promise<Starts[]> {
  const starts = templates.map((template) => ({ ...template, series: new Map<number, number>() }));
  for (let round = 0; round < rounds; round++) {
    for (const { name, events, folder, series } of shuffled(starts)) {
      const child = await startChild(name);
      const { milliseconds, signIns, answer } = await child.load(folder);
      child.end();
      syncTree(folder);
      if (signIns !== signInsIn(events) || answer !== answeredIn(events)) {
        throw new Error(
          `${name} started from ${events} events with ${signIns} sign-ins, ${answer} of them asked for`,
        );
      }
      series.set(round, milliseconds);
    }
  }
  return starts.map(({ name, series }) => ({ name, series }));
}
