/*
 * `npm run bench:store`: what an acknowledged append and a start cost, Muster's store beside others and beside what
 * the machine itself takes. Every contender runs in a process of its own; rounds in which each has a short turn, in an
 * order of chance, let the machine's moods meet all of them alike.
 *
 *   npm run bench:store -- [--quick] [--markdown] [--folder FOLDER]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureAppends, type AppendPlan } from './store-appends.ts';
import { fillTemplates, requireDisk, type Template } from './store-folders.ts';
import { ensurePeers, peerVersion } from './store-peers.ts';
import { appendTable, goalTable, leftOut, startTable, WORDS } from './store-report.ts';
import { measureStarts } from './store-starts.ts';
import { asMarkdown, asText, type Table } from './store-table.ts';
import type { ContenderName } from './store-worker.ts';

const SIZES = [0, 1000, 10_000, 100_000] as const;
const MANY = 1_000_000;
const NAMES = Object.keys(WORDS) as ContenderName[];

const FULL = {
  appends: {
    rounds: 60,
    seconds: 300,
    leastRounds: 10,
    warmUps: 3,
    each: { 1: 100, 64: 20 },
    allowance: 15,
    firstTurn: 90,
  },
  starts: 9,
  startsOfMany: 3,
};
const QUICK = {
  appends: {
    rounds: 12,
    seconds: 45,
    leastRounds: 5,
    warmUps: 1,
    each: { 1: 100, 64: 10 },
    allowance: 1.5,
    firstTurn: 2,
  },
  starts: 3,
  startsOfMany: 0,
};

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
    folder: { type: 'string', default: tmpdir() },
  },
});
const plan = values.quick ? QUICK : FULL;
const appendPlan: AppendPlan = plan.appends;

requireDisk(values.folder);
ensurePeers();
const begun = performance.now();
const folder = mkdtempSync(join(values.folder, 'muster-bench-'));
try {
  const templates: Template[] = [];
  for (const name of NAMES) {
    say(`filling ${name}`);
    templates.push(...(await fillTemplates(folder, name, SIZES)));
  }
  const appends = await measureAppends(folder, templates, appendPlan, (round) =>
    say(round < 0 ? 'appends: warming up' : `appends: round ${round + 1} of ${appendPlan.rounds}`),
  );
  say('starts');
  const largest = templates.filter(({ events }) => events === SIZES.at(-1));
  const starts = await measureStarts(largest, plan.starts);
  const startsOfMany = plan.startsOfMany > 0 ? await startMany() : undefined;
  say('');

  print(`${machine()}, ${new Date().toISOString().slice(0, 10)}`);
  print(
    `Medians of ${appends[0]!.series[1].size} rounds with four of five of them in brackets; ratios are to the limit of the same round.`,
  );
  print('An acknowledged append, one caller:', appendTable(appends, 1));
  print('64 callers at once:', appendTable(appends, 64));
  for (const line of leftOut(appends)) print(line);
  print(`A start with 100,000 events (${plan.starts} rounds):`, startTable(starts));
  if (startsOfMany)
    print(`A start with 1,000,000 events (${plan.startsOfMany} rounds):`, startTable(startsOfMany));
  print('The goals:', goalTable(appends, starts));
  say(`${Math.round((performance.now() - begun) / 1000)} s\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Starts with a million events, of Muster and its limit only. */
async function startMany() {
  const templates: Template[] = [];
  for (const name of ['limit', 'store', 'ledger'] as const) {
    say(`filling ${name} with ${MANY} events`);
    templates.push(...(await fillTemplates(folder, name, [MANY])));
  }
  say('starts with many events');
  return measureStarts(templates, plan.startsOfMany);
}

function machine(): string {
  const peers = ['classic-level', '@seald-io/nedb', 'lowdb', 'conf'].map(
    (name) => `${name} ${peerVersion(name)}`,
  );
  return `${cpus().length} cores (${cpus()[0]?.model}), Node ${process.version.slice(1)}, SQLite ${process.versions.sqlite}, ${peers.join(', ')}`;
}

function print(words: string, table?: Table): void {
  console.log(`${words}\n`);
  if (table) console.log(`${(values.markdown ? asMarkdown : asText)(table)}\n`);
}

/** Says on one line of the terminal what goes on. */
function say(words: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${words}`);
}
