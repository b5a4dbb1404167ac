import { browse, findPlaces } from '../places.ts';
import type { HandlersOf } from './parts.ts';

/** Answers `places.*`. */
export function placeHandlers(): HandlersOf<'places'> {
  return {
    'places.list': async () => ({ places: await findPlaces() }),
    'places.browse': ({ path }) => browse(path),
  };
}
