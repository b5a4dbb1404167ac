import { no } from './answer.ts';

/** Largest input of a call, in bytes of its JSON, whatever the host. */
export const MAX_CALL_BYTES = 64 * 1024;

/** What a call of more bytes is answered with. */
export const CALL_TOO_LARGE = no(
  'body-too-large',
  `A call may have at most ${MAX_CALL_BYTES / 1024} kB. Please send less.`,
  `请求不得超过 ${MAX_CALL_BYTES / 1024} kB，请减少内容。`,
);
