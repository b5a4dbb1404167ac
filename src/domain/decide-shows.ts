import type { Command } from './command.ts';
import type { Decision, Next } from './decision.ts';
import { Refusal } from './refusal.ts';
import type { State } from './state.ts';

/** Saves a slogan: new without an id, changed with one. */
export function saveSlogan(
  state: State,
  next: Next,
  draft: Extract<Command, { type: 'save-slogan' }>['slogan'],
): Decision {
  const known = draft.sloganId === undefined ? undefined : state.slogans.get(draft.sloganId);
  if (draft.sloganId !== undefined && !known) throw new Refusal({ code: 'slogan-unknown' });
  const slogan = {
    ...draft,
    sloganId: draft.sloganId ?? next.id,
    ...(known?.sample && { sample: true as const }),
  };
  return { event: { type: 'slogan-saved', data: { slogan } }, answer: { sloganId: slogan.sloganId } };
}

/** Takes a slogan down; a show that names it goes on without. */
export function removeSlogan(state: State, sloganId: string): Decision {
  if (!state.slogans.has(sloganId)) throw new Refusal({ code: 'slogan-unknown' });
  return { event: { type: 'slogan-removed', data: { sloganId } }, answer: { sloganId } };
}

/** Saves a show: new without an id, replaced with one. Albums and slogans it names must exist. */
export function saveShow(
  state: State,
  next: Next,
  draft: Extract<Command, { type: 'save-show' }>['show'],
): Decision {
  if (draft.showId !== undefined && !state.shows.has(draft.showId))
    throw new Refusal({ code: 'show-unknown' });
  for (const item of draft.items) {
    if (item.kind === 'album' && !state.albums.has(item.albumId))
      throw new Refusal({ code: 'album-unknown' });
    if (item.kind === 'slogan' && !state.slogans.has(item.sloganId)) {
      throw new Refusal({ code: 'slogan-unknown' });
    }
  }
  const show = { ...draft, showId: draft.showId ?? next.id };
  return { event: { type: 'show-saved', data: { show } }, answer: { showId: show.showId } };
}

/** Removes a show. */
export function removeShow(state: State, showId: string): Decision {
  if (!state.shows.has(showId)) throw new Refusal({ code: 'show-unknown' });
  return { event: { type: 'show-removed', data: { showId } }, answer: { showId } };
}
