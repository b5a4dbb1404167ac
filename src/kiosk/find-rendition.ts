import { LARGE_EDGE, mayBeSeen, RENDITION_EDGES, type Photo } from '../domain/photo.ts';
import type { FindRendition } from '../web/photo-responder.ts';
import type { Parts } from './handlers/parts.ts';
import type { PhotoCopies } from './photo-copies.ts';
import type { PhotoTickets } from './photo-tickets.ts';

const [, SCREEN_EDGE] = RENDITION_EDGES;

/**
 * Finds the file of a picture that may be seen, or, with the ticket for it, of any. The largest copy is made when it is
 * first asked for, and only of photos that have more to show than the next smaller one.
 */
export function renditionFinder(
  { ledger, clock, files }: Parts,
  tickets: PhotoTickets,
  copies: PhotoCopies,
): FindRendition {
  return async (photoId, edge, ticket) => {
    const photo = ledger.state.photos.get(photoId);
    if (!photo || !isEdge(edge)) return undefined;
    const seen = mayBeSeen(photo, ledger.state.albums.get(photo.albumId), clock.now());
    if (!seen && !tickets.fits(ticket, photoId)) return undefined;
    if (edge !== LARGE_EDGE) return files.rendition(photoId, edge, photo.turned);
    if (longEdgeOf(photo) <= SCREEN_EDGE) return files.rendition(photoId, SCREEN_EDGE, photo.turned);
    return copies.large(photoId);
  };
}

function longEdgeOf({ width, height }: Photo): number {
  return Math.max(width, height);
}

function isEdge(edge: number): edge is (typeof RENDITION_EDGES)[number] | typeof LARGE_EDGE {
  return edge === LARGE_EDGE || (RENDITION_EDGES as readonly number[]).includes(edge);
}
