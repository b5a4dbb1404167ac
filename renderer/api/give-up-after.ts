/** A call without an answer for so long, in milliseconds, is given up; with the same gesture it can be made again. */
export const GIVE_UP_AFTER = 15_000;
