import { personOfBadge } from '../../domain/badge.ts';
import { offRosterInside } from '../../domain/off-roster.ts';
import { Refusal } from '../../domain/refusal.ts';
import { roleAllows } from '../../domain/role.ts';
import { badgeGuesses } from '../badge-guesses.ts';
import { activityById } from './activity-view.ts';
import type { HandlersOf, Parts } from './parts.ts';
import { personView } from './person-view.ts';

/** Answers `badges.*`. */
export function badgeHandlers({ ledger, clock, finder }: Parts): HandlersOf<'badges'> {
  const guesses = badgeGuesses(clock.uptime);
  return {
    'badges.read'({ badge, activityId }, { role }) {
      const { state } = ledger;
      const mayGuess = roleAllows(role, 'leader');
      if (!mayGuess) guesses.refuseWhileWaiting();
      const at = clock.now();
      const activity = activityId === undefined ? undefined : activityById(state, activityId);
      const person = personOfBadge(state, badge, activity && offRosterInside(state, activity, at));
      if (!person) {
        if (!mayGuess) guesses.noteUnknown();
        throw new Refusal({ code: 'badge-unknown' });
      }
      const isShared = finder().isShared(person.name);
      return {
        person: personView(state, person, { matched: 0, isShared, ...(activity && { activity }), at }),
      };
    },
    'badges.link'(input, { role }) {
      const { personId, badge } = input;
      return ledger.run({ type: 'link-badge', personId, badge }, input, role);
    },
    'badges.unlink': (input, { role }) =>
      ledger.run({ type: 'unlink-badges', personId: input.personId }, input, role),
  };
}
