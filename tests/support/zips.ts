import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** What a test packs: content by name. */
export type Packed = readonly (readonly [name: string, content: Buffer | string])[];

/** Writes a zip file as a person's packer does. */
export async function writeZip(path: string, files: Packed, { compress = true } = {}): Promise<void> {
  const zip = new ZipFile();
  for (const [name, content] of files) zip.addBuffer(Buffer.from(content), name, { compress });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}
