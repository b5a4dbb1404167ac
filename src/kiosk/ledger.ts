import { createHash, randomUUID } from 'node:crypto';
import type { Command } from '../domain/command.ts';
import { decide } from '../domain/decide.ts';
import { eventId, type ClockJumpData, type Event } from '../domain/event.ts';
import { evolve } from '../domain/evolve.ts';
import { Problem } from '../domain/problem.ts';
import type { Role } from '../domain/role.ts';
import { restoreRecord, snapshotRecords, type SnapshotRecord } from '../domain/snapshot.ts';
import { copyState, emptyState, type State } from '../domain/state.ts';
import { addMs } from '../domain/time.ts';
import type { Space } from '../store/ballast.ts';
import { isFull } from '../store/problems.ts';
import type { FileSystem } from '../store/file-system.ts';
import type { JournalRecord, NewRecord } from '../store/journal-format.ts';
import { openStore, type Store } from '../store/open-store.ts';
import type { Fold } from '../store/recovery.ts';
import { ClockWatch } from './clock-watch.ts';
import type { Clock } from './clock.ts';
import { kioskClosing } from './kiosk-closing.ts';
import { requireNoPhotos } from './data-folder.ts';

/** Events after which a snapshot is worth its while, when closing and in between. */
const SNAPSHOT_ON_CLOSE = 1000;
const SNAPSHOT_IN_BETWEEN = 10_000;

/** A kiosk that was off for longer, in milliseconds, is asked whether its clock is right. */
const LONG_AGO = 60 * 24 * 3600 * 1000;

/** What still goes through when the disk is nearly full. */
const AT_THE_LAST: ReadonlySet<Command['type']> = new Set([
  'sign-in',
  'undo-sign-in',
  'void-visit',
  'add-visit',
  'sign-in-guest',
  'call-roll',
  'undo-roll-call',
  'change-post',
  'sign-out',
  'sign-out-all',
  'announce-stay',
  'close-forgotten',
  'correct-sign-out',
  'undo-sign-outs',
  'erase-people',
  'drop-times',
  'note-clock-jump',
  'correct-clock',
  'note-repair',
  // Of an import that breaks off: the photos are on disk. Likewise a backup.
  'add-photos',
  'note-backup-begun',
  'note-backup',
  'note-backup-redacted',
]);

type NoticedJump = Omit<ClockJumpData, 'sinceSeq'>;

/** Whom a ledger tells what. */
export interface LedgerListeners {
  /** An event is on disk. */
  onEvent(event: Event): void;
  /** The state was read anew: anything may have changed. */
  onReplaced(): void;
  /** Something went wrong without any call failing. */
  onFault(error: unknown): void;
}

/**
 * The kiosk's memory: commands in, events to disk, state out. `state` holds only what the disk has confirmed,
 * so no screen shows what a power cut could take back. Decisions are made on a second state that runs ahead.
 */
export class Ledger {
  readonly #dataFolder: string;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #clockWatch: ClockWatch;
  /** Jumps of the clock that are not on their way to the disk yet, or which it did not take. */
  readonly #unnoted: NoticedJump[] = [];
  readonly #listeners: LedgerListeners;
  /** What the disk has confirmed. */
  readonly state: State;
  /** The same plus what is on its way to the disk. */
  #ahead: State;
  /** Number of the first event of this process. */
  readonly #firstSeq: number;
  #lastAppend: Promise<unknown> = Promise.resolve();
  #space: Space | undefined;
  #unwritable: Problem | undefined;
  /** Snapshots, reopening and going on, one after the other. */
  #turn: Promise<unknown> = Promise.resolve();
  #turns = 0;
  #looking: Promise<void> = Promise.resolve();
  #reopening: Promise<void> | undefined;
  #closing = false;

  private constructor(
    dataFolder: string,
    store: Store,
    state: State,
    clock: Clock,
    listeners: LedgerListeners,
  ) {
    this.#dataFolder = dataFolder;
    this.#store = store;
    this.#clock = clock;
    this.#clockWatch = new ClockWatch(clock);
    this.#listeners = listeners;
    this.state = state;
    this.#ahead = copyState(state);
    this.#firstSeq = store.nextSeq;
  }

