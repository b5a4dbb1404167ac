/** Whole minutes as hours and minutes: "2:05". */
export function hoursWords(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}
