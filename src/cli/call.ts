import { allowOnly, allowWords, required, type Options } from './options.ts';
import { withTransport } from './kiosk-access.ts';
import { say, type Outcome } from './output.ts';
import { UsageError } from './usage.ts';

/** `muster call OPERATION [JSON]`: the result for people, the whole answer with `--json`. */
export async function call(words: string[], options: Options): Promise<Outcome> {
  allowOnly(options, ['url']);
  allowWords(words, 2);
  const operation = required(words[0], 'OPERATION');
  const input = parseInput(words[1] ?? '{}');
  const answer = await withTransport(options, (transport) => transport.call(operation, input));
  if (answer.ok) return { exitCode: 0, text: JSON.stringify(answer.result, null, 2), json: answer };
  return {
    exitCode: 1,
    text: `${answer.refusal.code}: ${say(answer.refusal.message)}`,
    json: { ok: false, refusal: answer.refusal },
  };
}

function parseInput(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`the input is no JSON: ${error.message}`);
    throw error;
  }
}
