import { expect, test } from 'vitest';
import { roleAllows, ROLES } from '../../../src/domain/role.ts';

test('a role may do what the roles before it may, and nothing above', () => {
  const table = ROLES.map((has) => ROLES.map((needs) => roleAllows(has, needs)));
  for (const [has, row] of table.entries()) {
    expect(row).toEqual(ROLES.map((_, needs) => needs <= has));
  }
});
