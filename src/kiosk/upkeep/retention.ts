import { clockInDoubt } from '../../domain/correct-clock.ts';
import { hasOldNotes, timesToDrop } from '../../domain/drop-times.ts';
import type { State } from '../../domain/state.ts';
import { addMinutes, localDateOf } from '../../domain/time.ts';
import type { UpkeepParts } from './parts.ts';
import { removeWorkFolders } from './redact-leftovers.ts';
import {
  isRedactionLeft,
  reachableBackups,
  redact,
  redactReachable,
  startRedaction,
} from './redaction-work.ts';
import type { Works } from './works.ts';

const DAY = 24 * 60;
/** From three to five at night nobody waits at the gate; later only where nobody has come for an hour. */
const NIGHT = { from: 3, to: 5 };
/** Times and backups are looked at this often, and what failed is left alone for so long, in milliseconds. */
const HOUR_MS = 60 * 60_000;
/** A backup that is there and cannot be written again is left alone for so long, in milliseconds. */
const DAY_MS = 24 * HOUR_MS;

/**
 * The daily job that keeps files clear: what a power cut left to do, times that have become too old, backups that are
 * there again. To be called each minute; resolves when what was due has ended.
 */
export function openRetention(parts: UpkeepParts, works: Works): () => Promise<void> {
  const { ledger, clock, dataFolder } = parts;
  let isTidy = false;
  let lookedAt = -Infinity;
  let pausedUntil = -Infinity;
  let lastFailed: string | undefined;
  /** When backups could not be written again, by path. */
  const notClearedAt = new Map<string, number>();

  /** After work that failed or was stopped: whatever stood in its way will not be gone in a minute. */
  function isPaused(): boolean {
    const last = works.ended.find(({ kind }) => kind === 'erase' || kind === 'retention');
    if (last && last.state !== 'done' && last.workId !== lastFailed) {
      lastFailed = last.workId;
      pausedUntil = clock.monotonic() + HOUR_MS;
    }
    return clock.monotonic() < pausedUntil;
  }

  /** What an earlier process left of its work; this one tidies up itself. */
  function tidyUp(): void {
    if (isTidy) return;
    isTidy = true;
    removeWorkFolders(dataFolder);
  }

  async function backupsToTry(): Promise<string[]> {
    const now = clock.monotonic();
    const paths = await reachableBackups(parts);
    return paths.filter((path) => now - (notClearedAt.get(path) ?? -Infinity) >= DAY_MS);
  }

  return async function tick() {
    if (works.current || ledger.trouble) return;
    tidyUp();
    if (isPaused()) return;
    if (await isRedactionLeft(parts)) {
      if (works.current) return;
      return over(works.start('erase', null, (telling) => redact(parts, telling)).result);
    }
    if (clock.monotonic() - lookedAt < HOUR_MS) return;
    lookedAt = clock.monotonic();
    const before = droppedBefore(parts);
    if (before !== undefined && !works.current) {
      const drop = () => ledger.note({ type: 'drop-times', before });
      return over(startRedaction(parts, works, { kind: 'retention', allBackups: false }, drop).result);
    }
    const paths = await backupsToTry();
    if (paths.length === 0 || works.current) return;
    const { result } = works.start('erase', null, (telling) => redactReachable(parts, paths, telling));
    await over(
      result.then(({ notCleared }) => {
        for (const path of notCleared) notClearedAt.set(path, clock.monotonic());
      }),
    );
  };
}

/** Waits for work. Why it failed stands in the list of what has ended. */
async function over(result: Promise<unknown>): Promise<void> {
  await result.catch(() => undefined);
}

/** The date before which times are to be dropped now; undefined where none are, or the clock may be wrong. */
function droppedBefore({ ledger, clock }: UpkeepParts): string | undefined {
  const { state } = ledger;
  const { keepTimesDays } = state.settings;
  const now = clock.now();
  if (keepTimesDays === null || clockInDoubt(state) || !isQuiet(state, now)) return undefined;
  const before = localDateOf(addMinutes(now, -keepTimesDays * DAY));
  return timesToDrop(state, before).size > 0 || hasOldNotes(state, before) ? before : undefined;
}

/** May sign-ins wait while the store is written again? */
function isQuiet({ visits }: State, now: string): boolean {
  const hour = Number(now.slice(11, 13));
  if (hour < NIGHT.from) return false;
  if (hour < NIGHT.to) return true;
  for (const { signedInAt } of visits.values()) {
    const age = Date.parse(now) - Date.parse(signedInAt);
    if (age >= 0 && age < HOUR_MS) return false;
  }
  return true;
}
