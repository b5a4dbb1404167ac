import type { PostView } from '../../../../src/api/activities-api.ts';
import type { VisitView } from '../../../../src/api/attendance-api.ts';
import { useWords } from '../../../composables/useWords.ts';

/** What is worth a word about a visit beside its times: who called it, guest, badge, late, early, earlier posts. */
export function useVisitNotes() {
  const { t, words, timeOf } = useWords();
  const length = (count: number) => t('officeVisits.minutes', { count });

  return function notesOf(visit: VisitView, posts: readonly PostView[]): string[] {
    const {
      vouchedBy,
      guest,
      by,
      lateMinutes,
      earlyMinutes,
      staysToEnd,
      signOut,
      earlierPosts,
      timeDropped,
    } = visit;
    const nameOf = (postId: string | null) => {
      const post = posts.find((one) => one.postId === postId);
      return post ? words(post.name) : t('officeVisits.noPostBefore');
    };
    const vouched =
      vouchedBy !== undefined &&
      (vouchedBy ? t('officeVisits.vouched', { name: vouchedBy }) : t('officeVisits.vouchedStaff'));
    return [
      guest && t('officeVisits.guest'),
      vouched,
      by === 'badge' && t('officeVisits.byBadge'),
      lateMinutes !== undefined && t('officeVisits.late', { length: length(lateMinutes) }),
      earlyMinutes !== undefined && t('officeVisits.early', { length: length(earlyMinutes) }),
      !timeDropped &&
        signOut?.replaced &&
        t('officeVisits.endBefore', {
          time: timeOf(signOut.replaced.at),
          how: t(`officeVisits.how.${signOut.replaced.how}`),
        }),
      staysToEnd && !signOut && t('officeVisits.stays'),
      earlierPosts && t('officeVisits.before', { posts: earlierPosts.map(nameOf).join(' → ') }),
    ].filter((note) => typeof note === 'string');
  };
}
