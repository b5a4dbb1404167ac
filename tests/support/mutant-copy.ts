import { cp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** One rule taken out: a text that stands once in a file, and what it becomes. */
export interface Mutation {
  name: string;
  file: string;
  from: string;
  to: string;
}

const ROOT = resolve(import.meta.dirname, '../..');

/** Where copies are made: inside the repository, so that packages are found. */
export const OUTPUT = join(ROOT, 'tests/.output');

/** Copies these paths of the repository into `folder`, with the mutation where there is one. */
export async function copySources(
  folder: string,
  paths: readonly string[],
  mutation?: Mutation,
): Promise<void> {
  for (const path of paths) await cp(join(ROOT, path), join(folder, path), { recursive: true });
  if (mutation) await mutate(join(folder, mutation.file), mutation);
}

async function mutate(file: string, { name, from, to }: Mutation): Promise<void> {
  const parts = (await readFile(file, 'utf8')).split(from);
  if (parts.length !== 2) {
    throw new Error(`mutant "${name}": its text stands ${parts.length - 1} times in ${file}, once is wanted`);
  }
  await writeFile(file, parts.join(to));
}
