import { cutPower } from './crashes.ts';
import { damageEverything } from './damage.ts';
import { FAILED_SYNC, ORDINARY, SCRIPTS, type Script } from './days.ts';
import { callsOf, FAULTS, tryFault } from './fault-loop.ts';
import { goOnWithout } from './going-on.ts';
import { killOften } from './kills.ts';
import { fillDisk } from './real-disk.ts';
import { startTogether } from './starts.ts';
import type { Tally } from './tally.ts';

/** How much is tried: to see a mutant, in `npm test`, by `npm run check:store`, and with `--nightly`. */
export type Extent = 'quick' | 'test' | 'usual' | 'nightly';

/** A part of the proof. Resolves with why it was left out, where this machine does not let it happen. */
export type Part = (tally: Tally, extent: Extent) => Promise<string | void>;

export const PARTS: Record<string, Part> = {
  /** A power cut behind every change of a day. */
  async crashes(tally, extent) {
    const some: readonly Script[] = [ORDINARY, FAILED_SYNC];
    const closely = { quick: some.slice(0, 0), test: some, usual: SCRIPTS, nightly: SCRIPTS }[extent];
    const secondCuts = { quick: 200, test: 100, usual: 20, nightly: 2 }[extent];
    for (const script of SCRIPTS) {
      await cutPower(script, tally, { coarse: !closely.includes(script), secondCuts });
    }
  },

  /** A fault of the disk at every call of a day. */
  async faults(tally, extent) {
    for (const script of extent === 'quick' || extent === 'test' ? [ORDINARY] : SCRIPTS) {
      const oneOf = { quick: 16, test: 4, usual: script === ORDINARY ? 1 : 4, nightly: 1 }[extent];
      const calls = await callsOf(script);
      for (let call = 0; call < calls; call++) {
        for (const [index, fault] of FAULTS.entries()) {
          if ((call + index) % oneOf === 0) await tryFault(script, call, fault, tally);
        }
      }
    }
  },

  /** Every bit flipped, every file cut; and going on without what is broken. */
  async damage(tally, extent) {
    await damageEverything(tally, extent === 'quick' ? 7 : 1);
    await goOnWithout(tally);
  },

  /** kill -9, on the real disk. */
  async kills(tally, extent) {
    await killOften({ quick: 4, test: 20, usual: 200, nightly: 5000 }[extent], tally);
  },

  /** A real disk that is full, or may only be read. */
  async disk(tally, extent) {
    return fillDisk({ quick: 4, test: 25, usual: 100, nightly: 100 }[extent], tally);
  },

  /** Twenty starts at once. */
  async starts(tally, extent) {
    await startTogether({ quick: 1, test: 2, usual: 50, nightly: 500 }[extent], tally);
  },
};
