/** Largest input of a call, in bytes of its JSON, whatever the host. */
export const MAX_CALL_BYTES = 64 * 1024;
