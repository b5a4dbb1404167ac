/*
 * The parts of the peers that the benchmark uses. They are installed only where somebody runs it, so the type checks
 * must do without them.
 */

declare module 'lowdb/node' {
  export function JSONFilePreset<Data>(
    file: string,
    initial: Data,
  ): Promise<{ data: Data; write(): Promise<void> }>;
}

declare module 'conf' {
  export default class Conf<Item> {
    constructor(options: { cwd: string; accessPropertiesByDotNotation: false });
    store: Record<string, Item>;
    readonly size: number;
    set(key: string, item: Item): void;
  }
}

declare module '@seald-io/nedb' {
  export default class Datastore<Document extends object> {
    constructor(options: { filename: string });
    loadDatabaseAsync(): Promise<void>;
    insertAsync(documents: Document | Document[]): Promise<unknown>;
    getAllData(): Document[];
  }
}

declare module 'classic-level' {
  interface Items<Item> {
    all(): Promise<Item[]>;
  }
  export class ClassicLevel<Value> {
    constructor(folder: string, options: { valueEncoding: 'json' });
    open(): Promise<void>;
    put(key: string, value: Value, options: { sync: true }): Promise<void>;
    batch(puts: { type: 'put'; key: string; value: Value }[], options: { sync: true }): Promise<void>;
    keys(options: { reverse: true; limit: 1 }): Items<string>;
    values(): Items<Value>;
    close(): Promise<void>;
  }
}
