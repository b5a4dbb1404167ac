/**
 * Cuts `items` into as few pages of at most `most` as there must be, all about equally long, and returns the page
 * whose turn it is: turns count up for ever.
 */
export function pageAt<Item>(
  items: readonly Item[],
  most: number,
  turn: number,
): { shown: Item[]; page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(items.length / Math.max(1, most)));
  const perPage = Math.ceil(items.length / pages);
  const place = turn % pages;
  return { shown: items.slice(place * perPage, (place + 1) * perPage), page: place + 1, pages };
}
