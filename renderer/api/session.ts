/*
 * The token of whoever has opened the office in this window. It lives in memory only, so that a reload, a
 * restart or somebody else's window is without it.
 */
let token: string | undefined;

/** The token to send along with calls and uploads. */
export function currentToken(): string | undefined {
  return token;
}

/** From now on calls are made as whoever has this token. */
export function keepToken(given: string): void {
  token = given;
}

/** From now on calls are a screen's. */
export function dropToken(): void {
  token = undefined;
}

/** Does this window have one? */
export function hasToken(): boolean {
  return token !== undefined;
}
