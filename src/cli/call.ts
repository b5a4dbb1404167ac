import { randomUUID } from 'node:crypto';
import { contract, type OperationName } from '../api/contract.ts';
import { allowOnly, allowWords, ANYWHERE, required, type Options } from './options.ts';
import { withTransport } from './kiosk-access.ts';
import { say, type Outcome } from './output.ts';
import { UsageError } from './usage.ts';

/** `muster call OPERATION [JSON]`: the result for people, the whole answer with `--json`. A missing gestureId is made. */
export async function call(words: string[], options: Options): Promise<Outcome> {
  allowOnly(options, ANYWHERE);
  allowWords(words, 2);
  const operation = required(words[0], 'OPERATION');
  const input = withGesture(operation, parseInput(words[1] ?? '{}'));
  const answer = await withTransport(options, (transport) => transport.call(operation, input));
  if (answer.ok) return { exitCode: 0, text: JSON.stringify(answer.result, null, 2), json: answer };
  return {
    exitCode: 1,
    text: `${answer.refusal.code}: ${say(answer.refusal.message)}`,
    json: { ok: false, refusal: answer.refusal },
  };
}

/** A terminal's call is a gesture of its own, unless the caller names one. */
function withGesture(operation: string, input: unknown): unknown {
  const schema = Object.hasOwn(contract, operation) ? contract[operation as OperationName].input : undefined;
  if (schema === undefined || !('gestureId' in schema.shape)) return input;
  return input !== null && typeof input === 'object' ? { gestureId: randomUUID(), ...input } : input;
}

function parseInput(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`the input is no JSON: ${error.message}`);
    throw error;
  }
}
