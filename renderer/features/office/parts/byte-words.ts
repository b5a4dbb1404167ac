const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A number of bytes as people say it: "3.2 GB". */
export function byteWords(bytes: number): string {
  const unit = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const number = bytes / 1000 ** unit;
  return `${number >= 100 || unit === 0 ? Math.round(number) : number.toFixed(1)} ${UNITS[unit]}`;
}
