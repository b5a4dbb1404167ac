import { expectedPeople } from '../../domain/counts.ts';
import type { LeftOut } from '../../domain/decide-roll-call.ts';
import type { LeftAsItIs } from '../../domain/left-out.ts';
import { activityById } from './activity-view.ts';
import { keepAttempt } from './keep-attempt.ts';
import { requireLed, requireVisitsLed } from './led-by.ts';
import { leftOutPerson, withLeftAsItIs } from './left-out.ts';
import type { HandlersOf, Parts } from './parts.ts';
import { personView } from './person-view.ts';

/** Answers `rollCall.*`. */
export function rollCallHandlers({ ledger, clock, finder }: Parts): HandlersOf<'rollCall'> {
  return {
    'rollCall.list'({ activityId, postId, limit }, caller) {
      const { state } = ledger;
      requireLed(state, activityId, caller);
      const activity = activityById(state, activityId);
      const at = clock.now();
      const named = expectedPeople(state, activity);
      const expected = named && new Set(named);
      const views = finder()
        .find('', {
          keep: ({ personId, sample }) => expected?.has(personId) ?? (!sample || !!activity.sample),
        })
        .hits.map(({ person }) => {
          const isShared = finder().isShared(person.name);
          return personView(state, person, { matched: 0, isShared, activity, at });
        });
      const isOfPost = (view: (typeof views)[number]) =>
        postId !== null && (view.visit?.postId ?? view.suggested?.postId) === postId;
      const people = [...views.filter(isOfPost), ...views.filter((view) => !isOfPost(view))];
      return { people: people.slice(0, limit), total: people.length };
    },
    async 'rollCall.call'(input, { role, personId }) {
      const { activityId, postId, personIds } = input;
      const leaderId = personId ?? null;
      const { visitIds, leftOut } = await ledger.run<{ visitIds: string[]; leftOut: LeftOut[] }>(
        { type: 'call-roll', activityId, postId, personIds, leaderId },
        input,
        role,
      );
      const place = { activityId, ...(postId !== null && { postId }) };
      for (const { personId, reason } of leftOut) await keepAttempt(ledger, { ...place, personId }, reason);
      return { visitIds, leftOut: leftOut.map((one) => leftOutPerson(ledger.state, one)) };
    },
    async 'rollCall.undo'(input, caller) {
      requireVisitsLed(ledger.state, input.visitIds, caller);
      const answer = await ledger.run<{ visitIds: string[]; leftOut?: LeftAsItIs[] }>(
        {
          type: 'undo-roll-call',
          visitIds: input.visitIds,
          ...(caller.personId !== undefined && { leaderId: caller.personId }),
        },
        input,
        caller.role,
      );
      return withLeftAsItIs(ledger.state, answer, caller.role);
    },
  };
}
