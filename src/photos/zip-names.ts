import { crc32 } from 'node:zlib';
import type { Entry } from 'yauzl';

/** General purpose bit 11: name and comment are UTF-8. */
const IS_UTF8 = 0x800;
/** Info-ZIP's field for the name in UTF-8, beside one in whatever the packer's system had. */
const UNICODE_PATH = 0x7075;
/** Longest name that a report shows, in characters. */
const LONGEST = 200;
/** What the packers of desktops add for themselves. */
const BY_THE_PACKER = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i;
/** Names that only documents and programs have, which are zip files, too. */
const DOCUMENT = /^(\[Content_Types\]\.xml|mimetype|META-INF\/MANIFEST\.MF|AndroidManifest\.xml)$/;

/**
 * The name of an entry, for people to read and never as a path: parts divided by "/", without control and
 * direction characters. Where it does not say that it is UTF-8 and is none, it is taken for GB 18030, in which
 * Windows packs in China.
 */
export function entryName(entry: Entry): string {
  const name = decoded(entry).replaceAll('\\', '/').replaceAll(/\p{C}/gu, '\uFFFD');
  const characters = [...name];
  return characters.length > LONGEST ? `…${characters.slice(1 - LONGEST).join('')}` : name;
}

/** Is it nothing that a person packed? */
export function isByThePacker(name: string): boolean {
  return BY_THE_PACKER.test(name);
}

/** Do these entries make a document (.docx, .odt, .epub) or a program, whose pictures nobody means to import? */
export function isDocument(names: readonly string[]): boolean {
  return names.some((name) => DOCUMENT.test(name));
}

function decoded({ fileNameRaw, generalPurposeBitFlag, extraFields }: Entry): string {
  const extra = extraFields.find(({ id }) => id === UNICODE_PATH)?.data;
  if (extra && extra.length > 5 && extra[0] === 1 && extra.readUInt32LE(1) === crc32(fileNameRaw))
    return extra.toString('utf8', 5);
  if (generalPurposeBitFlag & IS_UTF8) return fileNameRaw.toString('utf8');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(fileNameRaw);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return new TextDecoder('gb18030').decode(fileNameRaw);
  }
}
