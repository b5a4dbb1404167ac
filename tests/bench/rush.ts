/*
 * `npm run bench:rush`: what the machine itself takes of each person in a rush at the gate, beside a page that does
 * next to nothing. The kiosk runs as users run it, in a process of its own on a real disk, with the sample's photos on
 * the wall; the screen is a real browser driven by touch, with all motion on.
 *
 *   npm run bench:rush [-- --people 120] [-- --markdown]
 *
 * In the time: from each touch, or badge, until what it leads to is shown, and until what is touched next stands still
 * and takes touches: the browser's work, calls, rules, disk, the slide of a page, and the driver's own way to the page
 * and back. Not in it: what people take to look and to move the finger, which is nothing here; the rest before a touch
 * at the same place, which would count as a double tap; pages that say one thing and go by themselves.
 *
 * The limit: after each person the same touches and badges on a page that changes one line of text each time, driven,
 * waited for and timed by the same code. Meanwhile the gate's wall stands in the other window. Ends with 1 when the
 * kiosk does not hold exactly what the queue did.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import type { Answer } from '../../src/api/answer.ts';
import { createClient } from '../../src/api/client.ts';
import { findChromium } from '../../build/chromium.mjs';
import { fingerOn, type Finger, type Gesture } from '../e2e/finger.ts';
import { prepareRush, rush, wrongCounts } from '../e2e/rush.ts';
import { launchBrowser, SIZES } from '../support/browser.ts';
import { serve } from '../support/cli.ts';
import type { SampleKiosk } from '../support/sample-kiosk.ts';
import { asMarkdown, asText, figure, type Table } from './store-table.ts';

const PIN = '482916';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '120' },
    markdown: { type: 'boolean', default: false },
  },
});
const people = Number(values.people);
if (!Number.isInteger(people) || people < 1 || people > 450) {
  console.error('--people wants a whole number from 1 to 450, such as 120.');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'));
const server = await serve(['--data', folder, '--sample']);
const browser = await launchBrowser();
try {
  const kiosk = await staffOf(server.address);
  await kiosk.asStaff('settings.save', { gestureId: randomUUID(), settings: { language: 'zh' } });
  const { activityId, queue } = await prepareRush(kiosk, people);
  const gate = await openTouchPage(browser);
  await gate.goto(`${server.address}/gate`);
  await gate.locator('.sign-in').waitFor();
  const bare = await openBarePage(browser);
  const limits: number[] = [];
  const rushed = await rush(gate, queue, async (gestures) => void limits.push(await bare.repeat(gestures)));
  const wrong = await wrongCounts(kiosk, activityId, queue, rushed);
  report(rushed.times, limits);
  if (wrong.length > 0) {
    console.error(`The counts are wrong:\n${wrong.join('\n')}`);
    process.exitCode = 1;
  } else {
    console.log(`\nThe counts are exact: ${people} people.`);
  }
} finally {
  await browser.close();
  await server.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}

/** Calls as staff over HTTP. The PIN is given for each call: a rush lasts longer than an office stays open. */
async function staffOf(address: string): Promise<Pick<SampleKiosk, 'asStaff'>> {
  let token: string | undefined;
  const client = createClient(
    {
      async call(operation, input, token) {
        const response = await fetch(`${address}/api/${operation}`, {
          method: 'POST',
          headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
          body: JSON.stringify(input),
        });
        return (await response.json()) as Answer;
      },
      subscribe: () => () => undefined,
    },
    () => token,
  );
  await client.call('access.setPin', { pin: PIN });
  return {
    async asStaff(operation, input) {
      ({ token } = await client.call('access.unlock', { pin: PIN }));
      return client.call(operation, input);
    },
  };
}

async function openTouchPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: SIZES.landscape,
    screen: SIZES.landscape,
    hasTouch: true,
    reducedMotion: 'no-preference',
  });
  return context.newPage();
}

/** A page that counts touches and badges in one line of text; `repeat` resolves with the milliseconds they took. */
async function openBarePage(
  browser: Browser,
): Promise<{ repeat(gestures: readonly Gesture[]): Promise<number> }> {
  const page = await openTouchPage(browser);
  await page.setContent('<!doctype html><title>limit</title><body style="height: 100vh"><p>0</p>');
  await page.evaluate(() => {
    const line = document.querySelector('p')!;
    const count = () => (line.textContent = String(Number(line.textContent) + 1));
    addEventListener('click', count);
    addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') count();
    });
  });
  // Nothing turns the page there, so there is no double tap to keep from.
  const finger: Finger = fingerOn(page, 0);
  let counted = 0;
  return {
    async repeat(gestures) {
      const before = finger.spent();
      for (const gesture of gestures) {
        counted += gesture.kind === 'touch' ? gesture.times : 1;
        const line = page.getByText(String(counted), { exact: true });
        if (gesture.kind === 'touch') await finger.touch(page.locator('body'), line, gesture.times);
        else await finger.badge(gesture.badge, line);
      }
      return finger.spent() - before;
    },
  };
}

/** Prints what was measured: milliseconds a person, and each person's as a ratio to the same person's limit. */
function report(times: readonly number[], limits: readonly number[]): void {
  const ratios = times.map((time, at) => time / limits[at]!);
  const table: Table = [
    ['', 'median', 'p95', 'max'],
    ['the gate, ms a person', ...spread(times)],
    ['limit: the same touches on a page with one line of text, ms', ...spread(limits)],
    ['times the limit, person by person', ...spread(ratios)],
  ];
  console.log(
    `${cpus().length} cores (${cpus()[0]?.model}), Node ${process.version.slice(1)}, ${findChromium()} ${browser.version()}, ` +
      `1920x1080, ${times.length} people, ${new Date().toISOString().slice(0, 10)}\n`,
  );
  console.log(values.markdown ? asMarkdown(table) : asText(table));
}

/** Median, p95 and the largest. */
function spread(values: readonly number[]): string[] {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return [at(0.5), at(0.95), at(1)].map(figure);
}
