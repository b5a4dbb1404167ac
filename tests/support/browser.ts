import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../../build/chromium.mjs';

/**
 * What Playwright switches off by itself, as the last `--disable-features` is the one that counts, and what costs a
 * second of the processor a page and is never seen: the pages behind the address bar, and a process kept in reserve.
 */
const FEATURES_OFF = [
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
  'SpareRendererForSitePerProcess',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'WebUIOmniboxPopup',
];

/** How every Chromium of the tests is started. As root it runs without its sandbox. */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${FEATURES_OFF.join()}`,
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** A camera that shows a test picture; whoever asks for it gets it. */
export const WITH_CAMERA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** The machine's Chromium, headless. `more` are further options of its own. */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('no Chromium found: install it, or name it in MUSTER_CHROMIUM');
  return chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS, ...more] });
}

/** The four screens of DESIGN.md section 6. */
export const SIZES = {
  landscape: { width: 1920, height: 1080 },
  portrait: { width: 1080, height: 1920 },
  small: { width: 1366, height: 768 },
  large: { width: 3840, height: 2160 },
} as const;

export type SizeName = keyof typeof SIZES;
