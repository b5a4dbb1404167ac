import { readFileSync } from 'node:fs';
import type { CDPSession, Page } from 'playwright-core';
import { toChromium, toElectron } from './addresses.ts';
import { browserContext } from './browser.ts';
import type { StandInWindow } from './browser-window.ts';
import { decodeClone, encodeClone } from './clone.ts';
import { invoke } from './ipc-main.ts';
import { DELIVER, PRELOAD_WORLD, SEND, worldScripts, type FromPreload } from './page-worlds.ts';
import { applyPermissions, askAtEachRequest, decideDownload, ownSchemes } from './session.ts';
import { preventable, strict, StrictEmitter } from './strict.ts';
import { expectPage } from './windows.ts';

const EVENTS = [
  'will-navigate',
  'will-frame-navigate',
  'will-redirect',
  'will-attach-webview',
  'will-prevent-unload',
  'context-menu',
  'before-input-event',
  'zoom-changed',
  'render-process-gone',
  'did-fail-load',
  'unresponsive',
];

interface Frame {
  url: string;
  parentId: string | undefined;
}

/** The pages of one window: another Chromium page after each crash, but one WebContents. */
export class WebContents extends StrictEmitter {
  readonly handle: WebContents = strict('WebContents', this);
  readonly #window: StandInWindow;
  #page: Promise<Page>;
  #current: Page | undefined;
  #cdp: CDPSession | undefined;
  #address = '';
  /** What the app itself is loading, perhaps twice at once: no `will-navigate` for it, once each. */
  readonly #loads = new Set<{ address: string; begun: boolean }>();
  #crashed = false;
  #ended = false;
  #openHandler: ((details: { url: string }) => { action: 'allow' | 'deny' }) | undefined;
  /** Frames by id, and the frame of each preload world. */
  readonly #frames = new Map<string, Frame>();
  readonly #worlds = new Map<number, string>();

  constructor(window: StandInWindow) {
    super('WebContents', EVENTS);
    this.#window = window;
    this.#page = this.#openPage();
  }

  /** The present page; undefined while it is being opened. */
  get page(): Page {
    return this.#current!;
  }

