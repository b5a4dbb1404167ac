import { join } from 'node:path';
import { openLeaderPins } from '../access/leader-pins.ts';
import { PinGuard } from '../access/pin-guard.ts';
import { openSessions, type Opener } from '../access/sessions.ts';
import type { Caller, Dispatch } from '../api/dispatcher.ts';
import { TOPICS, type Topic } from '../api/contract.ts';
import { createDispatcher } from '../api/dispatcher.ts';
import type { Bilingual } from '../domain/bilingual.ts';
import type { Event } from '../domain/event.ts';
import type { Person } from '../domain/person.ts';
import type { State } from '../domain/state.ts';
import { photoFiles } from '../photos/photo-files.ts';
import { startNodeWorker } from '../processes/node-worker.ts';
import type { StartWorker } from '../processes/worker.ts';
import type { FileSystem } from '../store/file-system.ts';
import { nodeFileSystem } from '../store/node-file-system.ts';
import { createNameFinder, type NameFinder } from '../roster/name-finder.ts';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import { prepareDataFolder } from './data-folder.ts';
import { removeDeletedPhotos } from './deleted-photos.ts';
import { openDownloads } from './exports.ts';
import { accessHandlers } from './handlers/access.ts';
import { activityHandlers } from './handlers/activities.ts';
import { attemptHandlers } from './handlers/attempts.ts';
import { attendanceHandlers } from './handlers/attendance.ts';
import { badgeHandlers } from './handlers/badges.ts';
import { boardHandlers } from './handlers/board.ts';
import { erasureHandlers } from './handlers/erasure.ts';
import { evidenceHandlers } from './handlers/evidence.ts';
import { exportHandlers } from './handlers/exports.ts';
import type { Parts } from './handlers/parts.ts';
import { guestHandlers } from './handlers/guests.ts';
import { leaveHandlers } from './handlers/leaves.ts';
import { peopleHandlers } from './handlers/people.ts';
import { photoHandlers } from './handlers/photos.ts';
import { placeHandlers } from './handlers/places.ts';
import { rollCallHandlers } from './handlers/roll-call.ts';
import { settingsHandlers } from './handlers/settings.ts';
import { showHandlers } from './handlers/shows.ts';
import { signOutHandlers } from './handlers/sign-outs.ts';
import { sloganHandlers } from './handlers/slogans.ts';
import { systemHandlers } from './handlers/system.ts';
import { upkeepHandlers } from './handlers/upkeep.ts';
import { wallHandlers } from './handlers/wall.ts';
import { importIntoKiosk, requireRoom, type ImportReport, type PhotoImport } from './import-photos.ts';
import { leaderAccess } from './leader-access.ts';
import { Ledger } from './ledger.ts';
import { openPeopleUploads } from './people-uploads.ts';
import { renditionFinder } from './find-rendition.ts';
import { openPhotoCopies } from './photo-copies.ts';
import { openPhotoImports } from './photo-imports.ts';
import { openPhotoWatch } from './photo-watch.ts';
import { seenNotes } from './photo-seen.ts';
import { photoTickets } from './photo-tickets.ts';
import { addSample } from './sample.ts';
import { watchReveals } from './reveals.ts';
import { TOPICS_OF } from './topics.ts';
import { uploadsOf } from './uploads.ts';
import { closeForgotten } from './upkeep/close-forgotten.ts';
import { openUpkeep, type Upkeep } from './upkeep/upkeep.ts';
import { VERSION } from './version.ts';
import type { WebSources } from '../web/web-handler.ts';

/** The open kiosk: what hosts and the command line work with. */
export interface Kiosk {
  dispatch: Dispatch;
  /** Calls `onChange` with each topic that changed and the event's number, after the disk has the event. */
  subscribe(onChange: (topic: Topic, seq: number) => void): () => void;
  /** Who calls with this token; without a good one a screen does. */
  callerOf(token: string | undefined): Caller;
  /** What the web handler of a host serves from, but for the pages. */
  web: Omit<WebSources, 'rendererFolder'>;
  importPhotos(request: PhotoImport): Promise<ImportReport>;
  /** Brings the sample; false where it is, or was removed before. */
  addSample(): Promise<boolean>;
  /** Begins what goes on by itself while a kiosk stands somewhere: imports that a restart cut off, the watched folder. */
  attend(): void;
  /** Backups, checks, restoring. */
  upkeep: Upkeep;
  /** What the kiosk knows, for reading only. */
  readonly state: Readonly<State>;
  readonly gate: string;
  readonly report: Bilingual[];
  /** Lets what is under way finish. May be called more than once. */
  close(): Promise<void>;
}

