import { randomUUID } from 'node:crypto';
import type { ReadableStream } from 'node:stream/web';
import { CallError } from '../api/call-error.ts';
import type { StartWorker } from '../processes/worker.ts';
import { MAX_BYTES, type PeopleFile } from '../roster/people-file-rows.ts';
import { readPeopleFile } from '../roster/people-file.ts';

/** A people file that was sent and read, and waits for a yes. */
export interface PeopleUpload extends PeopleFile {
  fileName: string;
}

/** People files between their preview and their import. */
export interface PeopleUploads {
  /** Reads a file. @throws Problem as `readPeopleFile`; CallError `file-too-large`. */
  take(body: ReadableStream, fileName: string): Promise<string>;
  /** @throws CallError `upload-unknown`. */
  get(uploadId: string): PeopleUpload;
}

/** Files that are kept; the oldest gives way. */
const MOST_KEPT = 5;

/** Starts with no file; they end with the process. */
export function openPeopleUploads(startWorker: StartWorker): PeopleUploads {
  const uploads = new Map<string, PeopleUpload>();
  return {
    async take(body, fileName) {
      const file = await readPeopleFile(await bytesOf(body), startWorker);
      const uploadId = randomUUID();
      uploads.set(uploadId, { ...file, fileName: fileName.slice(0, 200) });
      for (const oldest of [...uploads.keys()].slice(0, -MOST_KEPT)) uploads.delete(oldest);
      return uploadId;
    },
    get(uploadId) {
      const upload = uploads.get(uploadId);
      if (upload) return upload;
      throw new CallError('refused', 'upload-unknown', {
        en: 'This file is not here any more. Please choose it again.',
        zh: '该文件已不在缓存中，请重新选择文件。',
      });
    },
  };
}

async function bytesOf(body: ReadableStream): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) {
      const megabytes = MAX_BYTES / 1024 / 1024;
      throw new CallError('too-large', 'file-too-large', {
        en: `The file has more than ${megabytes} MB. Please save it without pictures, or split it. Nothing was imported.`,
        zh: `文件超过 ${megabytes} MB。请删除图片后另存，或拆分文件。未导入任何内容。`,
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
