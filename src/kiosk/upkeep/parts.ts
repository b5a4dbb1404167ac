import type { PhotoFiles } from '../../photos/photo-files.ts';
import type { FileSystem } from '../../store/file-system.ts';
import type { Clock } from '../clock.ts';
import type { Ledger } from '../ledger.ts';

/** What looking after the data works with. */
export interface UpkeepParts {
  ledger: Ledger;
  clock: Clock;
  files: PhotoFiles;
  dataFolder: string;
  /** The disk of the store. */
  fs: FileSystem;
}
