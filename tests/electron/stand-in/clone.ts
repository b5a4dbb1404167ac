/*
 * Structured clone as text, for the way between a page and this process. Both functions are also sent into pages as
 * source, so they may use nothing from outside.
 */

/** Clones the value and writes it down. @throws DataCloneError for what cannot be cloned, such as a function. */
export function encodeClone(value: unknown): string {
  const nodes: unknown[] = [];
  const seen = new Map<unknown, number>();
  function add(one: unknown): number {
    const known = seen.get(one);
    if (known !== undefined) return known;
    const at = nodes.push(null) - 1;
    if (typeof one === 'object' && one !== null) seen.set(one, at);
    nodes[at] = describe(one);
    return at;
  }
  function describe(one: unknown): unknown[] {
    if (one === undefined) return ['undefined'];
    if (typeof one === 'bigint') return ['bigint', String(one)];
    if (typeof one === 'number' && !Number.isFinite(one)) return ['number', String(one)];
    if (typeof one !== 'object' || one === null) return ['plain', one];
    if (one instanceof Date) return ['date', one.getTime()];
    if (one instanceof Map) return ['map', [...one].map(([key, held]) => [add(key), add(held)])];
    if (one instanceof Set) return ['set', [...one].map(add)];
    if (one instanceof Error) return ['error', one.message];
    if (one instanceof ArrayBuffer) return ['bytes', [...new Uint8Array(one)]];
    if (ArrayBuffer.isView(one))
      return ['bytes', [...new Uint8Array(one.buffer, one.byteOffset, one.byteLength)]];
    if (Array.isArray(one)) return ['array', one.map(add)];
    return ['object', Object.entries(one).map(([key, held]) => [key, add(held)])];
  }
  add(structuredClone(value));
  return JSON.stringify(nodes);
}

/** The value that `encodeClone` wrote down. */
export function decodeClone(text: string): unknown {
  const nodes = JSON.parse(text) as [string, never][];
  const made = new Map<number, unknown>();
  function make(at: number): unknown {
    if (made.has(at)) return made.get(at);
    const [kind, held] = nodes[at]! as [string, unknown];
    const keep = <T>(value: T): T => {
      made.set(at, value);
      return value;
    };
    switch (kind) {
      case 'undefined':
        return undefined;
      case 'bigint':
        return BigInt(held as string);
      case 'number':
        return Number(held);
      case 'date':
        return keep(new Date(held as number));
      case 'error':
        return keep(new Error(held as string));
      case 'bytes':
        return keep(new Uint8Array(held as number[]));
      case 'map': {
        const map = keep(new Map<unknown, unknown>());
        for (const [key, value] of held as [number, number][]) map.set(make(key), make(value));
        return map;
      }
      case 'set': {
        const set = keep(new Set<unknown>());
        for (const member of held as number[]) set.add(make(member));
        return set;
      }
      case 'array': {
        const array = keep<unknown[]>([]);
        for (const member of held as number[]) array.push(make(member));
        return array;
      }
      case 'object': {
        const object = keep({});
        for (const [key, member] of held as [string, number][]) {
          // Not by assignment: "__proto__" is a name like any other.
          const value = make(member);
          Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
        }
        return object;
      }
      default:
        return held;
    }
  }
  return make(0);
}
