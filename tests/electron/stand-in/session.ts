import type { CDPSession, Download, Page, Route } from 'playwright-core';
import { toElectron } from './addresses.ts';
import { browserContext } from './browser.ts';
import { requireBeforeReady, requireReady } from './lifecycle.ts';
import { preventable, strict, StrictEmitter } from './strict.ts';
import { takeExpectedPage, windowOf, windows } from './windows.ts';

type Handler = (request: Request) => Promise<Response> | Response;
type BeforeRequest = (details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void;
type OnRequest = (
  contents: unknown,
  permission: string,
  answer: (granted: boolean) => void,
  details: { requestingUrl: string; isMainFrame: boolean; mediaTypes?: string[] },
) => void;
type OnCheck = (
  contents: unknown,
  permission: string,
  origin: string,
  details: { requestingUrl: string; isMainFrame: boolean; mediaType?: string },
) => boolean;

const privileged = new Map<string, Record<string, boolean>>();
const handlers = new Map<string, Handler>();
let cdp: CDPSession | undefined;
let beforeRequest: BeforeRequest | undefined;
let onPermissionRequest: OnRequest | undefined;
let onPermissionCheck: OnCheck | undefined;

/** Electron's names and Chromium's own for what a page can be allowed. */
const PERMISSIONS: Record<string, string> = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  midi: 'midi',
  'clipboard-read': 'clipboardReadWrite',
  'clipboard-sanitized-write': 'clipboardSanitizedWrite',
  'screen-wake-lock': 'wakeLockScreen',
  'window-management': 'windowManagement',
  'local-fonts': 'localFonts',
  'idle-detection': 'idleDetection',
  'persistent-storage': 'durableStorage',
};

/** What of "media" is asked for, and Chromium's names. */
const MEDIA: Record<string, string> = { video: 'camera', audio: 'microphone' };

/** The schemes that stand for a web origin. */
export function ownSchemes(): Iterable<string> {
  return privileged.keys();
}

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: { scheme: string; privileges: Record<string, boolean> }[]) {
    requireBeforeReady('protocol.registerSchemesAsPrivileged');
    for (const { scheme, privileges } of schemes) {
      // A page of the stand-in has a web origin in any case; this would be lost without a word.
      if (!privileges['standard'] || !privileges['secure'])
        throw new Error(`the stand-in has no schemes that are not standard and secure: ${scheme}`);
      if (privileges['bypassCSP']) throw new Error('the stand-in has no scheme that goes round a policy');
      privileged.set(scheme, privileges);
    }
  },
});

class Session extends StrictEmitter {
  readonly protocol = strict('session.protocol', {
    handle(scheme: string, handler: Handler) {
      requireReady('protocol.handle');
      if (!privileged.has(scheme)) throw new Error(`the stand-in was not told of the scheme ${scheme}`);
      if (handlers.has(scheme)) throw new Error(`the scheme ${scheme} is handled already`);
      handlers.set(scheme, handler);
    },
  });

  readonly webRequest = strict('session.webRequest', {
    onBeforeRequest: (listener: BeforeRequest) => void (beforeRequest = listener),
  });

  constructor() {
    super('session', ['will-download']);
  }

  setPermissionRequestHandler(handler: OnRequest): void {
    onPermissionRequest = handler;
  }

  setPermissionCheckHandler(handler: OnCheck): void {
    onPermissionCheck = handler;
  }

  setDevicePermissionHandler(_handler: () => boolean): void {}
}

export const theSession = new Session();
const defaultSession = strict('session', theSession);

export const session = strict('session module', {
  get defaultSession() {
    requireReady('session.defaultSession');
    return defaultSession;
  },
});

/** What a page calls before it asks for a camera: Electron asks its handlers at each request, not once. */
const ASK = '__askPermissions';

/** Has the handlers asked again whenever the page wants a camera or a microphone. */
export async function askAtEachRequest(page: Page): Promise<void> {
  await page.exposeFunction(ASK, applyPermissions);
  await page.addInitScript((name) => {
    const devices = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
    if (!devices) return;
    const getUserMedia = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (constraints) => {
      await (window as unknown as Record<string, () => Promise<void>>)[name]!();
      return getUserMedia(constraints);
    };
  }, ASK);
}

