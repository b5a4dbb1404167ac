import type { FolderView } from '../../../../src/api/places-api.ts';

/** Where photos come from: files of this computer, or a folder of the kiosk's machine. */
export type PhotoSource = { files: File[] } | { folder: FolderView };