/** What a host may bring along instead of the machine's own. */
export interface KioskOptions {
  clock?: Clock;
  onFault?: (error: unknown) => void;
  startWorker?: StartWorker;
  /** The disk of the store. */
  fs?: FileSystem;
}

/**
 * Opens the kiosk of a data folder: store, rules, handlers. The only place that knows every part.
 * @throws Problem when the folder cannot be used, is in use, or is damaged.
 */
export async function openKiosk(
  dataFolder: string,
  {
    clock = systemClock,
    onFault = reportFault,
    startWorker = startNodeWorker,
    fs = nodeFileSystem,
  }: KioskOptions = {},
): Promise<Kiosk> {
  prepareDataFolder(dataFolder);
  const listeners = new Set<(topic: Topic, seq: number) => void>();
  let finder: NameFinder<Person> | undefined;
  let offRosterFinder: NameFinder<Person> | undefined;

  function onEvent(event: Event): void {
    const topics = TOPICS_OF[event.type];
    if (topics.includes('attendance') || topics.includes('people')) offRosterFinder = undefined;
    if (event.type === 'settings-changed') followWatch();
    if (topics.includes('people')) {
      finder = undefined;
      dropOldPins();
    }
    for (const topic of topics) tell(topic, event.seq);
  }

  /** A person who is gone takes their PIN along. */
  function dropOldPins(): void {
    leaders.dropOfLeft().catch(onFault);
  }

  /** Only while the kiosk stands somewhere: a command that only asks something begins nothing. */
  function followWatch(): void {
    if (isAttended) watch.follow(ledger.state.settings.watch);
  }

  function tell(topic: Topic, seq: number): void {
    for (const listener of listeners) {
      try {
        listener(topic, seq);
      } catch (error) {
        // What is saved is saved: a listener's trouble is never the caller's.
        onFault(error);
      }
    }
  }

  function onReplaced(): void {
    finder = undefined;
    offRosterFinder = undefined;
    dropOldPins();
    for (const topic of TOPICS) tell(topic, ledger.state.lastSeq);
  }

  const ledger = await Ledger.open(dataFolder, clock, { onEvent, onReplaced, onFault }, fs);
  const kioskClock: Clock = { ...clock, now: () => ledger.now() };
  const tellHealth = () => tell('health', ledger.state.lastSeq);
  const health = await watchHealth(ledger, tellHealth);
  const files = photoFiles(dataFolder);
  const upkeepParts = { ledger, clock: kioskClock, files, dataFolder, fs };
  const upkeep = openUpkeep(upkeepParts, tellHealth);
  // Those that were forgotten while the machine was off, before anybody is shown who is there.
  await closeForgotten(upkeepParts).catch(onFault);
  // Where the last process ended between the event and the disk.
  const swept = removeDeletedPhotos(ledger.state.deletedPhotos.keys(), files).catch(onFault);
  const stopReveals = watchReveals(
    () => ledger.state,
    kioskClock,
    () => tell('photos', ledger.state.lastSeq),
  );
  const stopUpkeep = eachMinute(() => void upkeep.tick().catch(onFault));
  const parts: Parts = {
    ledger,
    clock: kioskClock,
    files,
    version: VERSION,
    dataFolder,
    startedAt: kioskClock.now(),
    startWorker,
    finder: () => (finder ??= createNameFinder(rosterOf(ledger.state))),
    offRosterFinder: () => (offRosterFinder ??= createNameFinder(offRosterOf(ledger.state))),
  };
  const guard = new PinGuard(dataFolder, clock);
  const sessions = openSessions(clock.monotonic);
  const leaders = leaderAccess(() => ledger.state, openLeaderPins(dataFolder, clock), kioskClock);
  // Of a damaged store nobody knows who is on the roster.
  if (!ledger.trouble) dropOldPins();
  const downloads = openDownloads(clock.monotonic);
  const peopleUploads = openPeopleUploads(startWorker);
  const tickets = photoTickets();
  const copies = openPhotoCopies(() => ledger.state, files, startWorker);
  const seen = seenNotes(join(dataFolder, 'photos', 'seen.json'), onFault);
  const importNow = async (request: PhotoImport) => {
    const known = await seen.open();
    try {
      return await importIntoKiosk(ledger, files, startWorker, request, known);
    } finally {
      // What came in is in, whether or not the next import has to read it again.
      await seen.keep().catch(onFault);
    }
  };
  const imports = await openPhotoImports(importNow, {
    uploads: join(dataFolder, 'photos', 'uploads'),
    notes: join(dataFolder, 'photos', 'imports.json'),
    requireRoom: () => requireRoom(ledger),
    onChange: () => tell('imports', ledger.state.lastSeq),
    onFault,
  });

  let isAttended = false;
  const watch = openPhotoWatch({ imports, onChange: () => tell('imports', ledger.state.lastSeq), onFault });

  let closed: Promise<void> | undefined;
  async function close(): Promise<void> {
    health.stop();
    stopUpkeep();
    stopReveals();
    await swept;
    await upkeep.close();
    // It begins no import any more, and waits for the one that is stopped next.
    const watchClosed = watch.close();
    await imports.close();
    await watchClosed;
    await copies.close();
    await ledger.close();
  }

  function callerOf(token: string | undefined): Caller {
    const opener = token === undefined ? undefined : sessions.openerOf(token, stillOpens);
    if (token === undefined || !opener) return { role: 'screen' };
    if (opener.role === 'leader') return { role: 'leader', personId: opener.personId, token };
    return { role: 'admin', token };
  }

  /** A PIN file that cannot be read opens nothing; trying the PIN says what is the matter. */
  function stillOpens(opener: Opener): boolean {
    try {
      return opener.role === 'leader' ? leaders.stillOpens(opener) : guard.version() === opener.key;
    } catch (error) {
      onFault(error);
      return false;
    }
  }

  const dispatch = createDispatcher(
    {
      ...accessHandlers({ guard, sessions, leaders }),
      ...activityHandlers(parts),
      ...attemptHandlers(parts),
      ...attendanceHandlers(parts),
      ...badgeHandlers(parts),
      ...boardHandlers(parts),
      ...evidenceHandlers(parts),
      ...exportHandlers(parts, downloads),
      ...guestHandlers(parts),
      ...leaveHandlers(parts),
      ...peopleHandlers(parts, peopleUploads),
      ...photoHandlers(parts, { imports, watch, ticketOf: tickets.of, turn: copies.turn }),
      ...placeHandlers(),
      ...rollCallHandlers(parts),
      ...settingsHandlers(parts),
      ...showHandlers(parts),
      ...signOutHandlers(parts),
      ...sloganHandlers(parts),
      ...systemHandlers(parts),
      ...erasureHandlers(upkeepParts, upkeep.works),
      ...upkeepHandlers(upkeepParts, upkeep),
      ...wallHandlers(parts),
    },
    onFault,
  );
  return {
    async dispatch(name, input, caller) {
      if (caller.token !== undefined && isChange(input)) sessions.renew(caller.token);
      const answer = await dispatch(name, input, caller);
      // When a save fails, others than who made it should know.
      health.compare();
      return answer;
    },
    subscribe(onChange) {
      listeners.add(onChange);
      return () => void listeners.delete(onChange);
    },
    callerOf,
    web: {
      findRendition: renditionFinder(parts, tickets, copies),
      findDownload: downloads.find,
      uploads: uploadsOf({ callerOf, peopleUploads, imports, onFault }),
    },
    importPhotos: (request) => imports.inTurn(() => importNow(request)),
    addSample: () => imports.inTurn(() => addSample(ledger, files, startWorker)),
    attend() {
      isAttended = true;
      imports.resume();
      followWatch();
    },
    upkeep,
    state: ledger.state,
    gate: ledger.store.gate,
    report: ledger.store.report,
    close: () => (closed ??= close()),
  };
}

