import type { State } from '../../src/domain/state.ts';

/** The state as JSON can hold it: maps and sets as lists, in their order. */
export function plainState(state: State): unknown {
  return JSON.parse(
    JSON.stringify(state, (_key, value: unknown) =>
      value instanceof Map ? [...value.entries()] : value instanceof Set ? [...value] : value,
    ),
  );
}
