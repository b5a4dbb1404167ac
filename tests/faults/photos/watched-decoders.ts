import { readdirSync, readFileSync } from 'node:fs';

/** What our child processes took together while something ran. */
export interface Taken {
  /** Wall time, in seconds. */
  seconds: number;
  /** Processor time, in seconds. */
  work: number;
  /** The most memory that one of them held, in MB; 0 where the system does not tell. */
  megabytes: number;
}

/** How often they are looked at, in milliseconds. */
const LOOK_EVERY = 10;
/** Ticks of the processor's clock in a second, as Linux tells them. */
const TICKS = 100;

/** Runs `work` and watches our child processes meanwhile. */
export async function watchDecoders<T>(work: () => Promise<T>): Promise<{ result: T; taken: Taken }> {
  const before = childrenNow();
  const last = new Map<number, number>();
  let peak = 0;
  const look = () => {
    for (const [pid, { ticks, megabytes }] of childrenNow()) {
      last.set(pid, ticks);
      peak = Math.max(peak, megabytes);
    }
  };
  const timer = setInterval(look, LOOK_EVERY);
  const start = performance.now();
  try {
    const result = await work();
    look();
    let ticks = 0;
    for (const [pid, now] of last) ticks += now - (before.get(pid)?.ticks ?? 0);
    const seconds = (performance.now() - start) / 1000;
    return { result, taken: { seconds, work: ticks / TICKS, megabytes: peak } };
  } finally {
    clearInterval(timer);
  }
}

function childrenNow(): Map<number, { ticks: number; megabytes: number }> {
  const children = new Map<number, { ticks: number; megabytes: number }>();
  if (process.platform !== 'linux') return children;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // The name of the program, in brackets, may hold anything.
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
        .replace(/^.*\) /s, '')
        .split(' ');
      if (Number(stat[1]) !== process.pid) continue;
      const rss = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${name}/status`, 'latin1'))?.[1];
      const ticks = Number(stat[11]) + Number(stat[12]);
      children.set(Number(name), { ticks, megabytes: Number(rss ?? 0) / 1024 });
    } catch (error) {
      // It ended while it was looked at.
      if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
  return children;
}