  /** Opens the store and folds what it holds. @throws Problem as `openStore` does. */
  static async open(
    dataFolder: string,
    clock: Clock,
    listeners: LedgerListeners,
    fs?: FileSystem,
  ): Promise<Ledger> {
    const state = emptyState();
    const fold = foldInto(state, dataFolder);
    let lastAt: string | undefined;
    const apply = (record: JournalRecord) => {
      lastAt = record.at;
      fold.apply(record);
    };
    const store = await openStore(dataFolder, { ...fold, apply }, fs && { fs });
    state.lastSeq = store.lastSeq;
    const ledger = new Ledger(dataFolder, store, state, clock, listeners);
    ledger.#doubtClock(lastAt);
    return ledger;
  }

  /** Tells of what went wrong without any call failing. */
  readonly onFault = (error: unknown): void => this.#listeners.onFault(error);

  get store(): Pick<Store, 'gate' | 'report' | 'damage' | 'resumed' | 'pace' | 'sinceSnapshot'> {
    return this.#store;
  }

  /** Why nothing can be saved; undefined while all is well. While the store is opened anew, whoever saves waits. */
  get trouble(): Problem | undefined {
    return this.#reopening ? undefined : (this.#store.failed ?? this.#unwritable);
  }

  /** The room on the disk, as last looked at. */
  get space(): Space | undefined {
    return this.#space;
  }

