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

/** A camera that shows a test picture; whoever asks for it gets it. */
export const WITH_CAMERA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** The machine's Chromium, headless. As root it runs without its sandbox. `more` are further options of its own. */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('no Chromium found: install it, or name it in MUSTER_CHROMIUM');
  const asRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath, args: [...FLAGS, ...more, ...(asRoot ? ['--no-sandbox'] : [])] });
}

/** The four screens of DESIGN.md section 6. */
export const SIZES = {
  landscape: { width: 1920, height: 1080 },
  portrait: { width: 1080, height: 1920 },
  small: { width: 1366, height: 768 },
  large: { width: 3840, height: 2160 },
} as const;

export type SizeName = keyof typeof SIZES;
