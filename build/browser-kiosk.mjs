/** The kiosk without Electron: a server on loopback and a Chromium in kiosk mode on every display. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { listDisplays } from './displays.mjs';
import { rootFlags } from './electron.mjs';
import { endWithParent, projectNode, start } from './run.mjs';
import { ensureChromium } from './setup.mjs';

/**
 * Serves the kiosk and opens its windows where there is a display; ends when a window is closed or the server ends.
 * @param {string[]} options `--screen` is for the windows, the rest for `muster serve`
 * @param {boolean} hasDisplay
 * @returns {Promise<number>} the exit code
 */
export async function openInBrowser(options, hasDisplay) {
  // A service is started without a language; Chromium then takes no file whose name is Chinese.
  process.env.LANG ??= 'C.UTF-8';
  const { screens, others } = await takeScreenOptions(options);
  const chromium = hasDisplay ? ensureChromium() : undefined;
  const server = start(
    projectNode(),
    ['src/cli/main.ts', 'serve', '--sample', ...others],
    ['ignore', 'pipe', 'inherit'],
  );
  const ended = new Promise((resolve) => server.once('exit', (code) => resolve(code ?? 1)));
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill('SIGTERM'));
  endWithParent(() => server.kill('SIGTERM'));

  const address = await firstAddress(server.stdout);
  if (address && chromium) await showOnDisplays(chromium, address, screens, server);
  else if (address) console.log(whyNoWindow(address, hasDisplay));
  return ended;
}

/** Splits off `--screen CHOICE` and `--screen=CHOICE`. */
async function takeScreenOptions(options) {
  const { parseScreenOption } = await import('../src/domain/screen.ts');
  const screens = new Map();
  const others = [];
  for (let at = 0; at < options.length; at++) {
    const match = /^--screen(?:=(.*))?$/.exec(options[at]);
    if (!match) {
      others.push(options[at]);
      continue;
    }
    const written = match[1] ?? options[++at] ?? '';
    const parsed = parseScreenOption(written);
    if (!parsed) {
      throw new Error(
        `--screen ${written} cannot be read; please write gate, wall, show, board or office, for the second display 2=wall`,
      );
    }
    screens.set(parsed.display, parsed.choice);
  }
  return { screens, others };
}

/** Prints what the server says and resolves with its address, or undefined when it ended without one. */
function firstAddress(output) {
  return new Promise((resolve) => {
    const lines = createInterface({ input: output });
    lines.on('line', (line) => {
      console.log(line);
      const address = /http:\/\/\S+/.exec(line)?.[0];
      if (address) resolve(address);
    });
    lines.on('close', () => resolve(undefined));
  });
}

/** Opens a window on each display; closing one ends the kiosk, and the other way round. */
async function showOnDisplays(chromium, address, options, server) {
  const { screenPath, screensOf } = await import('../src/domain/screen.ts');
  // Where nobody can say, one window finds its place by itself.
  const displays = listDisplays();
  const places = displays.length > 0 ? displays : [undefined];
  const choices = screensOf(places.length, await screensInSettings(address), options);
  choices.forEach((choice, index) =>
    showKiosk(chromium, `${address}${screenPath(choice)}`, places[index], server),
  );
}

/** What the office has set for each display. Changes reach the windows with the next start. */
async function screensInSettings(address) {
  const response = await fetch(`${address}/api/settings.get`, { method: 'POST', body: '{}' });
  const answer = await response.json();
  if (!answer.ok) throw new Error(`the kiosk does not tell its settings: ${answer.refusal.message.en}`);
  return answer.result.settings.screens;
}

function showKiosk(chromium, page, place, server) {
  const profile = mkdtempSync(join(tmpdir(), 'muster-browser-'));
  const window = start(chromium, [...kioskFlags(profile, place), `--app=${page}`], 'ignore');
  window.once('exit', () => {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    server.kill('SIGTERM');
  });
  window.once('error', (error) => console.error(`muster: Chromium did not start: ${error.message}`));
  server.once('exit', () => window.kill('SIGTERM'));
}

function kioskFlags(profile, place) {
  return [
    '--kiosk',
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-features=Translate,TranslateUI',
    '--disable-pinch',
    '--overscroll-history-navigation=0',
    // On a bare X server without a window manager --kiosk alone does not fill the screen.
    ...(place
      ? [`--window-position=${place.x},${place.y}`, `--window-size=${place.width},${place.height}`]
      : []),
    ...rootFlags(),
  ];
}

function whyNoWindow(address, hasDisplay) {
  return hasDisplay
    ? `No Chromium was found, so no window opens. Please install one (Debian: apt-get install chromium x11-utils), or open ${address}/gate`
    : `There is no display, so no window opens. On this machine open ${address}/gate and ${address}/wall`;
}
