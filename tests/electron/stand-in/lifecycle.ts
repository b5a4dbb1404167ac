/** Fails once the entry module has run: Electron may be ready from then on. */
export function requireBeforeReady(what: string): void {
  if (sealed) throw new Error(`${what} must be called before the app is ready`);
}

/** Fails before Electron is ready. */
export function requireReady(what: string): void {
  if (!ready) throw new Error(`${what} can only be used once the app is ready`);
}

export function setReady(): void {
  ready = true;
}

export function isReady(): boolean {
  return ready;
}

/** From here on it is too late for what must come before ready. */
export function seal(): void {
  sealed = true;
}

let sealed = false;
let ready = false;
