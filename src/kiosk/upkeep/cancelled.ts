import { Problem } from '../../domain/problem.ts';

/** Why long work ends that somebody has stopped. */
export function cancelled(): Problem {
  return new Problem('cancelled', {
    en: 'It was stopped before it was done.',
    zh: '已中途停止，尚未完成。',
  });
}
