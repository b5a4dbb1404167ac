import { startChild, type Child } from './finder-child.ts';
import type { Way } from './finder-contender.ts';
import { inventedPeople, repeatable, type BenchPerson } from './finder-people.ts';
import { converted, initialsOf } from './finder-spelled.ts';
import type { ContenderName } from './finder-worker.ts';
import { shuffled, type Series } from './store-figures.ts';

/** How much is measured. */
export interface Plan {
  rounds: number;
  /** In each round every contender has so many turns. */
  turns: number;
  /** In a turn so many people are typed, letter by letter. */
  peopleTyped: number;
  /** Seconds after which a slow contender ends its turn. */
  seconds: number;
}

/** What was measured of one contender at one size; each series has one figure a round. */
export interface Finds {
  name: ContenderName;
  size: number;
  /** Milliseconds. */
  build: Series;
  /** Megabytes. */
  memory: Series;
  /** By way: milliseconds of the middle keystroke and of the slowest but one of a hundred; how many there were. */
  ways: Partial<Record<Way, { p50: Series; p99: Series; keystrokes: number }>>;
}

/** Who is ready to be typed to. */
interface Stand {
  finds: Finds;
  child: Child;
  times: Map<Way, number[]>;
}

const WAYS = ['initials', 'pinyin', 'number', 'characters'] as const;

/** The peers are compared by initials; the conversion finds nobody. */
function waysOf(name: ContenderName): readonly Way[] {
  if (name === 'conversion') return [];
  return name === 'scan' || name === 'muster' ? WAYS : ['initials'];
}

/**
 * Finds in rounds. In each every contender builds in a new process; then all take turns, in an order of chance, at what
 * the same people type.
 */
export async function measureFinds(
  names: readonly ContenderName[],
  size: number,
  plan: Plan,
  onRound: (round: number) => void,
): Promise<Finds[]> {
  const all = names.map((name): Finds => ({ name, size, build: new Map(), memory: new Map(), ways: {} }));
  const people = inventedPeople(size);
  for (let round = 0; round < plan.rounds; round++) {
    onRound(round);
    await measureRound(all, people, plan, round);
  }
  return all;
}

async function measureRound(all: Finds[], people: BenchPerson[], plan: Plan, round: number): Promise<void> {
  const stands: Stand[] = [];
  try {
    for (const finds of shuffled(all)) {
      const stand: Stand = { finds, child: startChild(finds.name), times: new Map() };
      stands.push(stand);
      const { milliseconds, megabytes } = await stand.child.build(finds.size);
      finds.build.set(round, milliseconds);
      finds.memory.set(round, megabytes);
    }
    for (let turn = 0; turn < plan.turns; turn++)
      await takeTurns(stands, people, plan, round * plan.turns + turn);
    for (const { finds, times } of stands) note(finds, times, round);
  } finally {
    for (const { child } of stands) child.end();
  }
}

async function takeTurns(stands: Stand[], people: BenchPerson[], plan: Plan, seed: number): Promise<void> {
  for (const way of WAYS) {
    const typed = keystrokes(people, way, plan.peopleTyped, seed);
    const able = stands.filter(({ finds: { name } }) => waysOf(name).includes(way));
    for (const { child, times } of shuffled(able)) {
      const before = times.get(way) ?? [];
      times.set(way, [...before, ...(await child.type(typed, way, plan.seconds))]);
    }
  }
}

function note(finds: Finds, times: Map<Way, number[]>, round: number): void {
  for (const [way, milliseconds] of times) {
    const noted = (finds.ways[way] ??= { p50: new Map(), p99: new Map(), keystrokes: 0 });
    noted.p50.set(round, percentile(milliseconds, 0.5));
    noted.p99.set(round, percentile(milliseconds, 0.99));
    noted.keystrokes += milliseconds.length;
  }
}

/** What so many people type, in an order of chance: each beginning of it, letter by letter. */
function keystrokes(people: BenchPerson[], way: Way, count: number, seed: number): string[] {
  const random = repeatable(seed);
  const typed = Array.from({ length: count }, () => {
    const text = typedOf(people[Math.floor(random() * people.length)]!, way);
    return [...text].map((_, at) => text.slice(0, at + 1));
  });
  return shuffled(typed.flat());
}

function typedOf({ name, staffNo }: BenchPerson, way: Way): string {
  switch (way) {
    case 'initials':
      return initialsOf(converted(name));
    case 'pinyin':
      return converted(name).join('');
    case 'number':
      return staffNo;
    case 'characters':
      return name;
  }
}

/** The value below which that share of them lies. */
function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
