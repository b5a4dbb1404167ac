import { cpSync, fsyncSync, closeSync, mkdirSync, openSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from './store-child.ts';
import type { ContenderName } from './store-worker.ts';

/** Linux: a file system that is only memory, where a sync costs nothing. */
const MEMORY_FILE_SYSTEMS = [0x01021994, 0x858458f6];

/** @throws Error where the folder is in memory, so that there is no disk to measure. */
export function requireDisk(folder: string): void {
  if (MEMORY_FILE_SYSTEMS.includes(statfsSync(folder).type)) {
    throw new Error(`${folder} is in memory, not on a disk: please name a folder on a disk with --folder`);
  }
}

/** A folder with a filled store, to be copied or started from. */
export interface Template {
  name: ContenderName;
  events: number;
  folder: string;
}

/** Fills a store of that contender with each of these numbers of events, in a process of its own. */
export async function fillTemplates(
  within: string,
  name: ContenderName,
  numbers: readonly number[],
): Promise<Template[]> {
  const child = await startChild(name);
  const templates: Template[] = [];
  for (const events of numbers) {
    const folder = join(within, `${name}-${events}-filled`);
    mkdirSync(folder);
    await child.fill(folder, events);
    syncTree(folder);
    templates.push({ name, events, folder });
  }
  child.end();
  return templates;
}

/** Makes `folder` a copy of the template that is on the disk. */
export function copyTemplate(template: Template, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  cpSync(template.folder, folder, { recursive: true });
  syncTree(folder);
}

/**
 * Brings everything in the folder to the disk, untimed: what one contender did not sync would be on the bill of
 * the next one's sync.
 */
export function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else sync(path);
  }
  // Windows cannot sync a folder.
  if (process.platform !== 'win32') sync(folder);
}

function sync(path: string): void {
  const fd = openSync(path, process.platform === 'win32' ? 'r+' : 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
