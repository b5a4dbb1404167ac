const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/** Does the Host header name this kiosk? Guards against DNS rebinding. */
export function isOwnHost(host: string | undefined, port: number): boolean {
  return ownHosts(port).some((own) => host?.toLowerCase() === own);
}

/** Does the call come from one of our own pages, or from no page at all? Guards against cross-site calls. */
export function isOwnOrigin(origin: string | undefined, port: number): boolean {
  if (origin === undefined) return true;
  return ownHosts(port).some((own) => origin.toLowerCase() === `http://${own}`);
}

/** Our names with the port, which browsers leave out where it is 80. */
function ownHosts(port: number): string[] {
  const withPort = LOOPBACK_NAMES.map((name) => `${name}:${port}`);
  return port === 80 ? [...withPort, ...LOOPBACK_NAMES] : withPort;
}
