import { resolve } from 'node:path';
import { findDataFolder, requireDataFolder } from '../kiosk/data-folder.ts';
import { verifyBackup } from '../kiosk/upkeep/verify-backup.ts';
import { verifyKiosk, wordsOfCheck } from '../kiosk/verify-kiosk.ts';
import { withClient } from './kiosk-access.ts';
import { progressLine, untilStopped, workOver, type OnProgress } from './long-work.ts';
import { allowOnly, allowPinWithUrlOnly, allowWords, ANYWHERE, type Options } from './options.ts';
import { say, type Outcome } from './output.ts';

/**
 * `muster verify`: every checksum, every photo, counts; of a closed kiosk or, with an address, of a running one.
 * `muster verify FILE`: a backup. Exit code 1 when anything is wrong.
 */
export async function verify(words: string[], options: Options): Promise<Outcome> {
  allowWords(words, 1);
  const [file] = words;
  allowOnly(options, file === undefined ? ANYWHERE : []);
  allowPinWithUrlOnly(options);
  const line = progressLine(options);
  const verifying =
    file !== undefined
      ? verifyFile(file, line.progress)
      : options.url !== undefined
        ? verifyThere(options, line.progress)
        : verifyHere(options, line.progress);
  return verifying.finally(line.end);
}

async function verifyHere(options: Options, progress: OnProgress): Promise<Outcome> {
  const folder = findDataFolder(options.data);
  requireDataFolder(folder);
  const found = await untilStopped((signal) => verifyKiosk(folder, { signal, progress }));
  return outcomeOf(found, say(wordsOfCheck(found)), found);
}

/** The kiosk checks itself while it runs. */
function verifyThere(options: Options, progress: OnProgress): Promise<Outcome> {
  return withClient(options, async (client) => {
    const { workId } = await client.call('upkeep.verify', {});
    const { words, problems } = await workOver(client, workId, progress);
    const found = { ok: problems.length === 0, problems };
    return outcomeOf(found, say(words!), { ...found, message: words });
  });
}

async function verifyFile(file: string, progress: OnProgress): Promise<Outcome> {
  const path = resolve(file);
  const { words, manifest } = await untilStopped((signal) => verifyBackup(path, { signal, progress }));
  const { gate, kioskName, madeAt, lastSeq, photos, counts } = manifest;
  const json = { ok: true, path, gate, kioskName, madeAt, lastSeq, photos, counts };
  return { exitCode: 0, text: say(words), json };
}

function outcomeOf(
  { ok, problems }: { ok: boolean; problems: Parameters<typeof say>[0][] },
  text: string,
  json: unknown,
): Outcome {
  const listed = problems.map((problem) => `  ${say(problem)}`);
  return { exitCode: ok ? 0 : 1, text: [text, ...listed].join('\n'), json };
}
