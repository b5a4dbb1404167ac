/*
 * One contender in a process of its own, so that none pays for another's memory and each builds as after a start.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { answerRequests } from '../../src/processes/answer-requests.ts';
import { SPECIAL_SURNAMES } from '../src/roster/name-finder-surnames.ts';
import type { BuiltFinder, Contender, Way } from './finder-contender.ts';
import { inventedPeople, type BenchPerson } from './finder-people.ts';
import { converted } from './finder-spelled.ts';

/** What the benchmark asks of a worker. */
export type Request =
  | { ask: 'build'; name: ContenderName; size: number }
  | { ask: 'type'; typed: string[]; way: Way; seconds: number }
  | { ask: 'surnames'; name: ContenderName };

/** A build: milliseconds, and how many megabytes of heap and buffers more than before. */
export interface Built {
  milliseconds: number;
  megabytes: number;
}

/** How many special surnames were found: in the first way their bearers type them, and in all ways. */
export interface Surnames {
  names: number;
  found: number;
  ways: number;
  waysFound: number;
}

/** The contenders; a worker imports only its own. */
const CONTENDERS = {
  conversion: async () => (await import('./finder-scans.ts')).conversion,
  scan: async () => (await import('./finder-scans.ts')).scan,
  muster: async () => (await import('./finder-muster.ts')).muster,
  musterTeam: async () => (await import('./finder-muster.ts')).musterTeam,
  minisearch: async () => (await import('./finder-indexes.ts')).minisearch,
  fuse: async () => (await import('./finder-indexes.ts')).fuse,
  pinyinMatch: async () => (await import('./finder-scans.ts')).pinyinMatch,
  pinyinPro: async () => (await import('./finder-scans.ts')).pinyinPro,
} satisfies Record<string, () => Promise<Contender>>;

export type ContenderName = keyof typeof CONTENDERS;

/** Keystrokes before those that count, or so many milliseconds of them: engines compile what runs often. */
const WARM_UP = { keystrokes: 300, milliseconds: 300 };

/**
 * Of so many tries at a keystroke the fastest counts: on a machine with other work the slowest hundredth would else be
 * those that were interrupted, not those that find most.
 */
const TRIES = 3;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
let finder: BuiltFinder;
let people: BenchPerson[];

answerRequests<Request, Built | number[] | Surnames>(async (request) => {
  switch (request.ask) {
    case 'build':
      return build(await CONTENDERS[request.name](), request.size);
    case 'type':
      return type(request);
    case 'surnames':
      return surnames(await CONTENDERS[request.name]());
  }
});

function build(contender: Contender, size: number): Built {
  people = inventedPeople(size);
  // pinyin-pro builds its dictionary at the first name; that is no contender's own work.
  converted('王');
  const before = usedMegabytes();
  const milliseconds = timed(() => (finder = contender.build(people)));
  return { milliseconds, megabytes: usedMegabytes() - before };
}

/** The milliseconds of each keystroke, until all are done or the time is up. */
function type({ typed, way, seconds }: Request & { ask: 'type' }): number[] {
  const warm = performance.now();
  for (let at = 0; at < WARM_UP.keystrokes && performance.now() - warm < WARM_UP.milliseconds; at++)
    finder.find(typed[at % typed.length]!, way);
  const times: number[] = [];
  const begun = performance.now();
  for (const one of typed) {
    times.push(Math.min(...Array.from({ length: TRIES }, () => timed(() => finder.find(one, way)))));
    if (performance.now() - begun > seconds * 1000) break;
  }
  return times;
}

function timed(work: () => unknown): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

function surnames(contender: Contender): Surnames {
  const bearers = SPECIAL_SURNAMES.map(([name], at) => ({
    personId: String(at),
    name,
    staffNo: String(at),
    team: '',
  }));
  const small = contender.build(bearers);
  const found = SPECIAL_SURNAMES.map(([, ...readings], at) =>
    readings.map((reading) =>
      small.find(reading.replaceAll(' ', ''), 'pinyin').personIds.includes(String(at)),
    ),
  );
  return {
    names: found.length,
    found: found.filter(([first]) => first).length,
    ways: found.flat().length,
    waysFound: found.flat().filter(Boolean).length,
  };
}

/** Megabytes in use that nobody could give back. */
function usedMegabytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}
