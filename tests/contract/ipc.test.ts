import type { Page } from 'playwright-core';
import { app, session, type BrowserWindow } from 'electron';
import { join } from 'node:path';
import { afterAll, beforeAll, onTestFinished, vi } from 'vitest';
import { hostOverIpc } from '../../electron/main/ipc-host.ts';
import { openKioskWindow, showPage } from '../../electron/main/kiosk-window.ts';
import { lockDownPages, lockDownSession } from '../../electron/main/lock-down.ts';
import { declareScheme, serveScheme, type Respond } from '../../electron/main/scheme.ts';
import { ipcTransport } from '../../renderer/api/ipc-transport.ts';
import type { Bridge } from '../../src/api/channels.ts';
import { createWebHandler } from '../../src/web/web-handler.ts';
import { theApp } from '../electron/stand-in/app.ts';
import { browserContext } from '../electron/stand-in/browser.ts';
import { windows } from '../electron/stand-in/windows.ts';
import { openTestKiosk, writeRenderer } from '../support/served-kiosk.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { describeTransport } from './conformance.ts';

/*
 * The conformance suite over Electron's host: the code of electron/main in this process, so that it can be given the
 * test's kiosk, the built preload script, and a page in a real browser that has nothing but the bridge. Electron is
 * the stand-in; tests/electron runs the built main process as a whole.
 */

vi.hoisted(() => (process.env['STAND_IN_START'] = 'by-test'));
vi.mock('electron', () => import('../electron/stand-in/electron.ts'));

let window: BrowserWindow;
let page: Page;
let respond: Respond;
const listeners = new Map<number, (topic: string) => void>();

beforeAll(async () => {
  declareScheme();
  app.enableSandbox();
  lockDownPages();
  await theApp.start();
  lockDownSession(session.defaultSession, () => false);
  serveScheme(session.defaultSession, (request) => respond(request));
  respond = async () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } });
  window = openKioskWindow({ x: 0, y: 0, width: 640, height: 480 }, '/');
  await new Promise<void>((resolve) => window.once('ready-to-show', resolve));
  page = windows[0]!.contents.page;
  await page.exposeFunction('tell', (id: number, topic: string) => listeners.get(id)?.(topic));
});

afterAll(() => browserContext().browser()?.close());

describeTransport("Electron's IPC", async () => {
  const behind = await openTestKiosk();
  const rendererFolder = writeRenderer(join(await tempFolder(), 'renderer'));
  respond = createWebHandler({ rendererFolder, ...behind.kiosk.web });
  onTestFinished(hostOverIpc(behind.kiosk));
  await showPage(window, '/gate');
  return { behind, transport: ipcTransport(bridgeOf(page)) };
});

/** What a page can do to its bridge. */
interface BridgePage {
  muster: Bridge;
  tell(id: number, topic: string): void;
  stops: Record<number, () => void>;
}

let count = 0;

/** The bridge of the page, as this process sees it; input and answers travel to the page as JSON. */
function bridgeOf(page: Page): Bridge {
  return {
    async call(operation, input, token) {
      const answer = await page.evaluate(
        async ([name, text, caller]) => {
          const { muster } = window as unknown as BridgePage;
          return JSON.stringify(await muster.call(name!, JSON.parse(text!), caller ?? undefined));
        },
        [operation, JSON.stringify(input), token ?? null] as const,
      );
      return JSON.parse(answer) as unknown;
    },
    subscribe(onChange) {
      const id = ++count;
      listeners.set(id, onChange);
      const subscribed = page.evaluate((wanted) => {
        const here = window as unknown as BridgePage;
        here.stops ??= {};
        here.stops[wanted] = here.muster.subscribe((topic) => here.tell(wanted, topic));
      }, id);
      return () => {
        void subscribed.then(() =>
          page.evaluate((wanted) => (window as unknown as BridgePage).stops[wanted]!(), id),
        );
      };
    },
  };
}
