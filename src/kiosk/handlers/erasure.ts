import type { UpkeepParts } from '../upkeep/parts.ts';
import { startRedaction, type Redacting } from '../upkeep/redaction-work.ts';
import type { Works } from '../upkeep/works.ts';
import type { HandlersOf } from './parts.ts';

type Erasure = Pick<HandlersOf<'upkeep'>, 'upkeep.erase' | 'upkeep.dropTimes'>;

/** Answers what takes people and times out of every file. */
export function erasureHandlers(parts: UpkeepParts, works: Works): Erasure {
  const { ledger } = parts;
  return {
    'upkeep.erase'(input, { role }) {
      const { personIds } = input;
      const erase = () => ledger.run({ type: 'erase-people', personIds }, input, role);
      return begun(startRedaction(parts, works, { kind: 'erase', allBackups: true }, erase));
    },
    'upkeep.dropTimes'(input, { role }) {
      const { before } = input;
      const drop = () => ledger.run({ type: 'drop-times', before }, input, role);
      return begun(startRedaction(parts, works, { kind: 'retention', allBackups: true }, drop));
    },
  };
}

/** Work goes on after the answer; what becomes of it stands in `upkeep.state`. */
async function begun({ workId, recorded }: Redacting): Promise<{ workId: string }> {
  await recorded;
  return { workId };
}