  /** The system's time with the correction that staff gave. */
  now(): string {
    return corrected(this.#clock.now(), this.state);
  }

  /**
   * Decides and resolves with the answer once the disk has the event. A refusal or a repeated gesture waits,
   * too, for what it refers to. `input` is what the caller sent: it makes the gesture's fingerprint.
   * @throws Refusal from the domain; Problem when the disk does not take the event.
   */
  async run<Answer>(command: Command, input: { gestureId: string }, role: Role): Promise<Answer> {
    while (this.#reopening) await this.#reopening;
    if (this.#store.failed) throw this.#store.failed;
    if (this.#closing) throw kioskClosing();
    if (this.#unwritable) await this.#requireWritable();
    if (this.#space?.level === 'critical' && !AT_THE_LAST.has(command.type)) throw nearlyFull();
    if (command.type !== 'note-clock-jump') this.#watchClock();
    return this.#append(command, input, role);
  }

  /** Runs a command of the kiosk's own. */
  note(command: Command): Promise<unknown> {
    return this.run(command, { gestureId: randomUUID() }, 'admin');
  }

  async #append<Answer>(command: Command, input: { gestureId: string }, role: Role): Promise<Answer> {
    // An append has failed just now, and whoever waits for it has not been told yet.
    if (this.#store.nextSeq !== this.#ahead.lastSeq + 1) this.#stepBack(this.#ahead);
    let decided;
    try {
      decided = this.#decide(command, input, role);
    } catch (refusal) {
      await this.#confirmed();
      throw refusal;
    }
    const { event: decidedEvent, entry, answer } = decided;
    if (!decidedEvent) {
      await this.#confirmed();
      return answer as Answer;
    }
    const ahead = this.#ahead;
    const appended = this.#store.append(entry!);
    this.#lastAppend = appended;
    const seq = ahead.lastSeq + 1;
    evolve(ahead, { ...decidedEvent, seq, id: eventId(this.#store.gate, seq), at: entry!.at });
    let record;
    try {
      record = await appended;
    } catch (error) {
      this.#stepBack(ahead);
      throw error;
    }
    this.#take(record);
    return answer as Answer;
  }

  #decide(command: Command, input: { gestureId: string }, role: Role) {
    const at = corrected(this.#clock.now(), this.#ahead);
    const gesture = { id: input.gestureId, fingerprint: fingerprintOf(command.type, input) };
    const { event, answer } = decide(this.#ahead, this.#store.gate, command, { at, role, gesture });
    const entry: NewRecord | undefined = event && { at, mono: this.#clock.monotonic(), ...event };
    return { event, entry, answer };
  }

  #take(record: JournalRecord): void {
    const event = asEvent(record);
    evolve(this.state, event);
    this.#listeners.onEvent(event);
  }

  /** Waits until everything decided so far is on disk, and fails when it will not be. */
  async #confirmed(): Promise<void> {
    await this.#lastAppend;
  }

  /** After a failed append: decides again from what the disk has. All appends that failed together share `ahead`. */
  #stepBack(ahead: State): void {
    if (this.#ahead !== ahead) return;
    this.#ahead = copyState(this.state);
    this.#lastAppend = Promise.resolve();
  }

  /** Notes a jump of the system's clock before whatever comes next. */
  #watchClock(): void {
    const jump = this.#clockWatch.look();
    if (jump) this.#unnoted.push(jump);
    for (const one of this.#unnoted.splice(0)) this.#noteJump(one);
  }

  /**
   * At a start nobody knows what has been done to the clock meanwhile; that it stands too early shows, and that it
   * stands months behind everything known is worth a question before anything is deleted by date.
   */
  #doubtClock(lastAt: string | undefined): void {
    const now = this.#clock.now();
    const last = lastAt ?? lastSignIn(this.state) ?? now;
    const sinceLast = Date.parse(now) - Date.parse(last);
    if (sinceLast < 0 || sinceLast > LONG_AGO || this.state.clockShiftMs !== 0) {
      this.#unnoted.push({ byMs: null, before: last, after: now });
    }
    if (!this.#store.failed) this.#watchClock();
  }

  #noteJump(jump: NoticedJump): void {
    const command: Command = { type: 'note-clock-jump', ...jump, sinceSeq: this.#firstSeq };
    this.#append(command, { gestureId: randomUUID() }, 'admin').catch((error: unknown) => {
      this.#unnoted.push(jump);
      this.onFault(error);
    });
  }

  /** Looks at the room on the disk now. */
  async measureSpace(): Promise<Space> {
    return (this.#space = await this.#store.look());
  }

  /** Looks whether the disk takes anything, how much room it has, and what the clock does: to be called each minute. */
  look(): Promise<void> {
    return (this.#looking = this.#looking.then(() => this.#look()));
  }

  async #look(): Promise<void> {
    if (this.#closing || this.#reopening) return;
    try {
      if (!this.#store.failed) this.#watchClock();
      await this.measureSpace();
      if (this.#store.failed) return;
      await this.#probe();
    } catch (error) {
      this.onFault(error);
    }
    // Not behind a long backup: screens wait to hear what the look has found.
    if (this.#turns > 0 || this.#store.sinceSnapshot() < SNAPSHOT_IN_BETWEEN) return;
    this.snapshot().catch(this.onFault);
  }

  /** The last look found that nothing can be written: nobody is thanked before that is over. */
  async #requireWritable(): Promise<void> {
    await this.#probe();
    if (this.#unwritable) throw this.#unwritable;
  }

  async #probe(): Promise<void> {
    try {
      await this.#store.probe();
      this.#unwritable = undefined;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#unwritable = saysNothing(error, this.#space) ? undefined : error;
    }
  }

  /** Writes a snapshot while sign-ins go on. */
  snapshot(): Promise<void> {
    return this.#inTurn(() => this.#snapshot());
  }

  async #snapshot(): Promise<void> {
    const at = await this.#store.rotate();
    if (at.lastSeq !== this.state.lastSeq) throw new Error('the state does not stand where the journal does');
    const state = copyState(this.state);
    await this.#store.snapshot(at, () => snapshotRecords(state));
  }

  /**
   * The files of the store that hold everything up to now and change no more, and the state they fold to; `work` must
   * be done with them.
   */
  withClosedFiles<Result>(work: (names: string[], state: State) => Promise<Result>): Promise<Result> {
    return this.#inTurn(async () => {
      await this.#store.rotate();
      const state = copyState(this.state);
      return work(await this.#store.closedFiles(), state);
    });
  }

  /** The segment that is written to, and its bytes that are confirmed. */
  get openSegment(): { name: string; size: number } | undefined {
    return this.#store.openSegment;
  }

  /** Goes on without what is broken in the store, and notes that. */
  goOn(): Promise<void> {
    return this.#inTurn(async () => {
      const { damage } = this.#store;
      if (!damage) return;
      const { missing, files } = damage;
      const { entry } = this.#decide(
        { type: 'note-repair', missing, files },
        { gestureId: randomUUID() },
        'admin',
      );
      const record = await this.#store.goOn(entry!, () => snapshotRecords(this.state));
      this.#take(record);
      this.#ahead = copyState(this.state);
    });
  }

  /**
   * Opens the store anew: after a failure, or around `work`, which changes the folder. Whoever asks for something
   * meanwhile waits.
   */
  reopen(work?: () => Promise<void>): Promise<void> {
    return this.#inTurn(async () => {
      const reopened = Promise.withResolvers<void>();
      this.#reopening = reopened.promise;
      try {
        await this.#looking;
        await this.#store.settled();
        await this.#readAnew(work);
      } finally {
        this.#reopening = undefined;
        reopened.resolve();
        this.#listeners.onReplaced();
      }
    });
  }

  async #readAnew(work?: () => Promise<void>): Promise<void> {
    const state = emptyState();
    try {
      await this.#store.reopen(foldInto(state, this.#dataFolder), work);
    } finally {
      if (!this.#store.failed || this.#store.damage) {
        state.lastSeq = this.#store.lastSeq;
        Object.assign(this.state, state);
        this.#ahead = copyState(this.state);
        this.#lastAppend = Promise.resolve();
      }
    }
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#closing) return Promise.reject(kioskClosing());
    return this.#nextTurn(work);
  }

  #nextTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#turn.then(work);
    this.#turns++;
    this.#turn = done.then(
      () => void this.#turns--,
      () => void this.#turns--,
    );
    return done;
  }

  /**
   * Lets what is under way finish, writes a snapshot when it is worth one, and releases the folder. A snapshot
   * that fails is only reported: the journal is complete without it.
   */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#looking;
    await this.#turn;
    await this.#store.settled();
    try {
      const isWorthIt = !this.#store.failed && this.#store.sinceSnapshot() >= SNAPSHOT_ON_CLOSE;
      if (isWorthIt) await this.#nextTurn(() => this.#snapshot());
    } catch (error) {
      this.onFault(error);
    } finally {
      await this.#store.close();
    }
  }
}

