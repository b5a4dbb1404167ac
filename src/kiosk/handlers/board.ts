import { attendanceAt } from '../../domain/board.ts';
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
          inside: 0,
          onLeave: 0,
          absent: 0,
          categories: [],
          posts: [],
          arrivals: [],
        };
      }
      const { categories, posts, ...numbers } = attendanceAt(state, activity, now);
      const view = activityView(state, activity, now);
      return {
        now,
        activity: view,
        ...numbers,
        categories: categories.map(({ categoryId, ...ofCategory }) => {
          const category = state.categories.get(categoryId ?? '');
          return {
            categoryId,
            name: category?.name ?? { en: 'Without category', zh: '未分类' },
            colour: category?.colour ?? null,
            ...ofCategory,
          };
        }),
        posts: posts.map(({ postId, wanted, ...ofPost }, index) => {
          const { name, leader } = view.posts[index]!;
          return { postId, name, leader: leader?.name ?? null, expected: wanted, ...ofPost };
        }),
        arrivals: arrivalsAt(state, activity, now),
      };
    },
  };
}
