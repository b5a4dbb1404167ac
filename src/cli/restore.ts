import { resolve } from 'node:path';
import type { Bilingual } from '../domain/bilingual.ts';
import { findDataFolder } from '../kiosk/data-folder.ts';
import { restoreClosed } from '../kiosk/upkeep/restore.ts';
import { withClient } from './kiosk-access.ts';
import { pathThere, progressLine, untilStopped, workOver, type OnProgress } from './long-work.ts';
import { allowOnly, allowPinWithUrlOnly, allowWords, ANYWHERE, required, type Options } from './options.ts';
import { say, type Outcome } from './output.ts';

/** What came of it, wherever the kiosk is. */
interface RestoredThere {
  words: Bilingual;
  problems: Bilingual[];
  path: string;
  /** What only whoever restored it here knows. */
  more?: Record<string, unknown>;
}

/** `muster restore FILE`: into the data folder of a closed kiosk, a new one, or of the kiosk at an address. */
export async function restore(words: string[], options: Options): Promise<Outcome> {
  allowOnly(options, ANYWHERE);
  allowPinWithUrlOnly(options);
  allowWords(words, 1);
  const file = required(words[0], 'FILE');
  const line = progressLine(options);
  const restored = await (options.url === undefined ? restoreHere : restoreThere)(
    file,
    options,
    line.progress,
  ).finally(line.end);
  const { words: done, problems, path, more } = restored;
  return {
    exitCode: 0,
    text: [say(done), ...problems.map((problem) => `  ${say(problem)}`)].join('\n'),
    json: { restored: true, path, ...more, message: done, problems },
  };
}

async function restoreHere(file: string, options: Options, progress: OnProgress): Promise<RestoredThere> {
  const problems: Bilingual[] = [];
  const path = resolve(file);
  const dataFolder = findDataFolder(options.data);
  const problem = (one: Bilingual) => void problems.push(one);
  const { words, manifest, kept } = await untilStopped((signal) =>
    restoreClosed(dataFolder, path, { signal, progress, problem, about: () => undefined }),
  );
  const { gate, madeAt, counts } = manifest;
  return { words, problems, path, more: { dataFolder, gate, madeAt, counts, kept } };
}

function restoreThere(file: string, options: Options, progress: OnProgress): Promise<RestoredThere> {
  const path = pathThere(file);
  return withClient(options, async (client) => {
    const { workId } = await client.call('upkeep.restore', { path });
    const { words, problems } = await workOver(client, workId, progress);
    return { words: words!, problems, path };
  });
}