/** Folds what the store of a data folder holds into `state`. */
export function foldInto(state: State, dataFolder: string): Fold {
  return {
    restore: (record) => restoreRecord(state, record as SnapshotRecord),
    apply: (record) => void evolve(state, asEvent(record)),
    begin: () => requireNoPhotos(dataFolder),
  };
}

function lastSignIn({ visits }: State): string | undefined {
  let last: string | undefined;
  for (const { signedInAt } of visits.values())
    if (last === undefined || signedInAt > last) last = signedInAt;
  return last;
}

/** The system's time with the correction that this state knows of. */
function corrected(at: string, { clockShiftMs }: State): string {
  return clockShiftMs === 0 ? at : addMs(at, clockShiftMs);
}

/** A full disk has the reserve left for sign-ins; where only another file cannot be opened, the journal is open. */
function saysNothing({ cause }: Problem, space: Space | undefined): boolean {
  if (isFull(cause)) return space?.ballast === true;
  return ['EMFILE', 'ENFILE'].includes((cause as NodeJS.ErrnoException | undefined)?.code ?? '');
}

function nearlyFull(): Problem {
  return new Problem('disk-nearly-full', {
    en: 'The disk is nearly full: what is left is kept for sign-ins. Please free some space first.',
    zh: '磁盘空间即将用尽，剩余空间留给签到。请先清理磁盘空间。',
  });
}

function asEvent({ seq, id, at, type, data, gesture }: JournalRecord): Event {
  return { seq, id, at, type, data, ...(gesture !== undefined && { gesture }) } as Event;
}

/** What tells one input from another: SHA-256 of the command's name and the input with its keys in order. */
function fingerprintOf(type: string, input: unknown): string {
  return createHash('sha256')
    .update(`${type}\n${canonical(input)}`)
    .digest('hex')
    .slice(0, 32);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
