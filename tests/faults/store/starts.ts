import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { look } from './judge.ts';
import type { Tally } from './tally.ts';
import { Told } from './told.ts';

const CHILD = fileURLToPath(new URL('start-child.ts', import.meta.url));
const STARTS = 20;

/** Starts 20 kiosks at once on one folder, so many times over: one gets it, the others are told why not. */
export async function startTogether(rounds: number, tally: Tally): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-starts-'));
  const told = new Told();
  const kiosks = Array.from({ length: STARTS }, () => begin(folder));
  try {
    await answers(kiosks);
    for (let round = 0; round < rounds; round++) {
      const attempt = told.give();
      const all = await ask(kiosks, `start ${round}`);
      told.acknowledge(attempt, round + 1);
      const [open, inUse] = ['open', 'store-in-use'].map((word) => all.filter((one) => one === word).length);
      const faults = open === 1 && inUse === STARTS - 1 ? [] : [`they said ${all.join(', ')}`];
      tally.count('20 starts at once');
      tally.add(`${STARTS} starts at once`, { lost: 0, doubled: 0, silent: 0, faults });
      await ask(kiosks, 'close');
    }
    tally.add('after all the starts', await look(folder, told));
  } finally {
    for (const { child } of kiosks) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

interface Kiosk {
  child: ChildProcess;
  lines: AsyncIterator<string>;
}

function begin(folder: string): Kiosk {
  const child = spawn(process.execPath, [CHILD, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

function ask(kiosks: Kiosk[], line: string): Promise<string[]> {
  for (const { child } of kiosks) child.stdin!.write(`${line}\n`);
  return answers(kiosks);
}

function answers(kiosks: Kiosk[]): Promise<string[]> {
  return Promise.all(
    kiosks.map(async ({ lines }) => {
      const { value, done } = await lines.next();
      return done ? 'nothing: it has ended' : value;
    }),
  );
}
