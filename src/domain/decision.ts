import type { NewEvent } from './event.ts';

/** What follows from a command: at most one event, and the answer for whoever asked. */
export interface Decision {
  event?: NewEvent;
  answer: unknown;
}

/** The number and id that the decided event will get. */
export interface Next {
  seq: number;
  id: string;
}
