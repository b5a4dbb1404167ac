import { protocol, type Session } from 'electron';

const SCHEME = 'muster';
const HOST = 'app';

/** Where every page of the kiosk lives; no port, no network. */
export const OWN_ADDRESS = `${SCHEME}://${HOST}`;

/** Answers a request for a page, a picture or a file. */
export type Respond = (request: Request) => Promise<Response>;

/** Gives our scheme the rights of a web origin, and none beyond. Only possible before Electron is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}

/** Answers everything below our address with `respond`, whatever the method; other hosts of the scheme get 404. */
export function serveScheme(session: Session, respond: Respond): void {
  session.protocol.handle(SCHEME, (request) =>
    isOwnAddress(request.url) ? respond(request) : new Response(null, { status: 404 }),
  );
}

/** Is it an address of our own pages? */
export function isOwnAddress(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === `${SCHEME}:` && url.host === HOST;
}
