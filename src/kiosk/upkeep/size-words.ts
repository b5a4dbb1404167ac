const MB = 1_000_000;

/** A number of bytes for people, in thousands as the office and file managers count them: "12.3 MB". */
export function sizeWords(bytes: number): string {
  if (bytes < MB) return `${Math.ceil(bytes / 1000)} kB`;
  if (bytes < 1000 * MB) return `${(bytes / MB).toFixed(1)} MB`;
  return `${(bytes / 1000 / MB).toFixed(1)} GB`;
}
