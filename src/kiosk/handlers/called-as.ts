import type { VisitView } from '../../api/attendance-api.ts';
import type { Person } from '../../domain/person.ts';

/** The name of whom a visit or anything else is about, or that there is none any more. */
export function calledAs(
  person: Person | undefined,
  { personId }: { personId: string },
): Pick<VisitView, 'name' | 'erased'> {
  return person?.erased ? { name: '', erased: true } : { name: person?.name ?? personId };
}
