/** A tile of a wall: where it lies, in pixels. */
export interface Tile {
  index: number;
  left: number;
  top: number;
  width: number;
  height: number;
}

/** How high a row may be, as a share of the wall's shorter side: big enough to see, small enough to be a wall. */
const ROW_SHARE = { least: 0.2, best: 0.33, most: 0.5 };

/**
 * Lays pictures in rows that fill the wall edge to edge. Pictures keep their order. All rows together are made
 * exactly as high as the wall, so a picture may be cropped by the few percent that its row was stretched or
 * squeezed, never distorted. Uses as many pictures from the front as fit well; `aspects` are width over height.
 */
export function justifiedRows(
  aspects: readonly number[],
  width: number,
  height: number,
  joint: number,
): Tile[] {
  if (aspects.length === 0 || width <= 0 || height <= 0) return [];
  const short = Math.min(width, height);
  let best: { rows: number[][]; cost: number } | undefined;
  const most = Math.max(1, Math.floor(height / (short * ROW_SHARE.least)));
  for (let rowCount = 1; rowCount <= most; rowCount++) {
    const rows = chooseRows(aspects, width, height, rowCount);
    if (!rows) continue;
    const rowHeight = height / rowCount / short;
    const size = Math.abs(Math.log(rowHeight / ROW_SHARE.best));
    const tooHigh = rowHeight > ROW_SHARE.most ? 1 : 0;
    const cost = 3 * Math.abs(Math.log(naturalHeight(rows, aspects, width, joint) / height)) + size + tooHigh;
    if (!best || cost < best.cost) best = { rows, cost };
  }
  return best ? placeRows(best.rows, aspects, width, height, joint) : [];
}

/** Takes as many pictures as `rowCount` rows of the right height hold, and parts them evenly. */
function chooseRows(
  aspects: readonly number[],
  width: number,
  height: number,
  rowCount: number,
): number[][] | undefined {
  const wanted = (rowCount * rowCount * width) / height;
  let sum = 0;
  let count = 0;
  while (count < aspects.length && sum + aspects[count]! / 2 < wanted) sum += aspects[count++]!;
  return count < rowCount ? undefined : partition(aspects.slice(0, count), rowCount);
}

/** Parts a list into `parts` runs whose sums differ least (dynamic programming over the largest deviation). */
function partition(values: readonly number[], parts: number): number[][] {
  const sums = [0];
  for (const value of values) sums.push(sums.at(-1)! + value);
  const mean = sums.at(-1)! / parts;
  const cost: number[][] = [[0]];
  const cut: number[][] = [[]];
  for (let part = 1; part <= parts; part++) {
    cost[part] = [];
    cut[part] = [];
    for (let end = part; end <= values.length; end++) {
      for (let start = part - 1; start < end; start++) {
        const before = cost[part - 1]![start];
        if (before === undefined) continue;
        const worst = Math.max(before, Math.abs(sums[end]! - sums[start]! - mean));
        if (worst >= (cost[part]![end] ?? Infinity)) continue;
        cost[part]![end] = worst;
        cut[part]![end] = start;
      }
    }
  }
  const rows: number[][] = [];
  let end = values.length;
  for (let part = parts; part > 0; part--) {
    const start = cut[part]![end]!;
    rows.unshift(Array.from({ length: end - start }, (_, index) => start + index));
    end = start;
  }
  return rows;
}

function naturalHeight(rows: number[][], aspects: readonly number[], width: number, joint: number): number {
  const heights = rows.map((row) => rowHeight(row, aspects, width, joint));
  return heights.reduce((sum, one) => sum + one, 0) + joint * (rows.length - 1);
}

function rowHeight(row: number[], aspects: readonly number[], width: number, joint: number): number {
  const sum = row.reduce((total, index) => total + aspects[index]!, 0);
  return (width - joint * (row.length - 1)) / sum;
}

function placeRows(
  rows: number[][],
  aspects: readonly number[],
  width: number,
  height: number,
  joint: number,
): Tile[] {
  const scale =
    (height - joint * (rows.length - 1)) /
    (naturalHeight(rows, aspects, width, joint) - joint * (rows.length - 1));
  const tiles: Tile[] = [];
  let top = 0;
  for (const row of rows) {
    const natural = rowHeight(row, aspects, width, joint);
    let left = 0;
    for (const index of row) {
      const tileWidth = natural * aspects[index]!;
      tiles.push({ index, left, top, width: tileWidth, height: natural * scale });
      left += tileWidth + joint;
    }
    top += natural * scale + joint;
  }
  return tiles;
}
