/** A save that takes longer, in milliseconds, makes people wait at the gate. */
export const SLOW_SAVE = 1000;
