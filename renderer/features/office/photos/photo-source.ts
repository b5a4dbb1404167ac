/** Where photos come from: files of this computer, or a folder or zip file of the kiosk's machine. */
export type PhotoSource =
  { files: File[] } | { folder: { path: string; name: string } } | { zip: { path: string; name: string } };
