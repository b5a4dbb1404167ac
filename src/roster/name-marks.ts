/** A mark for each of many, by number: one bit each. */
export type Marks = Uint32Array<ArrayBuffer>;

/** Room for `count` marks, none made. */
export function noMarks(count: number): Marks {
  return new Uint32Array((count + 31) >> 5);
}

/** Marks those of `owners` that stand from `from` up to, not including, `to`. */
export function markRange(marks: Marks, owners: Int32Array, [from, to]: [number, number]): void {
  for (let at = from; at < to; at++) {
    const owner = owners[at]!;
    marks[owner >> 5]! |= 1 << (owner & 31);
  }
}

/** Calls `visit` for each mark, by number. */
export function forEachMark(marks: Marks, visit: (owner: number) => void): void {
  for (let word = 0; word < marks.length; word++) {
    for (let left = marks[word]!; left !== 0; left &= left - 1)
      visit(word * 32 + 31 - Math.clz32(left & -left));
  }
}

/** Takes away from `marks` what `others` have, too. */
export function takeAway(marks: Marks, others: Marks): void {
  for (let word = 0; word < marks.length; word++) marks[word]! &= ~others[word]!;
}
