/**
 * Our own modules that run in a process of their own, so that a hostile or huge file can at worst end that
 * process: `renditions` decodes photos, `people-file` reads sheets of people, `attendance-xlsx` writes sheets.
 */
export type WorkerName = 'renditions' | 'people-file' | 'attendance-xlsx';

/** The most heap a worker may use, in megabytes, where what it reads could ask for any amount. */
export const WORKER_MEMORY: Partial<Record<WorkerName, number>> = { 'people-file': 512 };

/** A worker's process as its parent sees it: structured messages both ways, and an end. */
export interface Worker {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called when the process ended or could not start, with a few words on how. */
  onEnd(listener: (how: string) => void): void;
  /** Lets everything else come first from now on. */
  lower(): void;
  kill(): void;
}

/** Starts a worker; each host has its own kind of process. */
export type StartWorker = (name: WorkerName) => Worker;