/**
 * Sets in Chromium what the handlers say of each permission. Without a handler Electron grants: so does this. A
 * permission needs both handlers, as a page first checks and then requests.
 */
export async function applyPermissions(): Promise<void> {
  // What is set holds as long as the session does.
  cdp ??= await browserContext().browser()!.newBrowserCDPSession();
  const { browserContextIds } = await cdp.send('Target.getBrowserContexts');
  const asked = [
    ...Object.entries(PERMISSIONS).map(([name, chromium]) => ({ name, chromium, kind: undefined })),
    ...Object.entries(MEDIA).map(([kind, chromium]) => ({ name: 'media', chromium, kind })),
  ];
  for (const { name, chromium, kind } of asked) {
    const page = { requestingUrl: 'muster://app/gate', isMainFrame: true };
    const checked =
      onPermissionCheck?.(null, name, 'muster://app/', { ...page, ...(kind && { mediaType: kind }) }) ?? true;
    let requested = onPermissionRequest === undefined;
    onPermissionRequest?.(null, name, (granted) => (requested = granted), {
      ...page,
      ...(kind && { mediaTypes: [kind] }),
    });
    for (const browserContextId of browserContextIds) {
      await cdp.send('Browser.setPermission', {
        permission: { name: chromiumName(chromium) },
        setting: checked && requested ? 'granted' : 'denied',
        browserContextId,
      });
    }
  }
}

/** Descriptors are named as in navigator.permissions. */
function chromiumName(type: string): string {
  const names: Record<string, string> = {
    clipboardReadWrite: 'clipboard-read',
    clipboardSanitizedWrite: 'clipboard-write',
    wakeLockScreen: 'screen-wake-lock',
    windowManagement: 'window-management',
    localFonts: 'local-fonts',
    idleDetection: 'idle-detection',
    durableStorage: 'persistent-storage',
  };
  return names[type] ?? type;
}

/** Puts every request of every page before the app's listeners and handlers. */
export async function startRouting(): Promise<void> {
  const context = browserContext();
  await context.route('**/*', (route) => void answer(route));
  context.on('page', (page) => {
    if (takeExpectedPage()) return;
    // A page opened it, though not always as its opener: there is but one page that could have been asked.
    const allowed = windows.some(({ contents }) => contents.allowsWindow(toElectron(page.url())));
    if (!allowed) void page.close();
  });
}

async function answer(route: Route): Promise<void> {
  const request = route.request();
  const address = toElectron(request.url());
  const window = windowOfRequest(route);
  if (request.isNavigationRequest() && window) {
    const isMainFrame = request.frame() === window.contents.page.mainFrame();
    if (!window.contents.mayNavigate(address, isMainFrame)) return route.abort('aborted');
  }
  if (isCancelled(address)) return route.abort('blockedbyclient');
  const handler = handlers.get(new URL(address).protocol.slice(0, -1));
  if (!handler) return route.continue();
  const body = request.postDataBuffer();
  const response = await handler(
    new Request(address, {
      method: request.method(),
      headers: await request.allHeaders(),
      ...(body && { body: new Uint8Array(body) }),
    }),
  );
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}

function isCancelled(url: string): boolean {
  let cancelled = false;
  beforeRequest?.({ url }, ({ cancel }) => (cancelled = cancel === true));
  return cancelled;
}

/** The window whose page asks; none for a window that is only being opened by a page. */
function windowOfRequest(route: Route) {
  try {
    return windowOf(route.request().frame().page());
  } catch {
    // Playwright cannot name the frame of a page's very first request.
    return undefined;
  }
}

/** What became of each download, for tests to look at. */
export const downloads: ('allowed' | 'cancelled')[] = [];

/** A page began a download: it goes on only where no listener prevents it. */
export async function decideDownload(download: Download): Promise<void> {
  const event = preventable({});
  theSession.emit('will-download', event);
  downloads.push(event.defaultPrevented ? 'cancelled' : 'allowed');
  if (event.defaultPrevented) await download.cancel();
}
