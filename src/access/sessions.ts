import { randomBytes } from 'node:crypto';

/** A session that nobody renews for so long is over, in milliseconds. */
const IDLE_LIMIT = 10 * 60_000;
/** Sessions at a time; the oldest gives way. */
const MOST = 20;

/** Who has opened the office: tokens that live in memory and end with the process. */
export interface Sessions {
  /** A new token for whoever knew the PIN of that version. */
  begin(pinVersion: string): string;
  /** Is the token good, and its PIN still the present one? */
  isOpen(token: string, pinVersion: string | undefined): boolean;
  /** A person is at work: the session goes on. What a page asks by itself is no sign of one. */
  renew(token: string): void;
  end(token: string): void;
}

/** Starts with no session; `monotonic` gives milliseconds. */
export function openSessions(monotonic: () => number): Sessions {
  const sessions = new Map<string, { pinVersion: string; renewedAt: number }>();
  return {
    begin(pinVersion) {
      const token = randomBytes(32).toString('base64url');
      sessions.set(token, { pinVersion, renewedAt: monotonic() });
      for (const oldest of [...sessions.keys()].slice(0, -MOST)) sessions.delete(oldest);
      return token;
    },
    isOpen(token, pinVersion) {
      const session = sessions.get(token);
      if (!session) return false;
      if (session.pinVersion !== pinVersion || monotonic() - session.renewedAt > IDLE_LIMIT) {
        sessions.delete(token);
        return false;
      }
      return true;
    },
    renew(token) {
      const session = sessions.get(token);
      if (session) session.renewedAt = monotonic();
    },
    end: (token) => void sessions.delete(token),
  };
}
