import { parseArgs } from 'node:util';
import { parseScreenOption, type ScreenChoice } from '../../src/domain/screen.ts';

/** How the app was started. */
export interface StartOptions {
  data?: string;
  sample: boolean;
  /** Asks the kiosk that runs on this data folder to end. */
  quit: boolean;
  /** What displays show by option, counted from 1. */
  screens: Map<number, ScreenChoice>;
}

const OPTIONS = {
  data: { type: 'string' },
  sample: { type: 'boolean' },
  quit: { type: 'boolean' },
  screen: { type: 'string', multiple: true },
} as const;

/** Where the app was started from. */
export type Installation = 'development' | 'installed' | 'appimage';

/**
 * Chromium's own, which it reads itself. None that opens or weakens an installed kiosk; but an AppImage gives itself
 * `--no-sandbox` where the system has no user namespaces.
 */
const CHROMIUM_OPTIONS: Record<Installation, RegExp> = {
  development: /^--(disable-gpu|ozone-platform(-hint)?=\w+|no-sandbox|remote-debugging-port=\d+)$/,
  installed: /^--(disable-gpu|ozone-platform(-hint)?=\w+)$/,
  appimage: /^--(disable-gpu|ozone-platform(-hint)?=\w+|no-sandbox)$/,
};

/** The command line cannot be read; says why. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}

/**
 * The words after `--cli`, for the command line; undefined where a window is wanted.
 * @param args without the executable
 */
export function commandLineOf(args: string[]): string[] | undefined {
  const at = args.indexOf('--cli');
  return at === -1 ? undefined : args.slice(at + 1);
}

/**
 * Reads the options of a start with windows.
 * @param args without the executable and, in development, without the app's folder
 * @throws OptionError for what is none
 */
export function readStartOptions(args: string[], from: Installation): StartOptions {
  const { data, sample = false, quit = false, screen = [] } = parse(args, from);
  if (data === '') throw new OptionError('the folder of --data is missing');
  const screens = new Map<number, ScreenChoice>();
  for (const option of screen) {
    const parsed = parseScreenOption(option);
    if (!parsed) {
      throw new OptionError(
        `--screen ${option} cannot be read; please write gate, wall, show, board or office, for the second display 2=wall`,
      );
    }
    screens.set(parsed.display, parsed.choice);
  }
  return { ...(data !== undefined && { data }), sample, quit, screens };
}

function parse(args: string[], from: Installation) {
  try {
    const own = args.filter((arg) => !CHROMIUM_OPTIONS[from].test(arg));
    return parseArgs({ args: own, options: OPTIONS }).values;
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message : String(error));
  }
}