/** Looks after the disk and the clock now and each minute; tells when what screens should know has changed. */
async function watchHealth(
  ledger: Ledger,
  tellHealth: () => void,
): Promise<{ compare(): void; stop(): void }> {
  let known = '';
  function compare(): void {
    const now = `${ledger.trouble?.code} ${ledger.space?.level} ${ledger.store.resumed}`;
    if (now === known) return;
    known = now;
    tellHealth();
  }
  async function look(): Promise<void> {
    await ledger.look();
    compare();
  }
  await look();
  return { compare, stop: eachMinute(() => void look()) };
}

function eachMinute(work: () => void): () => void {
  const timer = setInterval(work, 60_000).unref();
  return () => clearInterval(timer);
}

/** What changes something carries a gesture: somebody is at work. */
function isChange(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'gestureId' in input;
}

function reportFault(error: unknown): void {
  console.error(error);
}

function* rosterOf(state: Readonly<State>): Generator<Person> {
  for (const person of state.people.values()) if (!person.left) yield person;
}

/** Who is on no roster while a visit of theirs goes on, at whatever activity. */
function offRosterOf(state: Readonly<State>): Set<Person> {
  const inside = [...state.openVisits.values()].flatMap((visits) => [...visits.keys()]);
  const people = inside.map((personId) => state.people.get(personId)!);
  return new Set(people.filter(({ left, erased }) => left && !erased));
}
