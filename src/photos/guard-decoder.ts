import { Worker } from 'node:worker_threads';

/** Ends this process when the photo at hand takes too much of the machine. */
export interface DecoderGuard {
  /** A photo begins, and may take so much processor time, in seconds. */
  begin(seconds: number): void;
  /** It is done; nothing is watched until the next. */
  end(): void;
}

/** What the thread is told: the processor time at which it strikes, in microseconds; 0 while there is no photo. */
type Deadline = Float64Array<SharedArrayBuffer>;

/** How often the thread looks, in milliseconds. */
const LOOK_EVERY = 20;

/**
 * Starts the guard: a thread, since decoding may block the others, that kills the whole process. No limit of Node's own
 * bounds the memory of native decoders. `memory`: the most this process may take, in bytes.
 */
export function startDecoderGuard(memory: number): DecoderGuard {
  const deadline: Deadline = new Float64Array(new SharedArrayBuffer(8));
  const code = `(${watch.toString()})(require('node:worker_threads').workerData)`;
  new Worker(code, { eval: true, workerData: { deadline, memory, every: LOOK_EVERY } }).unref();
  return {
    begin(seconds) {
      const { user, system } = process.cpuUsage();
      deadline[0] = user + system + seconds * 1_000_000;
    },
    end() {
      deadline[0] = 0;
    },
  };
}

/** The thread itself: nothing from outside of it can be named here. */
function watch({ deadline, memory, every }: { deadline: Deadline; memory: number; every: number }): void {
  setInterval(() => {
    if (deadline[0] === 0) return;
    const { user, system } = process.cpuUsage();
    const isOver = user + system > deadline[0]! || process.memoryUsage.rss() > memory;
    if (isOver) process.kill(process.pid, 'SIGKILL');
  }, every);
}
