import type { Page } from 'playwright-core';
import { settled } from './gate-page.ts';
import { layoutProblems } from '../support/page-checks.ts';

/**
 * The switches that move things or make them larger; as they are set on the document (useScreenAccess). Less motion is on
 * with all of them, as it is in these tests: a page that still slides in is off the screen.
 */
const SWITCHES = {
  low: { reach: 'low' },
  mirrored: { layout: 'mirrored' },
  contrast: { contrast: 'high' },
  large: { type: 'large' },
} as const;

type Switch = keyof typeof SWITCHES;

/** Alone, in the pairs that meet in a rule of renderer/styles/access, and all together. */
const TOGETHER: readonly (readonly Switch[])[] = [
  ['low'],
  ['large'],
  ['low', 'large'],
  ['low', 'mirrored'],
  ['large', 'mirrored'],
  ['low', 'mirrored', 'contrast', 'large'],
];

/**
 * What does not fit on the page as it stands, one line a set of switches and problem. The page's clock stands still
 * meanwhile, so that neither greeting nor idle countdown change it.
 */
export async function problemsWithSwitches(page: Page, where: string): Promise<string[]> {
  await settled(page);
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 2000));
  const problems: string[] = [];
  for (const switches of TOGETHER) {
    await setSwitches(page, switches);
    const found = await layoutProblems(page);
    problems.push(...found.map((one) => `${where}, ${switches.join(' + ')}: ${one}`));
  }
  await setSwitches(page, []);
  await page.clock.resume();
  return problems;
}

/** Sets these and no others, and waits until what counts rows and columns has seen the new sizes. */
async function setSwitches(page: Page, switches: readonly Switch[]): Promise<void> {
  const wanted = Object.assign({}, ...switches.map((one) => SWITCHES[one])) as Record<string, string>;
  await page.evaluate(async (attributes) => {
    const { dataset } = document.documentElement;
    for (const name of ['reach', 'layout', 'contrast', 'type']) delete dataset[name];
    Object.assign(dataset, attributes);
    // An observer is told in the next frame, together with the page's own.
    await new Promise<void>((told) => {
      const frame = new ResizeObserver(() => {
        frame.disconnect();
        told();
      });
      frame.observe(document.body);
    });
  }, wanted);
}
