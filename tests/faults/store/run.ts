/*
 * The proof of the store: what it does when the power goes, the disk fails, bytes rot, the process is killed, the disk
 * is full, and others start beside it. The last line says what came of it; exit code 1 when anything is wrong.
 *
 *   npm run check:store -- [--quick | --nightly] [--mutants] [PART…]
 *
 * Parts: crashes, faults, damage, kills, disk, starts; all of them where none is named. `--mutants` takes rules out of
 * copies of the store instead, one by one, and shows that each is missed.
 */
import { parseArgs } from 'node:util';
import { runStoreMutants } from './mutants.ts';
import { PARTS, type Extent } from './parts.ts';
import { Tally, Wrong } from './tally.ts';

const { values, positionals } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    nightly: { type: 'boolean' },
    mutants: { type: 'boolean' },
    impatient: { type: 'boolean' },
  },
  allowPositionals: true,
});

const unknown = positionals.find((name) => !(name in PARTS));
if (unknown !== undefined) {
  console.error(`there is no part "${unknown}"; the parts are ${Object.keys(PARTS).join(', ')}`);
  process.exitCode = 2;
} else if (values.mutants) {
  const outcomes = await runStoreMutants(({ name, caught, said }) =>
    console.log(`${caught ? 'caught' : 'SURVIVED'}: ${name}\n  ${said}`),
  );
  process.exitCode = outcomes.every(({ caught }) => caught) ? 0 : 1;
} else {
  await prove(positionals.length > 0 ? positionals : Object.keys(PARTS));
}

async function prove(names: string[]): Promise<void> {
  const extent: Extent = values.nightly ? 'nightly' : values.quick ? 'quick' : 'usual';
  const tally = new Tally(values.impatient);
  try {
    for (const name of names) {
      const start = performance.now();
      const leftOut = await PARTS[name]!(tally, extent);
      const seconds = ((performance.now() - start) / 1000).toFixed(0);
      console.log(leftOut === undefined ? `${name}: ${seconds} s` : `${name}: LEFT OUT: ${leftOut}`);
    }
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    console.log(error.message);
  }
  console.log(`${[tally.table, ...tally.complaints].join('\n')}\n${tally.result}`);
  process.exitCode = tally.isGood ? 0 : 1;
}
