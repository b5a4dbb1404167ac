/** Who may do what, from least to most: each role may do everything the ones before it may. */
export const ROLES = ['screen', 'leader', 'guard', 'editor', 'admin'] as const;
/** What a caller may do. */
export type Role = (typeof ROLES)[number];

/** May somebody with role `has` do what asks for role `needs`? */
export function roleAllows(has: Role, needs: Role): boolean {
  return ROLES.indexOf(has) >= ROLES.indexOf(needs);
}
