/* Chromium has no scheme of ours: muster://app/ is https://app.muster.invalid/ there, which no network knows. */

/** The address as Electron's listeners and handlers see it. */
export function toElectron(address: string): string {
  return address.replace(/^https:\/\/([\w-]+)\.([\w-]+)\.invalid(?=[/?#]|$)/, '$2://$1');
}

/** The address as Chromium loads it; only `schemes` are ours. */
export function toChromium(address: string, schemes: Iterable<string>): string {
  for (const scheme of schemes) {
    const own = new RegExp(`^${scheme}://([\\w-]+)(?=[/?#]|$)`);
    if (own.test(address)) return address.replace(own, `https://$1.${scheme}.invalid`);
  }
  return address;
}
