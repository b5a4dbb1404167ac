import { z } from 'zod';
import type { Bilingual } from '../domain/bilingual.ts';
import type { Show, ShowItem } from '../domain/show.ts';
import { bilingual, changing, id, operation, resultOf } from './operation.ts';
import type { PhotoView } from './photos-api.ts';

/** One picture of a show. `welcome` and `count` are drawn from what the kiosk knows at that moment. */
export type Slide =
  | { kind: 'welcome' }
  | { kind: 'count' }
  | ({ kind: 'photo' } & PhotoView)
  | { kind: 'slogan'; sloganId: string; text: Bilingual };

/** A show, resolved to slides: hidden photos and what was removed are left out. Never empty. */
export interface ShowView {
  /** Null: the show of a kiosk that has none of its own. */
  showId: string | null;
  title: Bilingual;
  secondsPerSlide: number;
  slides: Slide[];
}

const item = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('welcome') }),
  z.strictObject({ kind: z.literal('album'), albumId: id }),
  z.strictObject({ kind: z.literal('all-photos') }),
  z.strictObject({ kind: z.literal('slogan'), sloganId: id }),
  z.strictObject({ kind: z.literal('all-slogans') }),
  z.strictObject({ kind: z.literal('count') }),
]) satisfies z.ZodType<ShowItem>;

const show = z.strictObject({
  showId: id.exactOptional(),
  title: bilingual,
  items: z.array(item).min(1).max(200),
  secondsPerSlide: z.int().min(3).max(120),
});

/** What can be asked about shows. */
export const showsApi = {
  'shows.list': operation('screen', z.strictObject({}), resultOf<{ shows: Show[] }>()),
  /** The named show; without a name the first one, and where there is none, everything. */
  'shows.view': operation('screen', z.strictObject({ showId: id.exactOptional() }), resultOf<ShowView>()),
  'shows.save': operation('editor', changing({ show }), resultOf<{ showId: string }>()),
  'shows.remove': operation('editor', changing({ showId: id }), resultOf<{ showId: string }>()),
};
