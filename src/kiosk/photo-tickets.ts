import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Tickets that show one photo each, hidden or not. A picture cannot carry a token, its address can carry these. */
export interface PhotoTickets {
  of(photoId: string): string;
  fits(ticket: string | null, photoId: string): boolean;
}

/** Tickets of this process; they end with it. */
export function photoTickets(): PhotoTickets {
  const secret = randomBytes(32);
  const of = (photoId: string) => createHmac('sha256', secret).update(photoId).digest('base64url');
  return {
    of,
    fits(ticket, photoId) {
      const right = Buffer.from(of(photoId));
      const given = Buffer.from(ticket ?? '');
      return given.length === right.length && timingSafeEqual(given, right);
    },
  };
}
