import type { Answer, RefusalView } from './answer.ts';
import type { CallInput, OperationName, Result, Topic } from './contract.ts';

/** How calls travel: in process, over IPC, over HTTP. The conformance suite runs over each. */
export interface Transport {
  /** `token`: who calls, from `access.unlock`; without one a screen does. */
  call(operation: string, input: unknown, token?: string): Promise<Answer>;
  /** Calls `onChange` with each topic that changed; the returned function stops that. */
  subscribe(topics: readonly Topic[], onChange: (topic: Topic) => void): () => void;
}

/** A call that was answered with "no"; `message` is the English wording. */
export class CallRefused extends Error {
  override readonly name = 'CallRefused';
  readonly refusal: RefusalView;

  constructor(refusal: RefusalView) {
    super(refusal.message.en);
    this.refusal = refusal;
  }
}

/** The kiosk as a screen sees it: typed calls and changes. */
export interface Client {
  /** Resolves with the result; rejects with `CallRefused` for a "no", with another error when the way is cut. */
  call<Name extends OperationName>(operation: Name, input: CallInput<Name>): Promise<Result<Name>>;
  subscribe: Transport['subscribe'];
}

/** The typed client over any transport; `token` is asked before each call for who calls. */
export function createClient(
  transport: Transport,
  token: () => string | undefined = () => undefined,
): Client {
  return {
    async call(operation, input) {
      const answer = await transport.call(operation, input, token());
      if (!answer.ok) throw new CallRefused(answer.refusal);
      return answer.result as Result<typeof operation>;
    },
    subscribe: (topics, onChange) => transport.subscribe(topics, onChange),
  };
}
