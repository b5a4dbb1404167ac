import type { Signature } from '../../../../src/domain/evidence.ts';

/** The strokes of a signature as the path of an SVG: round between the points, as the pen drew them; a tap is a dot. */
export function signaturePath({ strokes }: Signature): string {
  return strokes.map(strokePath).join(' ');
}

function strokePath(numbers: readonly number[]): string {
  const points: [number, number][] = [];
  for (let index = 0; index + 1 < numbers.length; index += 2)
    points.push([numbers[index]!, numbers[index + 1]!]);
  const [first, ...rest] = points as [[number, number], ...[number, number][]];
  const last = rest.pop() ?? first;
  const curves = rest.map((point, index) => {
    const [x, y] = rest[index + 1] ?? last;
    return `Q${point.join(' ')} ${(point[0] + x) / 2} ${(point[1] + y) / 2}`;
  });
  return [`M${first.join(' ')}`, ...curves, `L${last.join(' ')}`].join('');
}
