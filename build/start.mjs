/** `npm start`: sets up what is missing and opens the kiosk, full screen where there is a display. */
import { fileURLToPath } from 'node:url';
import { openInBrowser } from './browser-kiosk.mjs';
import { ensureElectron, rootFlags } from './electron.mjs';
import { endWithParent, environment, projectNode, ROOT, start } from './run.mjs';
import { buildApp, ensureDependencies } from './setup.mjs';

try {
  const options = process.argv.slice(2);
  ensureDependencies();
  // On the first start the system's Node runs this; the rest needs the project's, which has just been installed.
  if (Number(process.versions.node.split('.')[0]) < 24) {
    process.exitCode = await finish(
      start(projectNode(), [fileURLToPath(import.meta.url), ...options], 'inherit'),
    );
  } else {
    buildApp();
    process.exitCode = await open(options);
  }
} catch (error) {
  console.error(`muster: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

/**
 * @param {string[]} options
 * @returns {Promise<number>} the exit code
 */
async function open(options) {
  const hasDisplay =
    process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  // Only the browser host has a port.
  const wantsPort = options.some((option) => /^--port(=|$)/.test(option));
  if (hasDisplay && !wantsPort) {
    const electron = await ensureElectron();
    if ('program' in electron) {
      const env = environment();
      // Some editors' terminals set it; Electron would be no more than Node then.
      delete env.ELECTRON_RUN_AS_NODE;
      return finish(start(electron.program, [ROOT, ...rootFlags(), '--sample', ...options], 'inherit', env));
    }
    console.log(
      `Electron cannot be had (${electron.reason}); the same kiosk runs in this machine's Chromium. 无法使用 Electron，改用本机的 Chromium 运行。`,
    );
  }
  return openInBrowser(options, hasDisplay);
}

/** Waits for the program that is the kiosk, and ends it with this process, whoever ends that. */
function finish(child) {
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill('SIGTERM'));
  endWithParent(() => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
