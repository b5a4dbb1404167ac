import { SCREENS, type ScreenChoice } from '../../../../src/domain/screen.ts';

/** A choice as the value of an option: `wall`, `show:<showId>`. */
export function keyOf({ screen, showId }: ScreenChoice): string {
  return showId === undefined ? screen : `${screen}:${showId}`;
}

/** The choice behind the value of an option. @throws Error for what `keyOf` does not write. */
export function choiceOf(key: string): ScreenChoice {
  const [name, showId] = key.split(':');
  const screen = SCREENS.find((known) => known === name);
  if (!screen) throw new Error(`no screen: ${key}`);
  return showId === undefined ? { screen } : { screen, showId };
}
