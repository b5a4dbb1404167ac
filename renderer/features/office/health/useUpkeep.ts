import { useAction } from '../parts/useAction.ts';
import { useSeenWorksStore } from './seen-works-store.ts';

/** Starts long work on the data; how it goes and ends is shown by `UpkeepWorks`. */
export function useUpkeep() {
  const { busy, run } = useAction();
  const works = useSeenWorksStore();

  /** Resolves with whether it was started; a "no" is shown. */
  async function start(begin: () => Promise<{ workId: string }>): Promise<boolean> {
    const begun = await run(begin);
    if (begun) works.start(begun.workId);
    return begun !== undefined;
  }

  return { busy, start };
}
