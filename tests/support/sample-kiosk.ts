import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallInput, OperationName, Result } from '../../src/api/contract.ts';
import { openKiosk, type Kiosk, type KioskOptions } from '../../src/kiosk/open-kiosk.ts';
import { serveKiosk, type ServedKiosk } from '../../src/server/serve-kiosk.ts';
import { sampleTemplate } from './sample-template.ts';

/** The sample's activity. */
export const EVENING = 'sample-volunteer-evening';

/** A served kiosk with the sample in it, on the machine's own clock. */
export interface SampleKiosk {
  kiosk: Kiosk;
  /** Its data folder. */
  folder: string;
  address: string;
  /** Calls as staff; fails on a "no". */
  asStaff<Name extends OperationName>(operation: Name, input: CallInput<Name>): Promise<Result<Name>>;
  stopServing(): Promise<void>;
  /** Serves again on the same port. */
  serveAgain(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a kiosk on a copy of a folder that was filled once: photos are decoded once.
 * @param prepare what is done to the copy before
 * @param options what the kiosk gets instead of the machine's own, a disk say
 */
export async function openSampleKiosk(
  prepare: (folder: string) => void = () => undefined,
  options: KioskOptions = {},
): Promise<SampleKiosk> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-sample-'));
  cpSync(await sampleTemplate(), folder, { recursive: true });
  prepare(folder);
  const kiosk = await openKiosk(folder, options);
  let served: ServedKiosk | undefined = await serveKiosk(kiosk, 0);
  const { address } = served;
  return {
    kiosk,
    folder,
    address,
    async asStaff(operation, input) {
      const answer = await kiosk.dispatch(operation, input, { role: 'admin' });
      if (!answer.ok) throw new Error(`${operation}: ${answer.refusal.message.en}`);
      return answer.result as Result<typeof operation>;
    },
    async stopServing() {
      await served?.close();
      served = undefined;
    },
    async serveAgain() {
      served = await serveKiosk(kiosk, Number(new URL(address).port));
    },
    async close() {
      await served?.close();
      await kiosk.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
