/** What the store did wrong in one thing that was tried. */
export interface Verdict {
  /** Acknowledged events that are not there as told. */
  lost: number;
  /** Events that are there twice. */
  doubled: number;
  /** Damage or dropped bytes of which nobody was told. */
  silent: number;
  /** Why the store takes nothing until somebody decides, where nothing was damaged. */
  stopped?: string | undefined;
  /** What else is wrong, in words. */
  faults: string[];
}

/** Complaints that are told with their place, and those of one kind; the others are only counted. */
const TOLD = 20;
const TOLD_ALIKE = 2;

/** The first thing that was wrong, where nobody wants to know more. */
export class Wrong extends Error {}

/** Counts what was tried and what came of it. */
export class Tally {
  readonly tried = new Map<string, number>();
  lost = 0;
  doubled = 0;
  silent = 0;
  stopped = 0;
  faults = 0;
  /** Where something was wrong, and what: the first ones. */
  readonly complaints: string[] = [];
  readonly #told = new Map<string, number>();
  readonly #impatient: boolean;

  /** `impatient`: throws `Wrong` at the first thing that is wrong. */
  constructor(impatient = false) {
    this.#impatient = impatient;
  }

  count(kind: string, times = 1): void {
    this.tried.set(kind, (this.tried.get(kind) ?? 0) + times);
  }

  add(where: string, { lost, doubled, silent, stopped, faults }: Verdict): void {
    this.lost += lost;
    this.doubled += doubled;
    this.silent += silent;
    this.faults += faults.length;
    if (stopped !== undefined) this.stopped++;
    if (lost > 0) this.#complain(where, `${lost} acknowledged events are lost`);
    if (doubled > 0) this.#complain(where, `${doubled} events are there twice`);
    if (silent > 0) this.#complain(where, 'damage was accepted in silence');
    if (stopped !== undefined) this.#complain(where, `the store takes nothing: ${stopped}`);
    for (const fault of faults) this.#complain(where, fault);
  }

  get isGood(): boolean {
    return this.lost + this.doubled + this.silent + this.stopped + this.faults === 0;
  }

  get total(): number {
    return [...this.tried.values()].reduce((sum, times) => sum + times, 0);
  }

  /** The line that says it all. */
  get result(): string {
    return (
      `${number(this.total)} states tried: ${this.lost} acknowledged events lost, ${this.doubled} doubled, ` +
      `${this.silent} damages accepted in silence, ${this.stopped} stops without damage, ${this.faults} other faults`
    );
  }

  /** What was tried, a line a kind. */
  get table(): string {
    return Array.from(this.tried, ([kind, times]) => `${number(times).padStart(9)}  ${kind}`).join('\n');
  }

  #complain(where: string, what: string): void {
    if (this.#impatient) throw new Wrong(`${where}: ${what}`);
    const alike = what.replaceAll(/\d+/g, '');
    const told = this.#told.get(alike) ?? 0;
    if (this.complaints.length === TOLD || told === TOLD_ALIKE) return;
    this.#told.set(alike, told + 1);
    this.complaints.push(`${where}: ${what}`);
  }
}

function number(value: number): string {
  return value.toLocaleString('en');
}
