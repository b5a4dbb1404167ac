import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with the page by WCAG 2.2 AA, one line a rule and element. */
export async function axeViolations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      resultTypes: ['violations'],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
    );
  });
}

/**
 * What axe cannot see: targets under 20 mm (11.2 rem, see renderer/styles/tokens.css), targets that overlap,
 * texts that are cut off or leave their card or the screen. The office has targets of 44 pixels, and what is
 * scrolled out of sight or lies behind a dialog is not looked at.
 */
export async function layoutProblems(page: Page, where: 'gate' | 'office' = 'gate'): Promise<string[]> {
  return page.evaluate((inOffice) => {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const least = inOffice ? 44 : 11.2 * rem - 1;
    const problems: string[] = [];
    const screen = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    type Box = typeof screen;

    const isWithinReach = (element: Element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      const corners = [left + 2, right - 2].flatMap((x) => [top + 2, bottom - 2].map((y) => [x, y] as const));
      return corners.every(([x, y]) => {
        const hit = x < innerWidth && document.elementFromPoint(x, y);
        return x >= innerWidth || (hit && (element.contains(hit) || hit.contains(element)));
      });
    };
    const isSeen = (element: Element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      (!inOffice || isWithinReach(element));
    const nameOf = (element: Element) =>
      `<${element.tagName.toLowerCase()} ${element.className}> "${element.textContent.trim().slice(0, 40)}"`;
    const inside = (inner: Box, outer: Box) =>
      inner.left >= outer.left - 1 &&
      inner.top >= outer.top - 1 &&
      inner.right <= outer.right + 1 &&
      inner.bottom <= outer.bottom + 1;

    if (inOffice) {
      const sideways = [...document.querySelectorAll('main, dialog .body, body')].filter(
        (element) => element.scrollWidth > element.clientWidth + 1,
      );
      for (const element of sideways) problems.push(`scrolls sideways: ${nameOf(element)}`);
    }
    // A box to tick is as large as the label around it.
    const labelOf = (target: Element) => target.closest('label') ?? target;
    // Behind a dialog of the gate nothing can be touched.
    const reachable = document.querySelector('dialog:modal, [aria-modal=true]') ?? document;
    const targets = [
      ...(inOffice ? document : reachable).querySelectorAll(
        inOffice ? 'button, input, select' : 'button, input',
      ),
    ]
      .map((target) => (target.matches('[type=checkbox], [type=radio]') ? labelOf(target) : target))
      .filter(isSeen);
    const boxes = targets.map((target) => target.getBoundingClientRect());
    targets.forEach((target, index) => {
      const box = boxes[index]!;
      const { offsetWidth, offsetHeight } = target as HTMLElement;
      if (offsetWidth < least || offsetHeight < least) {
        problems.push(`too small: ${nameOf(target)} ${offsetWidth / rem} x ${offsetHeight / rem} rem`);
      }
      if (!inside(box, screen)) problems.push(`off the screen: ${nameOf(target)}`);
      boxes.slice(index + 1).forEach((other, offset) => {
        const apart =
          box.right <= other.left + 1 ||
          other.right <= box.left + 1 ||
          box.bottom <= other.top + 1 ||
          other.bottom <= box.top + 1;
        if (!apart) problems.push(`overlap: ${nameOf(target)} and ${nameOf(targets[index + 1 + offset]!)}`);
      });
    });

    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const parent = node.parentElement;
      if (!parent || !node.textContent?.trim() || !isSeen(parent) || parent.closest('.unseen')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const card =
        parent.closest('button, dialog, .brick, .course > span, footer, header, section') ?? document.body;
      const frame = card.getBoundingClientRect();
      for (const rect of range.getClientRects()) {
        // A font's line box is taller than its ink: an eighth above and below carries none.
        const air = rect.height / 8;
        const box = { left: rect.left, right: rect.right, top: rect.top + air, bottom: rect.bottom - air };
        if (!inside(box, screen)) problems.push(`text off the screen: ${nameOf(parent)}`);
        else if (!inside(box, frame))
          problems.push(`text leaves its card: ${nameOf(parent)} in ${nameOf(card)}`);
      }
    }
    return [...new Set(problems)];
  }, where === 'office');
}
