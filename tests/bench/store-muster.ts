import { addMinutes } from '../../src/domain/time.ts';
import { systemClock } from '../../src/kiosk/clock.ts';
import { Ledger } from '../../src/kiosk/ledger.ts';
import type { JournalRecord } from '../../src/store/journal-format.ts';
import { openStore } from '../../src/store/open-store.ts';
import { inMemory, type Contender } from './store-contender.ts';
import { activityOf, ROSTER, stamp, type BenchEvent, type SignIn } from './store-events.ts';

/** Muster's store alone; started, it keeps the events as objects, checked. */
export const store: Contender = {
  fill,
  async open(folder) {
    const opened = await openStore(folder, { restore: noSnapshot, apply: () => undefined });
    return { append: (signIn) => opened.append(signIn), close: () => opened.close() };
  },
  async load(folder) {
    const records: JournalRecord[] = [];
    const opened = await openStore(folder, {
      restore: noSnapshot,
      apply: (record) => void records.push(record),
    });
    await opened.close();
    return inMemory(records as unknown as BenchEvent[]);
  },
};

/** The whole ledger: decides on a sign-in, stores it and takes it into the state; started, it has the state. */
export const ledger: Contender = {
  fill,
  async open(folder) {
    const opened = await openLedger(folder);
    /** The ids that the ledger has given to the activities of the sign-ins. */
    const ids = new Map<string, string>();
    return {
      async prepare(signIns) {
        for (const signIn of signIns) {
          const { activityId } = signIn.data;
          if (!ids.has(activityId)) ids.set(activityId, await saveActivity(opened, signIn));
        }
      },
      append: ({ data: { activityId, personId, postId }, gesture }) =>
        opened.run(
          {
            type: 'sign-in',
            activityId: ids.get(activityId)!,
            personId,
            ...(postId !== null && { postId }),
          },
          { gestureId: gesture.id },
          'screen',
        ),
      close: () => opened.close(),
    };
  },
  async load(folder) {
    const { state } = await openLedger(folder);
    return {
      signIns: state.visits.size,
      signedIn: (activityId) => state.visitsByActivity.get(activityId)?.size ?? 0,
    };
  },
};

/** Appends the roster, without which nobody can sign in, and the events. */
async function fill(folder: string, events: Iterable<BenchEvent>): Promise<void> {
  const opened = await openStore(folder, { restore: noSnapshot, apply: () => undefined });
  let appending = [opened.append({ ...stamp(0), type: 'people-saved', data: { people: ROSTER } })];
  for (const event of events) {
    appending.push(opened.append(event));
    if (appending.length < 10_000) continue;
    await Promise.all(appending);
    appending = [];
  }
  await Promise.all(appending);
  await opened.close();
}

function openLedger(folder: string): Promise<Ledger> {
  return Ledger.open(folder, systemClock, {
    onEvent: () => undefined,
    onReplaced: () => undefined,
    onFault(error) {
      throw error;
    },
  });
}

/** Saves the activity of a sign-in under an id of the ledger's own; it takes place now, so that people may sign in. */
async function saveActivity(opened: Ledger, { gesture }: SignIn): Promise<string> {
  const { activityId: _, ...planned } = activityOf(gesture.answer.seq);
  const startsAt = opened.now();
  const endsAt = addMinutes(startsAt, 120);
  const schedule = { kind: 'once', startsAt, endsAt, opensMinutesBefore: 30 } as const;
  const activity = { ...planned, schedule };
  const input = { gestureId: `${gesture.id}-activity` };
  const saved = await opened.run<{ activityId: string }>(
    { type: 'save-activity', activity },
    input,
    'editor',
  );
  return saved.activityId;
}

function noSnapshot(): never {
  throw new Error('there is a snapshot, so the start would not be from the journal');
}
