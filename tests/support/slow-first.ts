import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, in this order. */
const SLOW = [/^tests\/mutants/, /^tests\/faults/, /^tests\/e2e/, /^tests\/electron/, /^tests\/src\/cli/];

/**
 * Slow files begin first, so that no core waits for the last of them at the end. Vitest knows how long a file takes
 * only where it has run before.
 */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted
      .map((file) => ({ file, rank: this.#rank(file) }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ file }) => file);
  }

  #rank({ moduleId }: TestSpecification): number {
    const path = relative(this.ctx.config.root, moduleId).replaceAll('\\', '/');
    const rank = SLOW.findIndex((folder) => folder.test(path));
    return rank === -1 ? SLOW.length : rank;
  }
}
