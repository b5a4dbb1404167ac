import { CALLERS, type Appends, type Callers } from './store-appends.ts';
import { ratios, spreadOf, type Series } from './store-figures.ts';
import type { Starts } from './store-starts.ts';
import { cellOf, figure, type Table } from './store-table.ts';
import type { ContenderName } from './store-worker.ts';

/** How the tables call the contenders, in their order. */
export const WORDS: Record<ContenderName, string> = {
  limit: 'limit',
  pooled: 'limit through the thread pool',
  store: 'Muster: the store',
  ledger: 'Muster: the whole ledger',
  sqlite: 'node:sqlite, WAL, synchronous=FULL',
  level: 'classic-level, sync',
  nedb: '@seald-io/nedb (never syncs)',
  lowdb: 'lowdb (never syncs)',
  conf: 'conf (does not sync the rename)',
};

const NAMES = Object.keys(WORDS) as ContenderName[];

/** Append by size: the limit in its unit, everybody else as a ratio to it in the same round; growth and number. */
export function appendTable(all: Appends[], callers: Callers): Table {
  const sizes = sizesOf(all);
  const [smallest, largest] = [sizes[0]!, sizes.at(-1)!];
  const seriesOf = (name: ContenderName, size: number) => find(all, name, size).series[callers];
  const head = ['', ...sizes.map((size) => `${size.toLocaleString('en')} events`), 'growth', 'appends'];
  const unit = callers === 1 ? { name: 'ms', factor: 1 } : { name: 'µs a record', factor: 1000 };
  const times = sizes.map((size) =>
    cellOf(spreadOf([...seriesOf('limit', size).values()].map((value) => value * unit.factor))),
  );
  const rows = NAMES.map((name) => {
    const cells = sizes.map((size) =>
      cellOf(spreadOf(ratios(seriesOf(name, size), seriesOf('limit', size)))),
    );
    const growth = cellOf(spreadOf(ratios(seriesOf(name, largest), seriesOf(name, smallest))));
    const counts = sizes.map((size) => find(all, name, size).appends[callers].toLocaleString('en'));
    const appends = new Set(counts).size === 1 ? `${counts[0]} each` : counts.join(' / ');
    return name === 'limit'
      ? [`${WORDS[name]}, ${unit.name}`, ...times, growth, appends]
      : [WORDS[name], ...cells, growth, appends];
  });
  return [head, ...rows];
}

/** What was left out of `appendTable`, a line each. */
export function leftOut(all: Appends[]): string[] {
  return all.flatMap(({ name, size, leftOut }) =>
    CALLERS.flatMap((callers) => {
      const seconds = leftOut[callers];
      if (seconds === undefined) return [];
      return `${WORDS[name]} with ${size.toLocaleString('en')} events and ${callers} callers is left out: one turn would take some ${figure(seconds)} s.`;
    }),
  );
}

/** Starts: milliseconds, and the ratio to the limit in the same round. */
export function startTable(starts: Starts[]): Table {
  const limit = starts.find(({ name }) => name === 'limit')!.series;
  const rows = starts
    .toSorted((a, b) => NAMES.indexOf(a.name) - NAMES.indexOf(b.name))
    .map(({ name, series }) => [
      WORDS[name],
      cellOf(spreadOf([...series.values()])),
      name === 'limit' ? '1' : cellOf(spreadOf(ratios(series, limit))),
    ]);
  return [['', 'ms', 'ratio'], ...rows];
}

/** The goals of DESIGN.md section 8 and what was reached: at several sizes the worst of them. */
export function goalTable(all: Appends[], starts: Starts[]): Table {
  const sizes = sizesOf(all);
  const worst = (of: ContenderName, by: ContenderName, callers: Callers) =>
    Math.max(
      ...sizes.map((size) =>
        medianRatio(find(all, of, size).series[callers], find(all, by, size).series[callers]),
      ),
    );
  const grown = (name: ContenderName) =>
    medianRatio(find(all, name, sizes.at(-1)!).series[1], find(all, name, sizes[0]!).series[1]);
  const started = (name: ContenderName) => medianRatio(startsOf(starts, name), startsOf(starts, 'limit'));
  const row = (what: string, goal: number, reached: (name: ContenderName) => number) => {
    const store = reached('store');
    const ledger = reached('ledger');
    return [what, figure(goal), figure(store), figure(ledger), store <= goal ? 'yes' : 'no'];
  };
  return [
    ['at its worst size', 'at most', 'store', 'ledger', 'store reaches it'],
    row('append, one caller, times the limit', 1.6, (name) => worst(name, 'limit', 1)),
    row('the same, times SQLite', 1, (name) => worst(name, 'sqlite', 1)),
    row(`growth from 0 to ${sizes.at(-1)!.toLocaleString('en')} events`, 1.1, grown),
    row('64 callers, times the limit', 1.3, (name) => worst(name, 'limit', 64)),
    row('start, times the limit', 2, started),
  ];
}

function medianRatio(of: Series, by: Series): number {
  return spreadOf(ratios(of, by))!.median;
}

function startsOf(starts: Starts[], wanted: ContenderName): Series {
  return starts.find(({ name }) => name === wanted)!.series;
}

function sizesOf(all: Appends[]): number[] {
  return [...new Set(all.map(({ size }) => size))].toSorted((a, b) => a - b);
}

function find(all: Appends[], name: ContenderName, size: number): Appends {
  return all.find((one) => one.name === name && one.size === size)!;
}
