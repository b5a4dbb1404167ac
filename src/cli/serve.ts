import { findDataFolder } from '../kiosk/data-folder.ts';
import { openKiosk } from '../kiosk/open-kiosk.ts';
import { serveKiosk } from '../server/serve-kiosk.ts';
import { host } from './host.ts';
import { allowOnly, allowWords, type Options } from './options.ts';
import { say } from './output.ts';
import { UsageError } from './usage.ts';

/** 6878 is MUST on a telephone's keys. */
const DEFAULT_PORT = 6878;

/** Serves the kiosk until the process is asked to end; prints one line when it is ready. */
export async function serve(words: string[], options: Options): Promise<void> {
  allowWords(words, 0);
  allowOnly(options, ['port', 'sample']);
  const port = portOf(options.port);
  const kiosk = await openKiosk(findDataFolder(options.data), host);
  try {
    for (const line of kiosk.report) console.error(say(line));
    if (options.sample) await kiosk.addSample();
    kiosk.attend();
    const served = await serveKiosk(kiosk, port);
    // Listened for before the line is out: whoever reads it may ask at once.
    const ending = askedToEnd();
    const ready = options.json
      ? JSON.stringify({ address: served.address })
      : `Muster is ready: ${served.address}`;
    console.log(ready);
    await ending;
    await served.close();
  } finally {
    await kiosk.close();
  }
}

function portOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new UsageError(`--port ${text} is no port from 0 to 65535`);
  return port;
}

function askedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
