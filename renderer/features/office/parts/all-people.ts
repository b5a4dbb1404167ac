import type { Client } from '../../../../src/api/client.ts';
import type { Person } from '../../../../src/domain/person.ts';

/** As many as the kiosk gives at once. */
const AT_ONCE = 500;

/** The whole roster, by pinyin. */
export async function allPeople(client: Client): Promise<Person[]> {
  const people: Person[] = [];
  for (;;) {
    const page = await client.call('people.list', { offset: people.length, limit: AT_ONCE });
    people.push(...page.people);
    if (page.people.length < AT_ONCE) return people;
  }
}
