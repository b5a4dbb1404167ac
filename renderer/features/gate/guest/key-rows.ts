/** The keys of one row, from left to right. */
export type KeyRow = readonly string[];

const QWERTY = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
/** Too narrow for ten keys of 20 mm: in the order of the alphabet, as on the pad that finds names. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz';
const SIGNS = ['1234567890', "-.,&()/·'#"];

/** The keys for letters, or for digits and signs, on a keyboard that is so many keys wide. */
export function keyRows(columns: number, signs: boolean): KeyRow[] {
  if (columns >= QWERTY[0]!.length) return (signs ? SIGNS : QWERTY).map((row) => [...row]);
  const all = [...(signs ? SIGNS.join('') : ALPHABET)];
  const rows = Math.ceil(all.length / columns);
  return Array.from({ length: rows }, (_, row) => all.slice(row * columns, (row + 1) * columns));
}
