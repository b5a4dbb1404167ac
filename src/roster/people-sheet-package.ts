import { inflateRawSync } from 'node:zlib';
import { protectedFile, tooLarge, unreadable, wrongKind } from './people-file-problems.ts';
import { MAX_UNPACKED } from './people-file-rows.ts';

/** The files inside a workbook. */
export interface SheetPackage {
  has(path: string): boolean;
  /**
   * The bytes of one file, none where there is no such file. All together never unpack to more than the limit,
   * whatever their headers say.
   * @throws Problem `people-file-too-large` or `people-file-unreadable`.
   */
  unpack(path: string): Uint8Array | undefined;
}

interface Entry {
  path: string;
  method: number;
  encrypted: boolean;
  packed: number;
  unpacked: number;
  /** Where the entry's local header begins. */
  at: number;
}

const END = 0x06054b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
const [STORED, DEFLATED] = [0, 8];

/** In a 32-bit field: the value stands in the ZIP64 extra field. */
const ELSEWHERE = 0xffffffff;

/**
 * Reads the directory of a workbook (a ZIP file) and nothing else yet.
 * @throws Problem when it is damaged, another kind of file, protected or too large.
 */
export function openSheetPackage(bytes: Uint8Array): SheetPackage {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = readDirectory(view, bytes);
  checkKind(entries);
  let left = MAX_UNPACKED;
  const declared = [...entries.values()].reduce((sum, { unpacked }) => sum + unpacked, 0);
  if (declared > left) throw tooLarge(MAX_UNPACKED, true);
  return {
    has: (path) => entries.has(path),
    unpack(path) {
      const entry = entries.get(path);
      if (!entry) return undefined;
      const content = inflate(entry, packedBytes(view, bytes, entry), left);
      left -= content.byteLength;
      return content;
    },
  };
}

function readDirectory(view: DataView, bytes: Uint8Array): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  try {
    const end = findEnd(view);
    let at = view.getUint32(end + 16, true);
    if (at === ELSEWHERE) at = directoryStart64(view, end);
    // As far as the directory goes: its count of entries may lie.
    while (view.getUint32(at, true) === DIRECTORY) {
      const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) =>
        view.getUint16(at + offset, true),
      ) as [number, number, number];
      const name = bytes.subarray(at + 46, at + 46 + nameLength);
      const path = new TextDecoder().decode(name).replaceAll('\\', '/');
      const sizes = sizesOf(view, at, at + 46 + nameLength, extraLength);
      const encrypted = (view.getUint16(at + 8, true) & 1) === 1;
      entries.set(path, { path, method: view.getUint16(at + 10, true), encrypted, ...sizes });
      at += 46 + nameLength + extraLength + commentLength;
    }
  } catch (cause) {
    if (cause instanceof RangeError) throw damaged(cause);
    throw cause;
  }
  if (entries.size === 0) throw damaged();
  return entries;
}

/** The end record stands last, but for a comment of at most 64 KB. */
function findEnd(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= lowest; at--) if (view.getUint32(at, true) === END) return at;
  throw damaged();
}

function directoryStart64(view: DataView, end: number): number {
  const end64 = Number(view.getBigUint64(end - 20 + 8, true));
  return Number(view.getBigUint64(end64 + 48, true));
}

/** Sizes and place of an entry; those of 32 bits that are full stand in the extra field, in this order. */
function sizesOf(view: DataView, at: number, extraAt: number, extraLength: number) {
  const sizes = [24, 20, 42].map((offset) => view.getUint32(at + offset, true));
  for (
    let extra = extraAt;
    extra + 4 <= extraAt + extraLength;
    extra += 4 + view.getUint16(extra + 2, true)
  ) {
    if (view.getUint16(extra, true) !== 1) continue;
    let field = extra + 4;
    for (const [index, size] of sizes.entries()) {
      if (size !== ELSEWHERE) continue;
      sizes[index] = Number(view.getBigUint64(field, true));
      field += 8;
    }
  }
  const [unpacked, packed, start] = sizes as [number, number, number];
  return { unpacked, packed, at: start };
}

function packedBytes(view: DataView, bytes: Uint8Array, { at, packed }: Entry): Uint8Array {
  try {
    if (view.getUint32(at, true) !== LOCAL) throw damaged();
    const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
    if (start + packed > bytes.byteLength) throw damaged();
    return bytes.subarray(start, start + packed);
  } catch (cause) {
    if (cause instanceof RangeError) throw damaged(cause);
    throw cause;
  }
}

function inflate({ method, encrypted }: Entry, packed: Uint8Array, most: number): Uint8Array {
  if (encrypted) throw protectedFile();
  if (method === STORED) {
    if (packed.byteLength > most) throw tooLarge(MAX_UNPACKED, true);
    return packed;
  }
  if (method !== DEFLATED) throw damaged();
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(MAX_UNPACKED, true);
    throw damaged(cause);
  }
}

function checkKind(entries: Map<string, Entry>): void {
  if (entries.has('xl/workbook.xml')) return;
  const paths = [...entries.keys()];
  if (entries.has('xl/workbook.bin'))
    throw wrongKind({ en: 'a binary workbook (.xlsb)', zh: '二进制工作簿（.xlsb）' });
  if (paths.some((path) => path.startsWith('word/')))
    throw wrongKind({ en: 'a Word document (.docx)', zh: 'Word 文档（.docx）' });
  if (paths.some((path) => path.startsWith('ppt/')))
    throw wrongKind({ en: 'a presentation (.pptx)', zh: '演示文稿（.pptx）' });
  if (entries.has('content.xml'))
    throw wrongKind({ en: 'an OpenDocument file (.ods)', zh: 'OpenDocument 文件（.ods）' });
  throw wrongKind({ en: 'a ZIP archive without a workbook in it', zh: '不含工作簿的压缩文件' });
}

function damaged(cause?: unknown) {
  return unreadable({ en: 'the workbook is damaged or incomplete', zh: '工作簿已损坏或不完整' }, cause);
}
