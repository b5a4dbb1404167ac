/*
 * The token of whoever has opened the office in this window. It lives in memory only, so that a reload, a
 * restart or somebody else's window is without it.
 */
let token: string | undefined;

/** The token to send along with calls and uploads. */
export function currentToken(): string | undefined {
  return token;
}

export function keepToken(given: string): void {
  token = given;
}

export function dropToken(): void {
  token = undefined;
}

export function hasToken(): boolean {
  return token !== undefined;
}
