import { attendanceAt } from '../../domain/board.ts';
import { countsAt } from '../../domain/counts.ts';
import { activityById, activityView, openActivities } from './activity-view.ts';
import type { HandlersOf, Parts } from './parts.ts';
import { arrivalsAt } from './wall.ts';

/** Answers `board.*`. */
export function boardHandlers({ ledger, clock }: Parts): HandlersOf<'board'> {
  return {
    'board.view'({ activityId }) {
      const { state } = ledger;
      const now = clock.now();
      const activity =
        activityId === undefined ? openActivities(state, now)[0] : activityById(state, activityId);
      if (!activity) {
        return {
          now,
          activity: null,
          expected: 0,
          present: 0,
          absent: 0,
          categories: [],
          posts: [],
          arrivals: [],
        };
      }
      const { expected, present, absent, categories } = attendanceAt(state, activity, now);
      const view = activityView(state, activity, now);
      return {
        now,
        activity: view,
        expected,
        present,
        absent,
        categories: categories.map(({ categoryId, ...numbers }) => {
          const category = state.categories.get(categoryId ?? '');
          return {
            categoryId,
            name: category?.name ?? { en: 'Without category', zh: '未分类' },
            colour: category?.colour ?? null,
            ...numbers,
          };
        }),
        posts: countsAt(state, activity, now).posts.map(({ postId, wanted, ...numbers }, index) => {
          const { name, leader } = view.posts[index]!;
          return { postId, name, leader: leader?.name ?? null, expected: wanted, ...numbers };
        }),
        arrivals: arrivalsAt(state, activity, now),
      };
    },
  };
}
