import { randomUUID } from 'node:crypto';
import { withClient } from './kiosk-access.ts';
import { allowOnly, allowWords, ANYWHERE, type Options } from './options.ts';
import { say, type Outcome } from './output.ts';
import { UsageError } from './usage.ts';

/** `muster sample remove`. */
export async function sample(words: string[], options: Options): Promise<Outcome> {
  allowOnly(options, ANYWHERE);
  allowWords(words, 1);
  if (words[0] !== 'remove') throw new UsageError('only "sample remove" is known');
  const { visits } = await withClient(options, (client) =>
    client.call('sample.remove', { gestureId: randomUUID() }),
  );
  return {
    exitCode: 0,
    text: say({
      en: `The sample is removed, with ${visits} sign-ins at its activity.`,
      zh: `示例数据已移除，其活动的 ${visits} 条签到一并移除。`,
    }),
    json: { removed: true, visits },
  };
}
