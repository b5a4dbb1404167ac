const MIB = 1024 * 1024;

/** A number of bytes for people: "12.3 MB". */
export function sizeWords(bytes: number): string {
  if (bytes < MIB) return `${Math.ceil(bytes / 1024)} kB`;
  if (bytes < 1024 * MIB) return `${(bytes / MIB).toFixed(1)} MB`;
  return `${(bytes / 1024 / MIB).toFixed(1)} GB`;
}
