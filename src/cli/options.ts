import { parseArgs } from 'node:util';
import { UsageError } from './usage.ts';

const OPTIONS = {
  data: { type: 'string' },
  url: { type: 'string' },
  pin: { type: 'string' },
  date: { type: 'string' },
  json: { type: 'boolean' },
  port: { type: 'string' },
  sample: { type: 'boolean' },
  yes: { type: 'boolean' },
  album: { type: 'string' },
  format: { type: 'string' },
  out: { type: 'string' },
  'without-photos': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/** The command line as read. */
export interface Options {
  data?: string;
  url?: string;
  /** With `--url`: the office's PIN, to act as staff. */
  pin?: string;
  date?: string;
  json?: boolean;
  port?: string;
  sample?: boolean;
  /** Somebody has read what cannot be taken back. */
  yes?: boolean;
  album?: string;
  format?: string;
  out?: string;
  'without-photos'?: boolean;
  help?: boolean;
  version?: boolean;
}

/** Splits the arguments into words and options. @throws UsageError for what is none. */
export function readCommandLine(args: string[]): { words: string[]; options: Options } {
  const { positionals, values } = parse(args);
  if (values.data !== undefined) required(values.data, 'the folder of --data');
  return { words: positionals, options: values };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Fails when an option is given that the command does not take. */
export function allowOnly(options: Options, allowed: (keyof Options)[]): void {
  const common: (keyof Options)[] = ['json', 'help', 'data'];
  for (const name of Object.keys(options) as (keyof Options)[]) {
    if (!common.includes(name) && !allowed.includes(name))
      throw new UsageError(`--${name} does not belong here`);
  }
}

/** What a command takes that works on a kiosk near or far: its data folder, or its address with the PIN. */
export const ANYWHERE: (keyof Options)[] = ['url', 'pin'];

/** Fails when a PIN is given where none is needed. */
export function allowPinWithUrlOnly({ url, pin }: Options): void {
  if (pin !== undefined && url === undefined)
    throw new UsageError('--pin belongs to --url; --data needs none');
}

/** Fails when there are more words than the command takes. */
export function allowWords(words: string[], most: number): void {
  if (words.length > most) throw new UsageError(`"${words[most]}" is one word too many`);
}

/** The value, which must be given. @throws UsageError */
export function required(value: string | undefined, what: string): string {
  if (value === undefined || value === '') throw new UsageError(`${what} is missing`);
  return value;
}
