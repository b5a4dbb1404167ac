import { randomBytes } from 'node:crypto';

/** A session that nobody uses for so long is over, in milliseconds. */
const IDLE_LIMIT = 10 * 60_000;
/** Sessions at a time; the oldest gives way. */
const MOST = 20;

/** Who has opened the office: tokens that live in memory and end with the process. */
export interface Sessions {
  /** A new token for whoever knew the PIN of that version. */
  begin(pinVersion: string): string;
  /** Is the token good, and its PIN still the present one? Uses it. */
  isOpen(token: string, pinVersion: string | undefined): boolean;
  end(token: string): void;
}

/** Starts with no session; `monotonic` gives milliseconds. */
export function openSessions(monotonic: () => number): Sessions {
  const sessions = new Map<string, { pinVersion: string; usedAt: number }>();
  return {
    begin(pinVersion) {
      const token = randomBytes(32).toString('base64url');
      sessions.set(token, { pinVersion, usedAt: monotonic() });
      for (const oldest of [...sessions.keys()].slice(0, -MOST)) sessions.delete(oldest);
      return token;
    },
    isOpen(token, pinVersion) {
      const session = sessions.get(token);
      if (!session) return false;
      const now = monotonic();
      if (session.pinVersion !== pinVersion || now - session.usedAt > IDLE_LIMIT) {
        sessions.delete(token);
        return false;
      }
      session.usedAt = now;
      return true;
    },
    end: (token) => void sessions.delete(token),
  };
}
