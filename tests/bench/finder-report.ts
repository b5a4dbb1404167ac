import type { Way } from './finder-contender.ts';
import type { Finds } from './finder-rounds.ts';
import type { ContenderName, Surnames } from './finder-worker.ts';
import { ratios, spreadOf, type Series } from './store-figures.ts';
import { cellOf, figure, type Table } from './store-table.ts';

/** How the tables call the contenders, in their order. */
export const WORDS: Record<ContenderName, string> = {
  scan: 'linear scan over ready initials',
  muster: 'Muster',
  musterTeam: 'Muster, only one team of twenty',
  minisearch: 'minisearch over ready initials',
  fuse: 'fuse.js over ready initials',
  pinyinMatch: 'pinyin-match, every name',
  pinyinPro: "pinyin-pro's match, every name",
  conversion: "pinyin-pro's conversion alone",
};

const WAY_WORDS: Record<Way, string> = {
  initials: 'initials',
  pinyin: 'full pinyin',
  number: 'staff number',
  characters: 'characters',
};

/** One size: a keystroke by initials, in microseconds and as a ratio to the scan; build and memory. */
export function findTable(all: Finds[]): Table {
  const scan = keystrokesOf(all, 'scan', 'initials');
  const conversion = one(all, 'conversion').build;
  const rows = (Object.keys(WORDS) as ContenderName[]).map((name) => {
    const { ways, build, memory } = one(all, name);
    const typed = ways.initials;
    return [
      WORDS[name],
      cellOf(typed && spreadOf(microseconds(typed.p50))),
      cellOf(typed && spreadOf(microseconds(typed.p99))),
      cellOf(typed && spreadOf(ratios(typed.p50, scan.p50))),
      cellOf(typed && spreadOf(ratios(typed.p99, scan.p99))),
      cellOf(spreadOf([...build.values()])),
      cellOf(spreadOf(ratios(build, conversion))),
      figure(Math.max(0, spreadOf([...memory.values()])!.median)),
      (typed?.keystrokes ?? 0).toLocaleString('en'),
    ];
  });
  const head = [
    '',
    'p50, µs',
    'p99, µs',
    'p50 ratio',
    'p99 ratio',
    'build, ms',
    'build ratio',
    'MB',
    'keystrokes',
  ];
  return [head, ...rows];
}

/** Muster's other ways beside a scan over keys of their own. */
export function wayTable(all: Finds[]): Table {
  const rows = (Object.keys(WAY_WORDS) as Way[]).map((way) => {
    const muster = keystrokesOf(all, 'muster', way);
    const scan = keystrokesOf(all, 'scan', way);
    return [
      WAY_WORDS[way],
      cellOf(spreadOf(microseconds(muster.p50))),
      cellOf(spreadOf(microseconds(muster.p99))),
      cellOf(spreadOf(ratios(muster.p50, scan.p50))),
      cellOf(spreadOf(ratios(muster.p99, scan.p99))),
    ];
  });
  return [['Muster, typed as', 'p50, µs', 'p99, µs', 'p50 ratio', 'p99 ratio'], ...rows];
}

/** Who finds the bearers of special surnames. */
export function surnameTable(scores: Map<ContenderName, Surnames>): Table {
  const rows = [...scores].map(([name, { names, found, ways, waysFound }]) => [
    name === 'scan' ? 'keys by pinyin-pro alone' : WORDS[name],
    `${found} of ${names}`,
    `${waysFound} of ${ways}`,
  ]);
  return [['', 'as usually read', 'in all ways they are read'], ...rows];
}

/** The goals of DESIGN.md section 8 and what was reached. */
export function goalTable(all: Finds[], { names, found }: Surnames): Table {
  const scan = keystrokesOf(all, 'scan', 'initials');
  const p99 = spreadOf(ratios(keystrokesOf(all, 'muster', 'initials').p99, scan.p99))!.median;
  const build = spreadOf(ratios(one(all, 'muster').build, one(all, 'conversion').build))!.median;
  return [
    ['at 100,000 names', 'goal', 'reached', 'reaches it'],
    ["p99 of a keystroke, times the scan's", 'at most 1', figure(p99), p99 <= 1 ? 'yes' : 'no'],
    ["index build, times pinyin-pro's conversion", 'at most 1.3', figure(build), build <= 1.3 ? 'yes' : 'no'],
    [
      'special surnames found',
      `${names} of ${names}`,
      `${found} of ${names}`,
      found === names ? 'yes' : 'no',
    ],
  ];
}

function keystrokesOf(all: Finds[], name: ContenderName, way: Way) {
  return one(all, name).ways[way]!;
}

function one(all: Finds[], wanted: ContenderName): Finds {
  return all.find(({ name }) => name === wanted)!;
}

function microseconds(series: Series): number[] {
  return [...series.values()].map((value) => value * 1000);
}
