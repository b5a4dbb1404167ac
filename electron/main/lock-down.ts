import { app, type Session, type WebContents } from 'electron';
import { isAllowedKey } from './keys.ts';
import { isOwnAddress } from './scheme.ts';

/**
 * Nothing but our own pages: no device, no download, no request that leaves our scheme, and no permission but one: our
 * own page gets the camera, without a microphone, while `wantsCamera` says so. It is asked at each request. Only the
 * last listener of each kind counts in Electron, so no other file may set one.
 */
export function lockDownSession(session: Session, wantsCamera: () => boolean): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const kinds = 'mediaTypes' in details ? details.mediaTypes : undefined;
    const isCamera = permission === 'media' && kinds?.length === 1 && kinds[0] === 'video';
    answer(isCamera && details.isMainFrame && isOwnAddress(details.requestingUrl) && wantsCamera());
  });
  session.setPermissionCheckHandler((_contents, permission, origin, { mediaType }) => {
    const isCamera = permission === 'media' && mediaType === 'video';
    return isCamera && isOwnAddress(origin) && wantsCamera();
  });
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayLoad(url) }));
}

/** Every page that will ever be made stays where it was put: no navigation, no window, no menu, no zoom. */
export function lockDownPages(): void {
  app.on('web-contents-created', (_event, contents) => lockDown(contents));
}

function lockDown(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-prevent-unload', (event) => event.preventDefault());
  contents.on('context-menu', (event) => event.preventDefault());
  contents.on('before-input-event', (event, input) => {
    if (!isAllowedKey(input) && !closesInDevelopment(input)) event.preventDefault();
  });
  contents.on('zoom-changed', () => contents.setZoomFactor(1));
}

/** Developers' tools load from their own scheme; the packaged app has none. */
function mayLoad(address: string): boolean {
  return isOwnAddress(address) || (!app.isPackaged && address.startsWith('devtools://'));
}

function closesInDevelopment({ key, alt }: { key: string; alt: boolean }): boolean {
  return !app.isPackaged && alt && key === 'F4';
}
