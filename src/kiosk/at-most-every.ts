/** Calls `tell` at once and then no more often than `every` milliseconds; the last call is never lost. */
export function atMostEvery(every: number, tell: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let again = false;
  return function told() {
    if (timer) {
      again = true;
      return;
    }
    tell();
    timer = setTimeout(() => {
      timer = undefined;
      if (!again) return;
      again = false;
      told();
    }, every);
    timer.unref();
  };
}