  async load(address: string): Promise<void> {
    const page = await this.#page;
    if (this.#ended) return;
    this.#address = address;
    const load = { address, begun: false };
    this.#loads.add(load);
    try {
      await page.goto(toChromium(address, ownSchemes()));
    } catch (error) {
      if (!this.#ended && !this.#crashed) this.#tellFailure(error, address);
      throw error;
    } finally {
      this.#loads.delete(load);
    }
    if (!this.#window.shown) this.#window.emit('ready-to-show');
  }

  reload(): void {
    if (this.#crashed) this.#page = this.#openPage();
    this.load(this.#address).catch((error: unknown) => {
      if (!this.#ended) console.error('stand-in: reload failed:', error);
    });
  }

  isCrashed(): boolean {
    return this.#crashed;
  }

  isLoadingMainFrame(): boolean {
    return this.#loads.size > 0;
  }

  async executeJavaScript(code: string): Promise<unknown> {
    return (await this.#page).evaluate(code);
  }

  forcefullyCrashRenderer(): void {
    // A page that hangs cannot answer; that it is gone is told by its own event.
    this.#cdp?.send('Page.crash').catch(() => undefined);
  }

  setZoomFactor(_factor: number): void {}

  setWindowOpenHandler(handler: (details: { url: string }) => { action: 'allow' | 'deny' }): void {
    this.#openHandler = handler;
  }

  send(channel: string, ...args: unknown[]): void {
    const text = encodeClone({ channel, value: args });
    for (const [contextId, frameId] of this.#worlds) {
      if (this.#frames.get(frameId)?.parentId === undefined) void this.#deliver(contextId, text);
    }
  }

  /** Asks the app whether a page may go there by itself. */
  mayNavigate(url: string, isMainFrame: boolean): boolean {
    const own = isMainFrame && [...this.#loads].find((load) => !load.begun && sameAddress(load.address, url));
    if (own) {
      own.begun = true;
      return true;
    }
    const event = preventable({ url, isMainFrame, isSameDocument: false });
    this.emit('will-frame-navigate', event);
    if (isMainFrame) this.emit('will-navigate', event);
    return !event.defaultPrevented;
  }

  /** Asks the app whether a page may open a window; Electron allows it where nobody is asked. */
  allowsWindow(url: string): boolean {
    return (this.#openHandler?.({ url }) ?? { action: 'allow' }).action === 'allow';
  }

  async resize({ width, height }: { width: number; height: number }): Promise<void> {
    await (await this.#page).setViewportSize({ width, height });
  }

  async end(): Promise<void> {
    this.#ended = true;
    await (await this.#page).close();
  }

  /** Calls a channel from the preload world of a child frame, as a page that broke out of its world would. */
  async forgeFromChildFrame(channel: string, args: unknown[]): Promise<void> {
    const { frameTree } = await this.#cdp!.send('Page.getFrameTree');
    const frameId = frameTree.childFrames![0]!.frame.id;
    const { executionContextId } = await this.#cdp!.send('Page.createIsolatedWorld', {
      frameId,
      worldName: PRELOAD_WORLD,
    });
    const message = JSON.stringify({ id: 0, channel, args: encodeClone(args) });
    // The answer is kept where the test finds it.
    const expression = `globalThis.${DELIVER} = (text) => (document.body.textContent = text); ${SEND}(${JSON.stringify(message)})`;
    await this.#cdp!.send('Runtime.evaluate', { contextId: executionContextId, expression });
  }

  /** Chromium's numbers: -3 where another page took its place, -2 for any other reason. */
  #tellFailure(error: unknown, address: string): void {
    const isReplaced = /ERR_ABORTED|interrupted by another navigation/.test(String(error));
    this.emit('did-fail-load', {}, isReplaced ? -3 : -2, String(error), address, true);
  }

  async #openPage(): Promise<Page> {
    const context = browserContext();
    await applyPermissions();
    expectPage();
    const page = await context.newPage();
    this.#current = page;
    this.#frames.clear();
    this.#worlds.clear();
    const { preload } = this.#window.options.webPreferences;
    const scripts = worldScripts(readFileSync(preload, 'utf8'));
    const cdp = await context.newCDPSession(page);
    this.#cdp = cdp;
    this.#followFrames(cdp);
    await cdp.send('Page.enable');
    const { frameTree } = await cdp.send('Page.getFrameTree');
    this.#frames.set(frameTree.frame.id, { url: frameTree.frame.url, parentId: undefined });
    await cdp.send('Runtime.enable');
    await cdp.send('Runtime.addBinding', { name: SEND, executionContextName: PRELOAD_WORLD });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.main });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      source: scripts.isolated,
      worldName: PRELOAD_WORLD,
    });
    await askAtEachRequest(page);
    await page.setViewportSize(this.#window.bounds);
    this.#crashed = false;
    page.on('crash', () => this.#onCrash());
    page.on('download', (download) => void decideDownload(download));
    page.on('close', () => {
      // Somebody closed it from outside, as a window manager would.
      if (page === this.#current && !this.#ended && !this.#crashed) this.#window.close();
    });
    return page;
  }

  #onCrash(): void {
    const page = this.#current;
    this.#crashed = true;
    void page?.close();
    this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 133 });
  }

  #followFrames(cdp: CDPSession): void {
    cdp.on('Page.frameAttached', ({ frameId, parentFrameId }) => {
      this.#frames.set(frameId, { url: 'about:blank', parentId: parentFrameId });
    });
    cdp.on('Page.frameNavigated', ({ frame }) => {
      this.#frames.set(frame.id, { url: frame.url, parentId: frame.parentId });
    });
    cdp.on('Page.frameDetached', ({ frameId }) => this.#frames.delete(frameId));
    cdp.on('Runtime.executionContextCreated', ({ context: { id, name, auxData } }) => {
      const { frameId } = auxData as unknown as { frameId: string };
      if (name === PRELOAD_WORLD) this.#worlds.set(id, frameId);
    });
    cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) =>
      this.#worlds.delete(executionContextId),
    );
    cdp.on('Runtime.executionContextsCleared', () => this.#worlds.clear());
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === SEND) void this.#answer(payload, executionContextId);
    });
  }

  async #answer(payload: string, contextId: number): Promise<void> {
    const { id, channel, args } = JSON.parse(payload) as FromPreload;
    const event = { sender: this.handle, senderFrame: this.#frameOf(contextId) };
    let reply: string;
    try {
      reply = encodeClone({ id, value: await invoke(channel, event, decodeClone(args) as unknown[]) });
    } catch (error) {
      reply = encodeClone({ id, error: `Error invoking remote method '${channel}': ${String(error)}` });
    }
    await this.#deliver(contextId, reply);
  }

  #frameOf(contextId: number) {
    const frame = this.#frames.get(this.#worlds.get(contextId) ?? '');
    if (!frame) return null;
    return strict('WebFrameMain', {
      url: toElectron(frame.url),
      parent: frame.parentId === undefined ? null : {},
    });
  }

  async #deliver(contextId: number, text: string): Promise<void> {
    try {
      const expression = `globalThis.${DELIVER}?.(${JSON.stringify(text)})`;
      await this.#cdp?.send('Runtime.evaluate', { contextId, expression });
    } catch (error) {
      // The page was left, closed or crashed meanwhile: Electron drops the message, too.
      if (this.#worlds.has(contextId) && !this.#ended && !this.#crashed) throw error;
    }
  }
}

function sameAddress(one: string, other: string): boolean {
  return new URL(one).href === new URL(other).href;
}
