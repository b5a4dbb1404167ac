import type { Bilingual } from './bilingual.ts';

/** Somebody on the roster. */
export interface Person {
  personId: string;
  name: string;
  staffNo?: string;
  team?: string;
  categoryId?: string;
  /** Codes of their badges (`badgeOf`). */
  badges?: string[];
  /** A guest's, who is on no roster. */
  organisation?: string;
  /** Wrote themselves down at the gate: `left` as well, as no roster has them. */
  guest?: true;
  /** The person (personId) whom a guest turned out to be; their visits name that person now. */
  matchedTo?: string;
  /** Taken off the roster, but visits or activities still name them: kept, found by nobody. */
  left?: true;
  /** Erased on request: nothing is kept that says who it was (`erasedPerson`). */
  erased?: true;
  sample?: true;
}

/** That somebody was erased, so that older backups are cleared of them, and a restored one again. */
export interface Receipt {
  personId: string;
  erasedAt: string;
  /** The number of the event that said so. */
  seq: number;
}

/**
 * What is kept of somebody who is erased: the id that their visits name, and the category, which many share and old
 * sheets count by. No team: no sum needs it, and with the times of its visits a team of three says who it was.
 */
export function erasedPerson(personId: string, categoryId: string | undefined): Person {
  return { personId, name: '', ...(categoryId !== undefined && { categoryId }), left: true, erased: true };
}

/** What stands on screens and sheets where the name of somebody was who is erased. */
const ERASED: Bilingual = { en: 'erased', zh: '已删除' };

/** How somebody is called, wherever a name may be of somebody who is erased. */
export function nameWords({ name, erased }: Pick<Person, 'name' | 'erased'>): Bilingual {
  return erased ? ERASED : { en: name, zh: name };
}

/** A person as typed or imported, before the roster has decided whether it knows them. */
export interface PersonDraft {
  personId?: string;
  name: string;
  staffNo?: string;
  team?: string;
  categoryId?: string;
}

/** Does the draft say anything about the person that the roster does not already hold? */
export function wouldChange(person: Person, draft: PersonDraft): boolean {
  return (['name', 'staffNo', 'team', 'categoryId'] as const).some(
    (field) => draft[field] !== undefined && draft[field] !== person[field],
  );
}
