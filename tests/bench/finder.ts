/*
 * `npm run bench:finder`: what a keystroke of the finder costs, from the letter to the first page of hits, and what it
 * takes to get there; beside other libraries and a plain linear scan. In each round every contender builds in a process
 * of its own, then all have short turns, in an order of chance, so that the machine's moods meet all of them alike.
 *
 *   npm run bench:finder -- [--quick] [--markdown]
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { startChild } from './finder-child.ts';
import { findTable, goalTable, surnameTable, wayTable, WORDS } from './finder-report.ts';
import { measureFinds, type Plan } from './finder-rounds.ts';
import type { ContenderName, Surnames } from './finder-worker.ts';
import { ensurePeers, peerVersion } from './store-peers.ts';
import { asMarkdown, asText, type Table } from './store-table.ts';

const SIZES = [1000, 10_000, 100_000];
const NAMES = Object.keys(WORDS) as ContenderName[];
const FULL: Plan = { rounds: 7, turns: 2, peopleTyped: 100, seconds: 0.5 };
const QUICK: Plan = { rounds: 3, turns: 1, peopleTyped: 100, seconds: 0.3 };

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
  },
});
const plan = values.quick ? QUICK : FULL;

ensurePeers();
const begun = performance.now();
const bySize = [];
for (const size of SIZES) {
  const words = `${size.toLocaleString('en')} names`;
  bySize.push(
    await measureFinds(NAMES, size, plan, (round) => say(`${words}: round ${round + 1} of ${plan.rounds}`)),
  );
}
const scores = new Map<ContenderName, Surnames>();
for (const name of ['muster', 'scan', 'pinyinMatch', 'pinyinPro'] as const)
  scores.set(name, await scoreOf(name));
say('');

print(`${machine()}, ${new Date().toISOString().slice(0, 10)}`);
print(
  `Medians of ${plan.rounds} rounds with four of five of them in brackets; ratios are to the scan, or to the conversion, of the same round.`,
);
for (const [at, finds] of bySize.entries())
  print(`${SIZES[at]!.toLocaleString('en')} names, initials typed letter by letter:`, findTable(finds));
print('100,000 names, typed otherwise; the scan looks through keys of that kind:', wayTable(bySize.at(-1)!));
print('Special surnames, found by their full pinyin:', surnameTable(scores));
print('The goals:', goalTable(bySize.at(-1)!, scores.get('muster')!));
say(`${Math.round((performance.now() - begun) / 1000)} s\n`);

async function scoreOf(name: ContenderName): Promise<Surnames> {
  const child = startChild(name);
  try {
    return await child.surnames();
  } finally {
    child.end();
  }
}

function machine(): string {
  const peers = ['pinyin-match', 'fuse.js', 'minisearch'].map((name) => `${name} ${peerVersion(name)}`);
  return `${cpus().length} cores (${cpus()[0]?.model}), Node ${process.version.slice(1)}, ${peers.join(', ')}`;
}

function print(words: string, table?: Table): void {
  console.log(`${words}\n`);
  if (table) console.log(`${(values.markdown ? asMarkdown : asText)(table)}\n`);
}

/** Says on one line of the terminal what goes on. */
function say(words: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${words}`);
}
