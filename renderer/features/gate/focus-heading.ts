/**
 * Gives the focus to a page's heading, unless something on the page has it: so it is read aloud, and Tab goes on from
 * there.
 */
export function focusHeading(page: Element): void {
  const heading = page.querySelector('h1');
  if (!heading || page.contains(document.activeElement)) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
