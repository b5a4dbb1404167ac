import type { Bilingual } from '../domain/bilingual.ts';

/** Why a file was left out of an import. */
export type SkipReason =
  | 'not-a-photo'
  | 'format-not-supported'
  | 'clip'
  | 'raw'
  | 'damaged'
  | 'too-large'
  | 'too-slow'
  | 'unsafe'
  | 'unreadable'
  | 'changing'
  | 'empty'
  | 'deleted'
  | 'not-a-file'
  | 'too-many-files'
  | 'zip-damaged'
  | 'zip-encrypted'
  | 'zip-method'
  | 'zip-inside'
  | 'zip-bomb'
  | 'zip-too-many'
  | 'zip-too-much';

/** Largest photo that is taken, in bytes. */
export const MAX_BYTES = 60 * 1024 * 1024;

/** Each reason in words. */
export const SKIP_WORDS: Record<SkipReason, Bilingual> = {
  'not-a-photo': { en: 'not a photo', zh: '不是照片' },
  'format-not-supported': {
    en: 'a picture of a kind that is not taken; save it as JPEG or PNG',
    zh: '不支持这种图片格式，请另存为 JPEG 或 PNG',
  },
  clip: {
    en: 'a video: clips are not taken yet, only photos',
    zh: '这是视频：暂不支持视频，只能导入照片',
  },
  raw: {
    en: "a camera's RAW file: RAW is not taken yet; save it as JPEG",
    zh: '这是相机 RAW 文件：暂不支持，请另存为 JPEG',
  },
  damaged: { en: 'damaged: it cannot be decoded to the end', zh: '文件已损坏，无法完整解码' },
  'too-large': {
    en: 'too large: at most 60 MB, and 120 megapixels as JPEG (36 progressive), 26 as HEIC, 20 as AVIF, 52 otherwise (26 interlaced or GIF)',
    zh: '文件过大：不超过 60 MB；像素上限：JPEG 1.2 亿（渐进式 3600 万）、HEIC 2600 万、AVIF 2000 万，其他 5200 万（隔行扫描或 GIF 2600 万）',
  },
  unsafe: {
    en: 'broke the decoder, or needs more time or memory than any photo should: it may be damaged, or made to harm',
    zh: '解码时出错，或耗费的时间、内存远超正常照片：文件可能已损坏或含恶意内容',
  },
  'too-slow': { en: 'took too long to decode', zh: '解码时间过长' },
  unreadable: { en: 'cannot be read from its disk', zh: '无法从磁盘读取' },
  changing: {
    en: 'still being written; import it again when it is whole',
    zh: '文件仍在写入，完成后请重新导入',
  },
  empty: { en: 'empty', zh: '空文件' },
  deleted: {
    en: 'was deleted by staff; let it in again in the office, under deleted photos',
    zh: '已被工作人员删除；如需导入，请先在办公室的“已删除照片”中恢复许可',
  },
  'not-a-file': { en: 'not an ordinary file (a link or device)', zh: '不是普通文件（链接或设备）' },
  'too-many-files': {
    en: 'holds more than 10,000 files and folders: the first ones were looked at, the rest was left out; import the folders in it one by one',
    zh: '文件和文件夹超过 10000 个：只处理了前面的部分，其余未导入，请逐个导入其中的文件夹',
  },
  'zip-damaged': {
    en: 'damaged: it cannot be unpacked to the end; pack it again, all parts in one zip file',
    zh: '压缩包已损坏，无法完整解压；请重新打包为一个 zip 文件',
  },
  'zip-encrypted': {
    en: 'protected with a password; pack it again without one',
    zh: '设有密码，请去掉密码后重新打包',
  },
  'zip-method': {
    en: 'packed in a way that cannot be unpacked here; pack it again as an ordinary zip file',
    zh: '压缩方式不受支持，请重新打包为普通 zip 文件',
  },
  'zip-inside': {
    en: 'a zip file inside a zip file; unpack it first',
    zh: '压缩包中的压缩包，请先解压',
  },
  'zip-bomb': {
    en: 'claims to hold far more than any photo packs to; not unpacked',
    zh: '声称的内容远超任何照片的压缩比例，未解压',
  },
  'zip-too-many': {
    en: 'holds more files than one import unpacks (10,000): the rest was left out; pack it in smaller parts',
    zh: '文件数超过一次导入可解压的上限（10000 个）：其余未导入，请分成较小的压缩包',
  },
  'zip-too-much': {
    en: 'beyond the 20 GB that one import unpacks; pack it in smaller parts',
    zh: '超过一次导入可解压的 20 GB，请分成较小的压缩包',
  },
};
