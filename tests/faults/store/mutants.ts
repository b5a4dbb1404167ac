import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { copySources, OUTPUT, type Mutation } from '../../support/mutant-copy.ts';

/** A rule of the store taken out, and the part of the proof that must miss it. */
interface StoreMutant extends Mutation {
  part: 'crashes' | 'faults' | 'damage';
}

const MUTANTS: StoreMutant[] = [
  {
    name: 'a new journal file is not made known to the disk: no sync of its folder',
    file: 'src/store/segment.ts',
    from: `    await fs.syncFolder(folder);
  } catch (error) {
    await leaveNothing`,
    to: `  } catch (error) {
    await leaveNothing`,
    part: 'crashes',
  },
  {
    name: 'a short write is taken for a whole one: no loop',
    file: 'src/store/file-system.ts',
    from: 'while (written < buffer.length) {',
    to: 'if (written < buffer.length) {',
    part: 'crashes',
  },
  {
    name: 'the checksum of a line is not compared',
    file: 'src/store/record.ts',
    from: 'if (!hasHead(file, start, crc)) return undefined;',
    // What is no JSON is still refused, so that only the checksum is missed.
    to: "try { JSON.parse(file.toString('utf8', start, end)); } catch { return undefined; }",
    part: 'damage',
  },
  {
    name: 'a torn tail is not cut',
    file: 'src/store/torn-tail.ts',
    from: 'await file.truncate(tail.goodSize);',
    to: '',
    part: 'crashes',
  },
  {
    name: 'an event of a new journal file is acknowledged before the sync',
    file: 'src/store/segment.ts',
    from: '{ exclusive: true, synced: true }',
    to: '{ exclusive: true }',
    part: 'crashes',
  },
  {
    name: 'an event of a journal file that was there is acknowledged before the sync',
    file: 'src/store/segment.ts',
    from: '{ exclusive: false, synced: true }',
    to: '{ exclusive: false }',
    part: 'crashes',
  },
  {
    name: 'half a line is not cut back',
    file: 'src/store/journal.ts',
    from: 'await file.truncate(size);',
    to: '',
    part: 'faults',
  },
  {
    name: 'a disk that says that it may only be read is thought to have taken nothing',
    file: 'src/store/journal.ts',
    from: '(await file.size()) === size',
    to: 'size > 0',
    part: 'faults',
  },
  {
    name: 'after a failed sync the segment is gone on with',
    file: 'src/store/journal.ts',
    from: 'await this.#leaveSegment();',
    to: '',
    part: 'crashes',
  },
  {
    name: 'a snapshot gets its name before it is synced',
    file: 'src/store/file-system.ts',
    from: `await writeAll(file, piece);
    await file.datasync();`,
    to: 'await writeAll(file, piece);',
    part: 'crashes',
  },
  {
    name: 'what may have come back from memory only is not written again',
    file: 'src/store/segment.ts',
    from: 'if (unsure) await fs.rewrite(join(folder, name), unsure.at, unsure.bytes);',
    to: '',
    part: 'crashes',
  },
  {
    name: 'an event does not say what was confirmed before it',
    file: 'src/store/journal.ts',
    from: 'if (record.seq > confirmed + 1) record.since = confirmed;',
    to: ';',
    part: 'crashes',
  },
];

/** What the proof needs to run. */
const COPIED = ['src/domain', 'src/store', 'tests/faults/store', 'tests/support'];

export interface Outcome {
  name: string;
  caught: boolean;
  /** The first complaint, or what came of it. */
  said: string;
}

/**
 * Runs the quick proof on a copy of the store for each rule that is taken out.
 * @throws Error when a part complains of the untouched copy: then it proves nothing.
 */
export async function runStoreMutants(report: (outcome: Outcome) => void = () => {}): Promise<Outcome[]> {
  await mkdir(OUTPUT, { recursive: true });
  const folder = await mkdtemp(join(OUTPUT, 'store-mutants-'));
  try {
    await copySources(folder, COPIED);
    const untouched = await prove(folder, [...new Set(MUTANTS.map(({ part }) => part))]);
    if (untouched.code !== 0) throw new Error(`the proof fails without a mutant:\n${untouched.output}`);
    const outcomes: Outcome[] = [];
    for (const mutant of MUTANTS) {
      await copySources(folder, COPIED, mutant);
      const { code, output } = await prove(folder, [mutant.part]);
      const said = output.split('\n')[0]!;
      const outcome = { name: mutant.name, caught: code === 1 && output.includes(' states tried: '), said };
      outcomes.push(outcome);
      report(outcome);
    }
    return outcomes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function prove(folder: string, parts: string[]): Promise<{ code: number; output: string }> {
  const args = [join(folder, 'tests/faults/store/run.ts'), '--quick', '--impatient', ...parts];
  return new Promise((resolve) => {
    execFile(process.execPath, args, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, output: `${stdout}${stderr}` });
    });
  });
}
