const IN_A_DATE = /(?<=\d-)(?=\d)/g;
const BEFORE_A_TIME = /(?<=\d) (?=\d\d:\d\d)/g;
const BEFORE_A_UNIT =
  /(?<=\d) (?=(?:d|h|min|s|days?|hours?|minutes?|seconds?|people|天|小时|分钟?|秒|人)(?![a-z]))/g;

/**
 * The same text, but no line ends within a date with its time, "2026-11-22 18:00", or between a number and its unit,
 * "2 d". A browser would end one at each hyphen and space.
 */
export function unbroken(text: string): string {
  return text
    .replaceAll(IN_A_DATE, '\u2060')
    .replaceAll(BEFORE_A_TIME, '\u00A0')
    .replaceAll(BEFORE_A_UNIT, '\u00A0');
}
