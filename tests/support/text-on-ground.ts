import type { Page } from 'playwright-core';

/**
 * Every text within `selector` that has less than `least` to one against the worst pixel of what it stands on, be it
 * plain, a gradient or a picture: the page is painted without its letters, and looked at where they were. The page
 * stays without them.
 */
export async function paleTextsOnGround(page: Page, selector: string, least: number): Promise<string[]> {
  await page.evaluate((within) => {
    const parts = document.querySelectorAll<HTMLElement>(`${within}, ${within} *`);
    for (const part of parts) part.style.setProperty('-webkit-text-fill-color', 'transparent');
  }, selector);
  const picture = (await page.screenshot()).toString('base64');
  return page.evaluate(
    async ([within, wanted, painted]) => {
      const lightOf = (red: number, green: number, blue: number) => {
        const linear = (value: number) =>
          value <= 0.04045 * 255 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
      };
      const bytes = Uint8Array.from(atob(painted), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
      canvas.drawImage(bitmap, 0, 0);

      /** The middle half of a line: above and below it what is around the text may begin. */
      const worstRatio = (colour: string, { left, top, width, height }: DOMRect) => {
        const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
        const text = lightOf(red, green, blue);
        const { data } = canvas.getImageData(left, top + height / 4, Math.ceil(width), Math.ceil(height / 2));
        let worst = Infinity;
        for (let at = 0; at < data.length; at += 4) {
          const ground = lightOf(data[at]!, data[at + 1]!, data[at + 2]!);
          worst = Math.min(worst, (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05));
        }
        return worst;
      };

      const pale: string[] = [];
      const texts = document.createTreeWalker(document.querySelector(within)!, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const parent = node.parentElement!;
        if (!node.textContent?.trim() || !parent.checkVisibility()) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const { color } = getComputedStyle(parent);
        const ratio = Math.min(...[...range.getClientRects()].map((line) => worstRatio(color, line)));
        if (ratio < wanted) pale.push(`${node.textContent.trim().slice(0, 30)}: ${ratio.toFixed(2)}`);
      }
      return pale;
    },
    [selector, least, picture] as const,
  );
}
