/** What a display is used for (DESIGN.md section 2). */
export const SCREENS = ['gate', 'wall', 'show', 'board', 'office'] as const;
/** One of the uses of a display. */
export type Screen = (typeof SCREENS)[number];

/** What one display shows; `showId` names the show where there are several. */
export interface ScreenChoice {
  screen: Screen;
  showId?: string;
}

/** The path of a screen's page: `/gate`, `/show/<showId>`. */
export function screenPath({ screen, showId }: ScreenChoice): string {
  return screen === 'show' && showId !== undefined ? `/show/${showId}` : `/${screen}`;
}

/**
 * Reads one `--screen` option: `wall` is for the first display, `2=wall` for the second, `2=show:<showId>` for a
 * show of its own. Displays are counted from 1, the primary one first; 16 at most.
 * @returns undefined when it cannot be read.
 */
export function parseScreenOption(option: string): { display: number; choice: ScreenChoice } | undefined {
  const match = /^(?:(\d{1,2})=)?([a-z]+)(?::([A-Za-z0-9][A-Za-z0-9._-]{0,79}))?$/.exec(option);
  const display = Number(match?.[1] ?? 1);
  const screen = SCREENS.find((known) => known === match?.[2]);
  const showId = match?.[3];
  if (!match || !screen || display < 1 || display > 16) return undefined;
  if (showId !== undefined && screen !== 'show') return undefined;
  return { display, choice: { screen, ...(showId !== undefined && { showId }) } };
}

/**
 * What each of `displays` displays shows: the options first, then the settings, then the gate on the first and the
 * wall on the others.
 */
export function screensOf(
  displays: number,
  settings: readonly ScreenChoice[],
  options: ReadonlyMap<number, ScreenChoice> = new Map(),
): ScreenChoice[] {
  return Array.from(
    { length: displays },
    (_, index): ScreenChoice =>
      options.get(index + 1) ?? settings[index] ?? { screen: index === 0 ? 'gate' : 'wall' },
  );
}
