import { expect, test } from 'vitest';
import { readDimensions, readMonitors } from '../../build/displays.mjs';

test('monitors as xrandr lists them: the primary one first, then from the left', () => {
  const text = `Monitors: 3
 0: +DP-1 1080/300x1920/530+1920+0  DP-1
 1: +*HDMI-1 1920/510x1080/287+0+0  HDMI-1
 2: +DP-2 1366/344x768/193+-1366+0  DP-2
`;
  expect(readMonitors(text)).toEqual([
    { x: 0, y: 0, width: 1920, height: 1080 },
    { x: -1366, y: 0, width: 1366, height: 768 },
    { x: 1920, y: 0, width: 1080, height: 1920 },
  ]);
});

test('a virtual server has one without a star', () => {
  expect(readMonitors('Monitors: 1\n 0: screen 1280/325x800/203+0+0  \n')).toEqual([
    { x: 0, y: 0, width: 1280, height: 800 },
  ]);
});

test('nothing is made of what is no list', () => {
  expect(readMonitors('')).toEqual([]);
  expect(readMonitors("Can't open display")).toEqual([]);
  expect(readDimensions('')).toEqual([]);
});

test('the size of the whole display', () => {
  expect(readDimensions('  dimensions:    1920x1080 pixels (508x286 millimeters)\n')).toEqual([
    { x: 0, y: 0, width: 1920, height: 1080 },
  ]);
});
