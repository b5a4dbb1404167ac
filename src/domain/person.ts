/** Somebody on the roster. */
export interface Person {
  personId: string;
  name: string;
  staffNo?: string;
  team?: string;
  categoryId?: string;
  /** Taken off the roster, but visits or activities still name them: kept, found by nobody. */
  left?: true;
  sample?: true;
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
