import { app, Menu, powerSaveBlocker, session } from 'electron';
import { fileURLToPath } from 'node:url';
import { Problem } from '../../src/domain/problem.ts';
import { findDataFolder } from '../../src/kiosk/data-folder.ts';
import { openKiosk, type Kiosk } from '../../src/kiosk/open-kiosk.ts';
import { createWebHandler } from '../../src/web/web-handler.ts';
import { keepBrowserFilesIn } from './browser-files.ts';
import { wantsCamera } from './camera.ts';
import { guardGpu } from './gpu-guard.ts';
import { hostOverIpc } from './ipc-host.ts';
import { lockDownPages, lockDownSession } from './lock-down.ts';
import { openWithPatience } from './open-with-patience.ts';
import { sayBoth } from './say-both.ts';
import { declareScheme, serveScheme, type Respond } from './scheme.ts';
import { fillDisplays } from './screens.ts';
import { endIfSecond } from './second-start.ts';
import { joinShutdown } from './shutdown.ts';
import type { StartOptions } from './start-options.ts';
import { respondWithTrouble } from './trouble-page.ts';
import { startUtilityWorker } from './utility-worker.ts';

/** Where the build puts the renderer. */
const RENDERER_FOLDER = fileURLToPath(new URL('../../dist/renderer/', import.meta.url));

/** Opens the kiosk of a data folder on every display. */
export async function startKiosk(options: StartOptions): Promise<void> {
  const dataFolder = findDataFolder(options.data);
  keepBrowserFilesIn(dataFolder);
  const exitCode = endIfSecond(options.quit);
  if (exitCode !== undefined) return app.exit(exitCode);
  guardGpu();
  declareScheme();
  app.enableSandbox();
  Menu.setApplicationMenu(null);
  lockDownPages();
  const shutdown = joinShutdown();

  await app.whenReady();
  // Whether an activity asks for photos is known once the kiosk is open.
  let wantsCameraNow = (): boolean => false;
  lockDownSession(session.defaultSession, () => wantsCameraNow());
  let respond: Respond = async () => new Response(null, { status: 503 });
  serveScheme(session.defaultSession, (request) => respond(request));
  powerSaveBlocker.start('prevent-display-sleep');

  const { opened: kiosk, troubleWindow } = await openWithPatience(
    () => openKiosk(dataFolder, { startWorker: startUtilityWorker }),
    (problem) => {
      shutdown.exitCode = 1;
      respond = async (request) => respondWithTrouble(request, problem.code);
    },
  );
  shutdown.exitCode = 0;
  shutdown.join(() => kiosk.close());
  for (const words of kiosk.report) sayBoth(words);
  wantsCameraNow = () => wantsCamera(kiosk);
  respond = createWebHandler({ rendererFolder: RENDERER_FOLDER, ...kiosk.web });
  const stopHosting = hostOverIpc(kiosk);
  shutdown.join(async () => stopHosting());
  showScreens(kiosk, options);
  troubleWindow?.destroy();
  console.log('Muster is ready.');
  if (options.sample) await bringSample(kiosk);
  kiosk.attend();
}

/** The screens are there already: without its sample a kiosk is empty, but it is one. The next start tries again. */
async function bringSample(kiosk: Kiosk): Promise<void> {
  try {
    await kiosk.addSample();
  } catch (error) {
    if (error instanceof Problem && error.code === 'kiosk-closing') return;
    sayBoth({ en: 'The sample could not be brought:', zh: '未能放入示例：' });
    if (error instanceof Problem) sayBoth(error.words);
    else console.error(error);
  }
}

function showScreens(kiosk: Kiosk, { screens }: StartOptions): void {
  const arrange = fillDisplays(() => kiosk.state.settings.screens, screens);
  kiosk.subscribe((topic) => {
    if (topic === 'settings') arrange();
  });
}
