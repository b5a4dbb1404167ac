import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { findChromium } from '../../../build/chromium.mjs';
import { CHROMIUM_FLAGS } from '../../support/browser.ts';

let context: BrowserContext | undefined;

/** Starts the Chromium in which all windows open; the test process joins it at the endpoint. */
export async function startBrowser(size: { width: number; height: number }): Promise<string> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('no Chromium found: install it, or name it in MUSTER_CHROMIUM');
  const browser: Browser = await chromium.launch({
    executablePath,
    args: [
      ...CHROMIUM_FLAGS,
      // So that a camera is there to be refused.
      '--use-fake-device-for-media-stream',
    ],
    // The main process decides what a signal does.
    handleSIGHUP: false,
    handleSIGINT: false,
    handleSIGTERM: false,
  });
  context = await browser.newContext({ viewport: size, hasTouch: true, reducedMotion: 'reduce' });
  const { endpoint } = await browser.bind(`muster ${process.pid}`);
  return endpoint;
}

/** The context of all windows. */
export function browserContext(): BrowserContext {
  if (!context) throw new Error('the browser has not been started');
  return context;
}
