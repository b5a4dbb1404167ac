import type { ShowView, Slide } from '../../api/shows-api.ts';
import { Refusal } from '../../domain/refusal.ts';
import { DEFAULT_SHOW, type Show, type ShowItem } from '../../domain/show.ts';
import type { State } from '../../domain/state.ts';
import type { HandlersOf, Parts } from './parts.ts';
import { shownPhotos } from './photos.ts';

/** Answers `shows.*`. */
export function showHandlers({ ledger, clock }: Parts): HandlersOf<'shows'> {
  return {
    'shows.list': () => ({ shows: [...ledger.state.shows.values()] }),
    'shows.view'({ showId }) {
      const { shows } = ledger.state;
      const show = showId === undefined ? shows.values().next().value : shows.get(showId);
      if (showId !== undefined && !show) throw new Refusal({ code: 'show-unknown' });
      return showView(ledger.state, show, clock.now());
    },
    'shows.save'(input, { role }) {
      return ledger.run({ type: 'save-show', show: input.show }, input, role);
    },
    'shows.remove'(input, { role }) {
      return ledger.run({ type: 'remove-show', showId: input.showId }, input, role);
    },
  };
}

function showView(state: State, show: Show | undefined, now: string): ShowView {
  const { title, items, secondsPerSlide } = show ?? DEFAULT_SHOW;
  const slides = items.flatMap((item) => slidesOf(state, item, now));
  return {
    showId: show?.showId ?? null,
    title,
    secondsPerSlide,
    slides: slides.length > 0 ? slides : [{ kind: 'welcome' }],
  };
}

function slidesOf(state: State, item: ShowItem, now: string): Slide[] {
  switch (item.kind) {
    case 'welcome':
    case 'count':
      return [{ kind: item.kind }];
    case 'album':
      return photoSlides(state, now, item.albumId);
    case 'all-photos':
      return photoSlides(state, now);
    case 'slogan': {
      const slogan = state.slogans.get(item.sloganId);
      return slogan ? [{ kind: 'slogan', sloganId: slogan.sloganId, text: slogan.text }] : [];
    }
    case 'all-slogans':
      return Array.from(state.slogans.values(), ({ sloganId, text }) => ({ kind: 'slogan', sloganId, text }));
  }
}

function photoSlides(state: State, now: string, albumId?: string): Slide[] {
  return shownPhotos(state, now, albumId).map((photo) => ({ kind: 'photo', ...photo }));
}
