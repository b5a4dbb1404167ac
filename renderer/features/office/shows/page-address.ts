/**
 * What somebody types into another display's browser to see the page at `path`. In the app there is no address
 * to type: the path names the page there.
 */
export function pageAddress(path: string): string {
  return location.protocol.startsWith('http') ? location.origin + path : path;
}
