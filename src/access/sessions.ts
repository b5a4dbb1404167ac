import { randomBytes } from 'node:crypto';

/** A session that nobody renews for so long is over, in milliseconds: a leader's screen stands at the gate. */
const IDLE_LIMIT = { admin: 10 * 60_000, leader: 2 * 60_000 };
/** Sessions at a time; the oldest gives way. */
const MOST = 20;

/** Who opened something and with what: the office with its PIN, or a leader with their own PIN or badge. */
export type Opener = { role: 'admin'; key: string } | { role: 'leader'; personId: string; key: string };

/** Who has opened the office, or a roll-call: tokens that live in memory and end with the process. */
export interface Sessions {
  /** A new token for whoever showed this key: the version of a PIN, or a badge. */
  begin(opener: Opener): string;
  /** Who opened with this token; nobody where it is not good, or where `stillOpens` says no of its key. */
  openerOf(token: string, stillOpens: (opener: Opener) => boolean): Opener | undefined;
  /** A person is at work: the session goes on. What a page asks by itself is no sign of one. */
  renew(token: string): void;
  end(token: string): void;
}

/** Starts with no session; `monotonic` gives milliseconds. */
export function openSessions(monotonic: () => number): Sessions {
  const sessions = new Map<string, { opener: Opener; renewedAt: number }>();
  return {
    begin(opener) {
      const token = randomBytes(32).toString('base64url');
      sessions.set(token, { opener, renewedAt: monotonic() });
      for (const oldest of [...sessions.keys()].slice(0, -MOST)) sessions.delete(oldest);
      return token;
    },
    openerOf(token, stillOpens) {
      const session = sessions.get(token);
      if (!session) return undefined;
      const { opener, renewedAt } = session;
      if (!stillOpens(opener) || monotonic() - renewedAt > IDLE_LIMIT[opener.role]) {
        sessions.delete(token);
        return undefined;
      }
      return opener;
    },
    renew(token) {
      const session = sessions.get(token);
      if (session) session.renewedAt = monotonic();
    },
    end: (token) => void sessions.delete(token),
  };
}
