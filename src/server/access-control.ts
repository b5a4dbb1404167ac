const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/** Does the Host header name this kiosk? Guards against DNS rebinding. */
export function isOwnHost(host: string | undefined, port: number): boolean {
  return LOOPBACK_NAMES.some((name) => host?.toLowerCase() === `${name}:${port}`);
}

/** Does the call come from one of our own pages, or from no page at all? Guards against cross-site calls. */
export function isOwnOrigin(origin: string | undefined, port: number): boolean {
  if (origin === undefined) return true;
  return LOOPBACK_NAMES.some((name) => origin.toLowerCase() === `http://${name}:${port}`);
}
