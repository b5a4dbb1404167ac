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

/** Chromium's own, which it reads itself. */
const CHROMIUM_OPTIONS = /^--(no-sandbox|disable-gpu|ozone-platform(-hint)?=\w+|remote-debugging-port=\d+)$/;

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
export function readStartOptions(args: string[]): StartOptions {
  const { data, sample = false, quit = false, screen = [] } = parse(args);
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

function parse(args: string[]) {
  try {
    const own = args.filter((arg) => !CHROMIUM_OPTIONS.test(arg));
    return parseArgs({ args: own, options: OPTIONS }).values;
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message : String(error));
  }
}
