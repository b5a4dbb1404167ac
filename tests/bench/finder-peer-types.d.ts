/*
 * The parts of the peers that the benchmark uses. They are installed only where somebody runs it, so the type checks
 * must do without them.
 */

declare module 'pinyin-match' {
  const PinyinMatch: { match(input: string, keyword: string): [from: number, to: number] | false };
  export default PinyinMatch;
}

declare module 'fuse.js' {
  export default class Fuse<Item> {
    constructor(items: Item[], options: { keys: string[]; useExtendedSearch: boolean; threshold: number });
    search(pattern: string): { item: Item }[];
  }
}

declare module 'minisearch' {
  export default class MiniSearch<Item> {
    constructor(options: { fields: string[] });
    addAll(items: Item[]): void;
    search(query: string, options: { prefix: boolean }): { id: unknown }[];
  }
}
