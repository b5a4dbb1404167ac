/** Which displays an X server has, for the kiosk in Chromium; Electron asks the system itself. */
import { spawnSync } from 'node:child_process';

/**
 * @typedef {{ x: number, y: number, width: number, height: number }} Place in pixels
 * @returns {Place[]} the primary display first; empty where nobody can say
 */
export function listDisplays() {
  if (!process.env.DISPLAY) return [];
  const monitors = readMonitors(outputOf('xrandr', ['--listmonitors']));
  return monitors.length > 0 ? monitors : readDimensions(outputOf('xdpyinfo', []));
}

/**
 * Reads `xrandr --listmonitors`, where a line is ` 0: +*HDMI-1 1920/510x1080/287+0+0  HDMI-1` and the star marks
 * the primary one.
 * @param {string} text
 * @returns {Place[]}
 */
export function readMonitors(text) {
  const lines = text.matchAll(/^\s*\d+:\s+\+?(\*?)\S+\s+(\d+)\/\d+x(\d+)\/\d+\+(-?\d+)\+(-?\d+)/gm);
  return [...lines]
    .map(([, star, ...numbers]) => ({ primary: star === '*', numbers: numbers.map(Number) }))
    .sort(
      (a, b) =>
        Number(b.primary) - Number(a.primary) || a.numbers[2] - b.numbers[2] || a.numbers[3] - b.numbers[3],
    )
    .map(({ numbers: [width, height, x, y] }) => ({ x, y, width, height }));
}

/**
 * Reads what `xdpyinfo` says of the whole display.
 * @param {string} text
 * @returns {Place[]}
 */
export function readDimensions(text) {
  const size = /dimensions:\s+(\d+)x(\d+)/.exec(text);
  return size ? [{ x: 0, y: 0, width: Number(size[1]), height: Number(size[2]) }] : [];
}

/** What the program printed; nothing where it is not installed or failed. */
function outputOf(program, args) {
  const { stdout, status } = spawnSync(program, args, { encoding: 'utf8', timeout: 5000 });
  return status === 0 ? stdout : '';
}
