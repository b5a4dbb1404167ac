import type { Dispatch } from '../api/dispatcher.ts';
import type { Topic } from '../api/contract.ts';
import { createDispatcher } from '../api/dispatcher.ts';
import type { Bilingual } from '../domain/bilingual.ts';
import type { Event } from '../domain/event.ts';
import { RENDITION_EDGES } from '../domain/photo.ts';
import type { State } from '../domain/state.ts';
import { photoFiles, type RenditionEdge } from '../photos/photo-files.ts';
import { startNodeWorker } from '../processes/node-worker.ts';
import type { StartWorker } from '../processes/worker.ts';
import { createNameFinder, type NameFinder } from '../roster/name-finder.ts';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import { prepareDataFolder } from './data-folder.ts';
import { activityHandlers } from './handlers/activities.ts';
import { attendanceHandlers } from './handlers/attendance.ts';
import type { Parts } from './handlers/parts.ts';
import { peopleHandlers } from './handlers/people.ts';
import { photoHandlers } from './handlers/photos.ts';
import { settingsHandlers } from './handlers/settings.ts';
import { sloganHandlers } from './handlers/slogans.ts';
import { systemHandlers } from './handlers/system.ts';
import { wallHandlers } from './handlers/wall.ts';
import { importIntoKiosk, type ImportReport, type PhotoImport } from './import-photos.ts';
import { Ledger } from './ledger.ts';
import { addSample } from './sample.ts';
import { TOPICS_OF } from './topics.ts';
import { VERSION } from './version.ts';

/** The open kiosk: what hosts and the command line work with. */
export interface Kiosk {
  dispatch: Dispatch;
  /** Calls `onChange` with each topic that changed and the event's number, after the disk has the event. */
  subscribe(onChange: (topic: Topic, seq: number) => void): () => void;
  /** The file of a picture that may be seen; undefined for a hidden or unknown one and for other sizes. */
  renditionFile(photoId: string, edge: number): string | undefined;
  importPhotos(request: PhotoImport): Promise<ImportReport>;
  /** Brings the sample; false where it is, or was removed before. */
  addSample(): Promise<boolean>;
  /** What the kiosk knows, for reading only. */
  readonly state: Readonly<State>;
  readonly gate: string;
  readonly report: Bilingual[];
  close(): Promise<void>;
}

/** What a host may bring along instead of the machine's own. */
export interface KioskOptions {
  clock?: Clock;
  onFault?: (error: unknown) => void;
  startWorker?: StartWorker;
}

/**
 * Opens the kiosk of a data folder: store, rules, handlers. The only place that knows every part.
 * @throws Problem when the folder cannot be used, is in use, or is damaged.
 */
export async function openKiosk(
  dataFolder: string,
  { clock = systemClock, onFault = reportFault, startWorker = startNodeWorker }: KioskOptions = {},
): Promise<Kiosk> {
  prepareDataFolder(dataFolder);
  const listeners = new Set<(topic: Topic, seq: number) => void>();
  let finder: NameFinder | undefined;

  function onEvent(event: Event): void {
    const topics = TOPICS_OF[event.type];
    if (topics.includes('people')) finder = undefined;
    for (const listener of listeners) {
      try {
        for (const topic of topics) listener(topic, event.seq);
      } catch (error) {
        // What is saved is saved: a listener's trouble is never the caller's.
        onFault(error);
      }
    }
  }

  const ledger = await Ledger.open(dataFolder, clock, onEvent, onFault);
  const files = photoFiles(dataFolder);
  const parts: Parts = {
    ledger,
    clock,
    files,
    version: VERSION,
    finder: () => (finder ??= createNameFinder(ledger.state.people.values())),
  };
  const dispatch = createDispatcher(
    {
      ...activityHandlers(parts),
      ...attendanceHandlers(parts),
      ...peopleHandlers(parts),
      ...photoHandlers(parts),
      ...settingsHandlers(parts),
      ...sloganHandlers(parts),
      ...systemHandlers(parts),
      ...wallHandlers(parts),
    },
    onFault,
  );
  return {
    dispatch,
    subscribe(onChange) {
      listeners.add(onChange);
      return () => void listeners.delete(onChange);
    },
    renditionFile(photoId, edge) {
      const photo = ledger.state.photos.get(photoId);
      if (!photo || photo.hidden || !isEdge(edge)) return undefined;
      return files.rendition(photoId, edge);
    },
    importPhotos: (request) => importIntoKiosk(ledger, files, startWorker, request),
    addSample: () => addSample(ledger, files, startWorker),
    state: ledger.state,
    gate: ledger.store.gate,
    report: ledger.store.report,
    close: () => ledger.close(),
  };
}

function isEdge(edge: number): edge is RenditionEdge {
  return (RENDITION_EDGES as readonly number[]).includes(edge);
}

function reportFault(error: unknown): void {
  console.error(error);
}
