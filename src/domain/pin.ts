/** Digits of a PIN: 6 to 12, as a touch screen has no better keys. */
const PIN = /^\d{6,12}$/;

/** Tries before the first wait, that wait, and the longest one (reliability-anchors section 3, "PIN guessing"). */
export const FREE_TRIES = 5;
const FIRST_WAIT = 30;
const LONGEST_WAIT = 15 * 60;

/** Seconds to wait after so many wrong PINs in a row: none for the first four, then 30, doubling to 15 minutes. */
export function waitAfter(failures: number): number {
  if (failures < FREE_TRIES) return 0;
  return Math.min(FIRST_WAIT * 2 ** (failures - FREE_TRIES), LONGEST_WAIT);
}

/** Can this be a PIN? Not what everybody tries first: one digit only, or digits in a row. */
export function isGoodPin(pin: string): boolean {
  if (!PIN.test(pin)) return false;
  const steps = new Set([...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index])));
  const [step = 0] = steps;
  return !(steps.size === 1 && Math.abs(step) <= 1);
}
