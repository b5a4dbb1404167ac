import { createHash } from 'node:crypto';
import type { Command } from '../domain/command.ts';
import { decide } from '../domain/decide.ts';
import { eventId, type Event } from '../domain/event.ts';
import { evolve } from '../domain/evolve.ts';
import { Problem } from '../domain/problem.ts';
import type { Role } from '../domain/role.ts';
import { restoreRecord, snapshotRecords, type SnapshotRecord } from '../domain/snapshot.ts';
import { copyState, emptyState, type State } from '../domain/state.ts';
import type { FileSystem } from '../store/file-system.ts';
import type { JournalRecord } from '../store/journal-format.ts';
import { openStore, type Store } from '../store/open-store.ts';
import type { Fold } from '../store/recovery.ts';
import type { Clock } from './clock.ts';
import { requireNoPhotos } from './data-folder.ts';

/** Events after which a closing kiosk writes a snapshot. */
const SNAPSHOT_AFTER = 1000;

/**
 * The kiosk's memory: commands in, events to disk, state out. `state` holds only what the disk has confirmed,
 * so no screen shows what a power cut could take back. Decisions are made on a second state that runs ahead.
 */
export class Ledger {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #onEvent: (event: Event) => void;
  /** Told of what goes wrong without any call failing. */
  readonly onFault: (error: unknown) => void;
  /** What the disk has confirmed. */
  readonly state: State;
  /** The same plus what is on its way to the disk. */
  #ahead: State;
  #lastAppend: Promise<unknown> = Promise.resolve();
  #closing = false;

  private constructor(
    store: Store,
    state: State,
    clock: Clock,
    onEvent: (event: Event) => void,
    onFault: (error: unknown) => void,
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#onEvent = onEvent;
    this.onFault = onFault;
    this.state = state;
    this.#ahead = copyState(state);
  }

  /** Opens the store and folds what it holds. @throws Problem as `openStore` does. */
  static async open(
    dataFolder: string,
    clock: Clock,
    onEvent: (event: Event) => void,
    onFault: (error: unknown) => void,
    fs?: FileSystem,
  ): Promise<Ledger> {
    const state = emptyState();
    const store = await openStore(dataFolder, foldInto(state, dataFolder), fs);
    state.lastSeq = store.lastSeq;
    return new Ledger(store, state, clock, onEvent, onFault);
  }

  get store(): Pick<Store, 'gate' | 'report' | 'failed'> {
    return this.#store;
  }

  /**
   * Decides and resolves with the answer once the disk has the event. A refusal or a repeated gesture waits,
   * too, for what it refers to. `input` is what the caller sent: it makes the gesture's fingerprint.
   * @throws Refusal from the domain; Problem when the disk does not take the event.
   */
  async run<Answer>(command: Command, input: { gestureId: string }, role: Role): Promise<Answer> {
    if (this.#store.failed) throw this.#store.failed;
    if (this.#closing) throw closing();
    // An append has failed just now, and whoever waits for it has not been told yet.
    if (this.#store.nextSeq !== this.#ahead.lastSeq + 1) this.#stepBack(this.#ahead);
    const at = this.#clock.now();
    const gesture = { id: input.gestureId, fingerprint: fingerprintOf(command.type, input) };
    let decision;
    try {
      decision = decide(this.#ahead, this.#store.gate, command, { at, role, gesture });
    } catch (refusal) {
      await this.#confirmed();
      throw refusal;
    }
    if (!decision.event) {
      await this.#confirmed();
      return decision.answer as Answer;
    }
    const ahead = this.#ahead;
    const appended = this.#store.append({ at, mono: this.#clock.monotonic(), ...decision.event });
    this.#lastAppend = appended;
    const seq = ahead.lastSeq + 1;
    evolve(ahead, { ...decision.event, seq, id: eventId(this.#store.gate, seq), at });
    let record;
    try {
      record = await appended;
    } catch (error) {
      this.#stepBack(ahead);
      throw error;
    }
    const event = asEvent(record);
    evolve(this.state, event);
    this.#onEvent(event);
    return decision.answer as Answer;
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

  /**
   * Lets what is under way finish, writes a snapshot when it is worth one, and releases the folder. A snapshot
   * that fails is only reported: the journal is complete without it.
   */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#store.settled();
    try {
      if (!this.#store.failed && this.#store.sinceSnapshot() >= SNAPSHOT_AFTER) {
        await this.#store.snapshot(() => snapshotRecords(this.state));
      }
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

function closing(): Problem {
  return new Problem('kiosk-closing', {
    en: 'The kiosk is closing, so nothing was saved. Please try again when it has started.',
    zh: '系统正在关闭，本次未保存。请启动后重试。',
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
