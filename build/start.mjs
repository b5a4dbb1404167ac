/** `npm start`: sets up what is missing and opens the kiosk, full screen where there is a display. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectNode, start } from './run.mjs';
import { buildApp, ensureChromium, ensureDependencies } from './setup.mjs';

try {
  ensureDependencies();
  buildApp();
  await open(process.argv.slice(2));
} catch (error) {
  console.error(`muster: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

/** @param {string[]} options passed on to `muster serve` */
async function open(options) {
  const chromium = hasDisplay() ? ensureChromium() : undefined;
  const server = start(
    projectNode(),
    ['src/cli/main.ts', 'serve', '--sample', ...options],
    ['ignore', 'pipe', 'inherit'],
  );
  const ended = new Promise((resolve) => server.once('exit', (code) => resolve(code ?? 1)));
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill('SIGTERM'));

  endWithParent(() => server.kill('SIGTERM'));

  const address = await firstAddress(server.stdout);
  if (address && chromium) showKiosk(chromium, address, server);
  else if (address) console.log(whyNoWindow(address));
  process.exitCode = await ended;
}

/** npm may be killed without telling anybody: whoever is orphaned ends, too, and frees the data folder. */
function endWithParent(end) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, 1000).unref();
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

/** Opens the gate full screen; closing the window ends the kiosk, and the other way round. */
function showKiosk(chromium, address, server) {
  const profile = mkdtempSync(join(tmpdir(), 'muster-browser-'));
  const window = start(chromium, [...kioskFlags(profile), `--app=${address}/gate`], 'ignore');
  window.once('exit', () => {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    server.kill('SIGTERM');
  });
  window.once('error', (error) => console.error(`muster: Chromium did not start: ${error.message}`));
  server.once('exit', () => window.kill('SIGTERM'));
}

function kioskFlags(profile) {
  const size = screenSize();
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
    ...(size ? ['--window-position=0,0', `--window-size=${size}`] : []),
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}

/** "1920,1080" of the X display; undefined where nobody can say, as under a window manager it is not needed. */
function screenSize() {
  if (!process.env.DISPLAY) return undefined;
  const { stdout } = spawnSync('xdpyinfo', { encoding: 'utf8' });
  const size = /dimensions:\s+(\d+)x(\d+)/.exec(stdout ?? '');
  return size ? `${size[1]},${size[2]}` : undefined;
}

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

function whyNoWindow(address) {
  return hasDisplay()
    ? `No Chromium was found, so no window opens. Please install one (Debian: apt-get install chromium x11-utils), or open ${address}/gate`
    : `There is no display, so no window opens. On this machine open ${address}/gate and ${address}/wall`;
}
