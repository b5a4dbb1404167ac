import { closeSync, fdatasync, fdatasyncSync, openSync, readFileSync, write, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inMemory, sharing, type Contender } from './store-contender.ts';
import type { BenchEvent } from './store-events.ts';

/*
 * What the machine itself takes: a line of JSON, appended and synced, nothing checked. Starting is to parse every
 * line and to keep the objects.
 */

const datasync = promisify(fdatasync);

/** Bare synchronous calls; 64 callers' lines go in one write and one sync. */
export const limit: Contender = {
  fill,
  async open(folder) {
    const fd = openLines(folder);
    const append = (lines: string) => {
      writeSync(fd, lines);
      fdatasyncSync(fd);
    };
    return {
      append: (signIn) => append(lineOf(signIn)),
      appendTogether: (signIns) => append(signIns.map(lineOf).join('')),
      close: () => closeSync(fd),
    };
  },
  load,
};

/** The same calls through Node's thread pool, as whoever must not block needs them. */
export const pooledLimit: Contender = {
  fill,
  async open(folder) {
    const fd = openLines(folder);
    const append = async (lines: string) => {
      await writeAsync(fd, Buffer.from(lines));
      await datasync(fd);
    };
    return {
      append: (signIn) => append(lineOf(signIn)),
      appendBeside: sharing((lines: BenchEvent[]) => append(lines.map(lineOf).join(''))),
      close: () => closeSync(fd),
    };
  },
  load,
};

function openLines(folder: string): number {
  return openSync(join(folder, 'events.jsonl'), 'a');
}

function lineOf(event: BenchEvent): string {
  return `${JSON.stringify(event)}\n`;
}

async function fill(folder: string, events: Iterable<BenchEvent>): Promise<void> {
  const fd = openLines(folder);
  for (const event of events) writeSync(fd, lineOf(event));
  closeSync(fd);
}

async function load(folder: string) {
  const lines = readFileSync(join(folder, 'events.jsonl'), 'utf8').split('\n');
  return inMemory(lines.slice(0, -1).map((line) => JSON.parse(line) as BenchEvent));
}

function writeAsync(fd: number, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    write(fd, bytes, (error, written) => {
      if (error) reject(error);
      else if (written < bytes.length) reject(new Error(`the disk took ${written} of ${bytes.length} bytes`));
      else resolve();
    });
  });
}
