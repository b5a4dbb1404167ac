import type { ActivityRules } from '../../api/activities-api.ts';
import type { Activity } from '../../domain/activity.ts';
import { ACTIVITY_TEMPLATES } from '../../domain/activity-templates.ts';
import { activityById, activityView } from './activity-view.ts';
import type { HandlersOf, Parts } from './parts.ts';

/** Answers `activities.*`. */
export function activityHandlers({ ledger, clock }: Parts): HandlersOf<'activities'> {
  return {
    'activities.list'() {
      const at = clock.now();
      const activities = [...ledger.state.activities.values()].map((activity) =>
        activityView(ledger.state, activity, at),
      );
      return { activities: activities.sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt)) };
    },
    'activities.get'({ activityId }) {
      const activity = activityById(ledger.state, activityId);
      return {
        activity: activityView(ledger.state, activity, clock.now()),
        schedule: activity.schedule,
        expectedIds: activity.expectedIds ?? null,
        rules: rulesOf(activity),
      };
    },
    'activities.save'(input, { role }) {
      return ledger.run({ type: 'save-activity', activity: input.activity }, input, role);
    },
    'activities.remove'(input, { role }) {
      return ledger.run({ type: 'remove-activity', activityId: input.activityId }, input, role);
    },
    'activities.templates': () => ({ templates: ACTIVITY_TEMPLATES }),
  };
}

function rulesOf(activity: Activity): ActivityRules {
  const { capacity, eligible, noGuests, assignments, evidence, closesAfterMinutes } = activity;
  return {
    ...(capacity !== undefined && { capacity }),
    ...(eligible && { eligible }),
    ...(noGuests && { noGuests }),
    ...(assignments && { assignments }),
    ...(evidence && { evidence }),
    ...(closesAfterMinutes !== undefined && { closesAfterMinutes }),
  };
}
