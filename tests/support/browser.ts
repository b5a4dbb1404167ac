import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../../build/chromium.mjs';

const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The machine's Chromium, headless. As root it runs without its sandbox. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('no Chromium found: install it, or name it in MUSTER_CHROMIUM');
  const asRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath, args: [...FLAGS, ...(asRoot ? ['--no-sandbox'] : [])] });
}

/** The four screens of DESIGN.md section 6. */
export const SIZES = {
  landscape: { width: 1920, height: 1080 },
  portrait: { width: 1080, height: 1920 },
  small: { width: 1366, height: 768 },
  large: { width: 3840, height: 2160 },
} as const;

export type SizeName = keyof typeof SIZES;
