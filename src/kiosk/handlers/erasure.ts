import type { UpkeepParts } from '../upkeep/parts.ts';
import { beginRedaction } from '../upkeep/redaction-work.ts';
import type { Works } from '../upkeep/works.ts';
import type { HandlersOf } from './parts.ts';

type Erasure = Pick<HandlersOf<'upkeep'>, 'upkeep.erase' | 'upkeep.dropTimes'>;

/** Answers what takes people and times out of every file. */
export function erasureHandlers(parts: UpkeepParts, works: Works): Erasure {
  const { ledger } = parts;
  return {
    'upkeep.erase'(input, { role }) {
      const { personIds } = input;
      return beginRedaction(parts, works, 'erase', {}, () =>
        ledger.run({ type: 'erase-people', personIds }, input, role),
      );
    },
    'upkeep.dropTimes'(input, { role }) {
      const { before } = input;
      return beginRedaction(parts, works, 'retention', { timesBefore: before }, () =>
        ledger.run({ type: 'drop-times', before }, input, role),
      );
    },
  };
}
