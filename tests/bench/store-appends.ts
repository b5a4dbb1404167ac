import { join } from 'node:path';
import { startChild, type Child } from './store-child.ts';
import { signInsIn } from './store-events.ts';
import { median, shuffled, type Series } from './store-figures.ts';
import { copyTemplate, syncTree, type Template } from './store-folders.ts';
import type { Batch, ContenderName } from './store-worker.ts';

/** How many callers append at once. */
export const CALLERS = [1, 64] as const;
export type Callers = (typeof CALLERS)[number];

/** How much is measured. */
export interface AppendPlan {
  rounds: number;
  /** Seconds after which no more than `leastRounds` are begun. */
  seconds: number;
  leastRounds: number;
  /** Rounds before the first one that counts. */
  warmUps: number;
  /** Appends of a caller in a round. */
  each: Record<Callers, number>;
  /** Seconds that a store that writes its whole file anew may take in all, for each size and number of callers. */
  allowance: number;
  /** Seconds that its first turn may take, even so. */
  firstTurn: number;
}

/** What was measured of one contender at one size. */
export interface Appends {
  name: ContenderName;
  size: number;
  /** By callers: milliseconds per append, one figure a round. */
  series: Record<Callers, Series>;
  appends: Record<Callers, number>;
  /** By callers: seconds that one turn would have taken, where that was too many. */
  leftOut: Partial<Record<Callers, number>>;
}

/** Contenders that write their whole file anew at each append. */
const WHOLE_FILE: readonly ContenderName[] = ['lowdb', 'conf'];

/** One contender at one size, on a store that stays open from round to round. */
interface Stand {
  measured: Appends;
  child: Child;
  template: Template;
  folder: string;
  /** Appends since the copy of the template. */
  grown: number;
  seconds: Record<Callers, number>;
}

/**
 * Appends in rounds: in each, every contender at every size has a turn, in an order of chance.
 * @throws Error when a store does not hold in the end what it acknowledged.
 */
export async function measureAppends(
  folder: string,
  templates: Template[],
  plan: AppendPlan,
  onRound: (round: number) => void,
): Promise<Appends[]> {
  const sizes = [...new Set(templates.map(({ events }) => events))];
  const stands: Stand[] = [];
  try {
    for (const template of templates) stands.push(await openStand(folder, template));
    const begun = performance.now();
    for (let round = -plan.warmUps; round < plan.rounds; round++) {
      if (round >= plan.leastRounds && performance.now() - begun > plan.seconds * 1000) break;
      onRound(round);
      for (const size of shuffled(sizes)) {
        for (const stand of shuffled(stands.filter(({ measured }) => measured.size === size))) {
          await takeTurn(stand, round, plan);
        }
      }
    }
    for (const stand of stands) await check(stand);
    return stands.map(({ measured }) => measured);
  } finally {
    for (const { child } of stands) child.end();
  }
}

async function openStand(within: string, template: Template): Promise<Stand> {
  const { name, events: size } = template;
  const folder = join(within, `${name}-${size}`);
  copyTemplate(template, folder);
  const child = await startChild(name);
  await child.open(folder);
  return {
    measured: {
      name,
      size,
      series: { 1: new Map(), 64: new Map() },
      appends: { 1: 0, 64: 0 },
      leftOut: {},
    },
    child,
    template,
    folder,
    grown: 0,
    seconds: { 1: 0, 64: 0 },
  };
}

async function takeTurn(stand: Stand, round: number, plan: AppendPlan): Promise<void> {
  const { measured, child, folder } = stand;
  const wholeFile = WHOLE_FILE.includes(measured.name);
  if (wholeFile && round < 0) return;
  if (stand.grown > measured.size / 5) await startAfresh(stand);
  for (const callers of CALLERS) {
    if (wholeFile && !affords(stand, callers, plan)) continue;
    const batch = wholeFile
      ? await child.append({ callers, each: callers === 1 ? plan.each[1] : 1, seconds: 0.1 })
      : await child.append({ callers, each: plan.each[callers], seconds: Infinity });
    syncTree(folder);
    stand.grown += batch.appends;
    stand.seconds[callers] += batch.milliseconds / 1000;
    if (round < 0) continue;
    measured.series[callers].set(round, perAppend(batch));
    measured.appends[callers] += batch.appends;
  }
}

function perAppend({ times, milliseconds, appends }: Batch): number {
  return times.length > 0 ? median(times) : milliseconds / appends;
}

/** May a store that writes its whole file anew have one more turn? */
function affords({ measured, seconds }: Stand, callers: Callers, plan: AppendPlan): boolean {
  const turns = measured.series[callers].size;
  if (turns > 0) return seconds[callers] * (1 + 1 / turns) <= plan.allowance;
  const expected = (callers * median([...measured.series[1].values()])) / 1000;
  if (!(expected > plan.firstTurn)) return true;
  measured.leftOut[callers] = expected;
  return false;
}

/** Goes back to the filled store, so that a size stays about what it says. */
async function startAfresh(stand: Stand): Promise<void> {
  await stand.child.close();
  copyTemplate(stand.template, stand.folder);
  await stand.child.open(stand.folder);
  stand.grown = 0;
}

async function check({ measured: { name, size }, child, folder, grown }: Stand): Promise<void> {
  await child.close();
  const { signIns } = await child.load(folder);
  const expected = signInsIn(size) + grown;
  if (signIns !== expected) {
    throw new Error(`${name} with ${size} events acknowledged ${expected} sign-ins and holds ${signIns}`);
  }
}
