import { EventEmitter } from 'node:events';

/** The object, but a member that it does not have throws instead of being undefined. */
export function strict<T extends object>(name: string, object: T): T {
  return new Proxy(object, {
    get(target, key) {
      // `then` is asked for by every await.
      if (typeof key === 'symbol' || key === 'then' || key in target) {
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      }
      throw new Error(`the stand-in has no ${name}.${key}`);
    },
    set(_target, key) {
      throw new Error(`the stand-in does not let ${name}.${String(key)} be set`);
    },
  });
}

/** Fails for options that the stand-in does not know, so that none is silently without effect. */
export function onlyKnown(what: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw new Error(`the stand-in does not know ${what} ${unknown.join(', ')}`);
}

/** An emitter on which only known events can be listened for. */
export class StrictEmitter extends EventEmitter {
  readonly #what: string;
  readonly #known: ReadonlySet<string>;

  constructor(what: string, known: readonly string[]) {
    super();
    this.#what = what;
    this.#known = new Set(known);
  }

  override on(event: string, listener: (...args: never[]) => void): this {
    return super.on(this.#check(event), listener as (...args: unknown[]) => void);
  }

  override once(event: string, listener: (...args: never[]) => void): this {
    return super.once(this.#check(event), listener as (...args: unknown[]) => void);
  }

  #check(event: string): string {
    if (!this.#known.has(event)) throw new Error(`the stand-in knows no event "${event}" of ${this.#what}`);
    return event;
  }
}

/** An event that a listener can prevent. */
export interface Preventable {
  preventDefault(): void;
  defaultPrevented: boolean;
}

export function preventable<T extends object>(details: T): T & Preventable {
  const event = {
    ...details,
    defaultPrevented: false,
    preventDefault: () => void (event.defaultPrevented = true),
  };
  return event;
}
