import { clockInDoubt } from '../../domain/correct-clock.ts';
import { timesToDrop } from '../../domain/drop-times.ts';
import { addMinutes, localDateOf } from '../../domain/time.ts';
import type { UpkeepParts } from './parts.ts';
import {
  isRedactionLeft,
  isRedactionWanted,
  noteRedaction,
  redact,
  redactReachable,
} from './redaction-work.ts';
import type { Works } from './works.ts';

const DAY = 24 * 60;
/** Not before this hour: at night nobody waits at the gate. */
const FROM_HOUR = 3;
/** Backups that were away are looked for this often, in milliseconds. */
const LOOK_EVERY = 60 * 60_000;

/**
 * The daily job that keeps files clear: what a power cut left to do, times that have become too old, backups that are
 * there again. To be called each minute; resolves when what was due has ended.
 */
export function openRetention(parts: UpkeepParts, works: Works): () => Promise<void> {
  let lookedAt = -Infinity;

  async function run(kind: 'erase' | 'retention', work: typeof redact): Promise<void> {
    // Why it failed stands in the list of what has ended.
    await works.start(kind, null, (telling) => work(parts, telling)).result.catch(() => undefined);
  }

  return async function tick() {
    const { ledger, clock } = parts;
    if (works.current || ledger.trouble) return;
    if (await isRedactionLeft(parts)) return run('erase', redact);
    const before = droppedBefore(parts);
    if (before !== undefined) {
      await noteRedaction(parts, { timesBefore: before });
      await ledger.note({ type: 'drop-times', before });
      return run('retention', redact);
    }
    if (clock.monotonic() - lookedAt < LOOK_EVERY) return;
    lookedAt = clock.monotonic();
    if (await isRedactionWanted(parts)) return run('erase', redactReachable);
  };
}

/** The date before which times are to be dropped now; undefined where none are, or the clock may be wrong. */
function droppedBefore({ ledger, clock }: UpkeepParts): string | undefined {
  const { state } = ledger;
  const { keepTimesDays } = state.settings;
  const now = clock.now();
  if (keepTimesDays === null || clockInDoubt(state) || Number(now.slice(11, 13)) < FROM_HOUR)
    return undefined;
  const before = localDateOf(addMinutes(now, -keepTimesDays * DAY));
  return timesToDrop(state, before).size > 0 ? before : undefined;
}
