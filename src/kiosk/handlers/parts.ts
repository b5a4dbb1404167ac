import type { Handlers } from '../../api/dispatcher.ts';
import type { Person } from '../../domain/person.ts';
import type { PhotoFiles } from '../../photos/photo-files.ts';
import type { NameFinder } from '../../roster/name-finder.ts';
import type { StartWorker } from '../../processes/worker.ts';
import type { Clock } from '../clock.ts';
import type { Ledger } from '../ledger.ts';

/** What the handlers work with. */
export interface Parts {
  ledger: Ledger;
  clock: Clock;
  files: PhotoFiles;
  /** The finder over the present roster. */
  finder(): NameFinder<Person>;
  /** The finder over whoever is on no roster while a visit of theirs goes on: guests, and people who were taken off it. */
  offRosterFinder(): NameFinder<Person>;
  version: string;
  dataFolder: string;
  /** When this kiosk was opened, ISO 8601. */
  startedAt: string;
  startWorker: StartWorker;
}

/** The handlers of one feature. */
export type HandlersOf<Prefix extends string> = {
  [Name in keyof Handlers as Name extends `${Prefix}.${string}` ? Name : never]: Handlers[Name];
};
