import { z } from 'zod';
import { operation, resultOf } from './operation.ts';

/** A folder of the kiosk's machine that staff may read from and write to. */
export interface Place {
  path: string;
  name: string;
  /** `stick`: can be pulled out; `folder`: belongs to the machine. */
  kind: 'stick' | 'folder';
  writable: boolean;
  /** Bytes that are free there. */
  freeBytes: number;
}

/** What lies in a folder: folders and zip files by name, and how many files may be photos, by their ending. */
export interface FolderView {
  path: string;
  name: string;
  /** The folder above, while that still is in the same place. */
  parent: string | null;
  folders: { path: string; name: string }[];
  zips: { path: string; name: string }[];
  photos: number;
}

const path = z.string().min(1).max(4096);

/** Places on the kiosk's machine: sticks and the user's folders. Codes: `place-unknown`, `folder-unreadable`. */
export const placesApi = {
  /** Sticks first; looked up anew each time, as sticks come and go. */
  'places.list': operation('editor', z.strictObject({}), resultOf<{ places: Place[] }>()),
  /** A folder in one of the places; nothing outside them is shown. */
  'places.browse': operation('editor', z.strictObject({ path }), resultOf<FolderView>()),
};
