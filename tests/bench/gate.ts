/*
 * `npm run bench:gate`: how long a person at the gate waits. The kiosk runs as users run it, in a process of
 * its own on a real disk; the screen is a real browser driven by touch.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { findChromium } from '../../build/chromium.mjs';
import { launchBrowser, SIZES } from '../support/browser.ts';
import { read, touchSignIn } from '../e2e/gate-page.ts';
import { serve, type Serving } from '../support/cli.ts';
import { printRow } from './print-row.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '30' } } });
const RUNS = Number(values.runs);
const COLD_STARTS = 7;
const RENDERER = new URL('../../dist/renderer/', import.meta.url);

const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'));
const server = await serve(['--data', folder, '--sample']);
const browser = await launchBrowser();
try {
  console.log(
    `${cpus().length} cores, ${cpus()[0]?.model}, Node ${process.version}, ${findChromium()} ${browser.version()}`,
  );
  const disk = await diskLimit(folder);
  const taps = await measureTaps(browser, server);
  const cold = [];
  for (let start = 0; start < COLD_STARTS; start++) cold.push(await measureColdStart(browser, server));
  const text = [];
  for (let start = 0; start < COLD_STARTS; start++) text.push(await measureTextPage(browser));
  printRow(`tap on a name to the painted greeting, disk included (${RUNS} taps), ms`, taps);
  printRow('limit in the same run: append 250 bytes + fdatasync, ms', disk);
  printRow(
    'cold start to a painted, tappable button, ms',
    cold.map(({ button }) => button),
  );
  printRow(
    'cold start to the first photo painted, ms',
    cold.map(({ photo }) => photo),
  );
  printRow('limit in the same run: a page with one line of text, ms', text);
  console.log(`script of the gate's first load: ${firstLoadScript().toFixed(1)} kB gzipped`);
} finally {
  await browser.close();
  await server.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}

/** A touch on a name with the post chosen before, and undone again; each time another person. */
async function measureTaps(browser: Browser, { address }: Serving): Promise<number[]> {
  const { page, context } = await openGate(browser, address);
  const times: number[] = [];
  const people = (await call(page, 'people.find', { query: '', limit: 50 })) as {
    people: { personId: string }[];
  };
  for (let run = 0; run < RUNS; run++) {
    const turn = run % people.people.length;
    await touchSignIn(page);
    await read(page);
    await page.locator('.foot .post').tap();
    await read(page);
    await page.locator('.posts .post').last().tap();
    await read(page);
    await page.locator('.person').nth(turn).waitFor();
    await page.evaluate(watchForGreeting);
    await page.locator('.person').nth(turn).tap();
    times.push(await page.evaluate(() => (window as unknown as { greeted: Promise<number> }).greeted));
    await read(page);
    await page.locator('.undo').tap();
    await page.locator('.message').first().waitFor();
    await page.locator('.idle').waitFor();
  }
  await context.close();
  return times;
}

/** In the page: resolves `greeted` with the milliseconds from the finger's lift to the frame after the greeting. */
function watchForGreeting(): void {
  const holder = window as unknown as { greeted: Promise<number> };
  holder.greeted = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('no greeting within 10 s')), 10_000);
    addEventListener(
      'pointerup',
      ({ timeStamp }) => {
        const look = () => {
          if (!document.querySelector('.greeting h1')) {
            requestAnimationFrame(look);
            return;
          }
          const painted = new MessageChannel();
          painted.port1.onmessage = () => resolve(performance.now() - timeStamp);
          painted.port2.postMessage(null);
        };
        requestAnimationFrame(look);
      },
      { once: true, capture: true },
    );
  });
}

async function measureColdStart(
  browser: Browser,
  { address }: Serving,
): Promise<{ button: number; photo: number }> {
  const context = await touchContext(browser);
  const page = await context.newPage();
  await page.addInitScript(() => {
    const times = { button: 0, photo: 0 };
    Object.assign(window, { times });
    const look = () => {
      const now = performance.now();
      if (!times.button && document.querySelector('.sign-in')) times.button = now;
      const photo = document.querySelector<HTMLImageElement>('.tile img');
      if (!times.photo && photo?.complete && photo.naturalWidth > 0) times.photo = now;
      if (!times.button || !times.photo) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(`${address}/gate`);
  await page.waitForFunction(() => {
    const { times } = window as unknown as { times: { button: number; photo: number } };
    return times.button > 0 && times.photo > 0;
  });
  const times = await page.evaluate(
    () => (window as unknown as { times: { button: number; photo: number } }).times,
  );
  await context.close();
  return times;
}

/** The same way of measuring on a page with one line of text. */
async function measureTextPage(browser: Browser): Promise<number> {
  const context = await touchContext(browser);
  const page = await context.newPage();
  await page.addInitScript(() => {
    const look = () => {
      if (document.body?.textContent) Object.assign(window, { shown: performance.now() });
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto('data:text/html,<!doctype html><title>x</title><p>one line of text</p>');
  await page.waitForFunction(() => 'shown' in window);
  const shown = await page.evaluate(() => (window as unknown as { shown: number }).shown);
  await context.close();
  return shown;
}

async function openGate(browser: Browser, address: string): Promise<{ page: Page; context: BrowserContext }> {
  const context = await touchContext(browser);
  const page = await context.newPage();
  await page.goto(`${address}/gate`);
  await page.locator('.sign-in').waitFor();
  return { page, context };
}

function touchContext(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ viewport: SIZES.landscape, screen: SIZES.landscape, hasTouch: true });
}

function call(page: Page, operation: string, input: unknown): Promise<unknown> {
  return page.evaluate(
    async ([operation, input]) => {
      const response = await fetch(`/api/${operation}`, { method: 'POST', body: JSON.stringify(input) });
      return ((await response.json()) as { result: unknown }).result;
    },
    [operation, input] as const,
  );
}

/** What the disk itself takes for one record, on the same file system. */
async function diskLimit(folder: string): Promise<number[]> {
  const file = await open(join(folder, 'limit'), 'a');
  const times: number[] = [];
  for (let run = 0; run < 200; run++) {
    const begin = performance.now();
    await file.write(Buffer.alloc(250, 'x'));
    await file.datasync();
    times.push(performance.now() - begin);
  }
  await file.close();
  return times;
}

/** Script that the gate loads before its first paint, in kB after gzip. */
function firstLoadScript(): number {
  const scripts = readdirSync(new URL('assets/', RENDERER)).filter((name) =>
    /^(index|GateScreen|use\w+).*\.js$/.test(name),
  );
  const bytes = scripts.map((name) => gzipSync(readFileSync(new URL(`assets/${name}`, RENDERER))).length);
  return bytes.reduce((sum, one) => sum + one, 0) / 1000;
}
