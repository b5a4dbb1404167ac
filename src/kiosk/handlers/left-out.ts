import type { LeftAsItIsView, LeftOutPerson } from '../../api/roll-call-api.ts';
import { refusalWords } from '../../api/refusal-words.ts';
import type { LeftOut } from '../../domain/decide-roll-call.ts';
import type { LeftAsItIs } from '../../domain/left-out.ts';
import { maskedName } from '../../domain/names-shown.ts';
import { roleAllows, type Role } from '../../domain/role.ts';
import type { State } from '../../domain/state.ts';
import { calledAs } from './called-as.ts';

/** Whom a roll-call left out, with the name and the words. */
export function leftOutPerson(state: State, { personId, reason }: LeftOut): LeftOutPerson {
  const { name } = calledAs(state.people.get(personId), { personId });
  const { code, ...details } = reason;
  return { personId, name, refusal: { code, message: refusalWords(reason), ...details } };
}

/**
 * What undoing several left as it was, with names as the role may see them. `leftOut` is missing in answers that were
 * given when all or nothing was undone.
 */
export function withLeftAsItIs(
  state: State,
  { visitIds, leftOut = [] }: { visitIds: string[]; leftOut?: LeftAsItIs[] },
  role: Role,
): { visitIds: string[]; leftOut: LeftAsItIsView[] } {
  const views = leftOut.map(({ visitId, reason }) => {
    const personId = state.visits.get(visitId)?.personId ?? '';
    const person = leftOutPerson(state, { personId, reason });
    const name = roleAllows(role, 'leader') ? person.name : maskedName(person.name, state.settings.names);
    return { visitId, ...person, name };
  });
  return { visitIds, leftOut: views };
}
