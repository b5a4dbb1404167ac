/**
 * How surnames are read where pinyin-pro 3.29 reads them otherwise, or where families differ: the most usual reading
 * first, without tones. Sources: CC-CEDICT (January 2026; entries "surname ..."), and for 种 洗 佴 贠 秘 么 郇 宓 柏 贲 逢
 * the surname readings of 现代汉语词典. What pinyin-pro reads as these do (单 Shàn, 万俟 Mòqí) is not repeated here.
 */
export const SURNAMES: ReadonlyMap<string, readonly string[]> = new Map([
  ['么', ['yao']],
  ['佴', ['nai']],
  ['宓', ['mi', 'fu']],
  ['晟', ['cheng']],
  ['柏', ['bai', 'bo']],
  ['洗', ['xian']],
  ['澹', ['tan']],
  ['炅', ['gui']],
  ['炔', ['gui']],
  ['祭', ['zhai']],
  ['种', ['chong']],
  ['秘', ['bi']],
  ['缪', ['miao', 'mou']],
  ['翟', ['zhai', 'di']],
  ['莘', ['shen', 'xin']],
  ['蔚', ['yu']],
  ['藉', ['ji']],
  ['覃', ['qin', 'tan']],
  ['角', ['jue']],
  ['谌', ['chen', 'shen']],
  ['贠', ['yun']],
  ['贲', ['ben', 'fei']],
  ['费', ['fei', 'bi']],
  ['逢', ['pang']],
  ['那', ['na', 'nuo']],
  ['郇', ['xun', 'huan']],
  ['隗', ['wei', 'kui']],
  ['隽', ['juan']],
  ['颉', ['xie']],
]);

/** Surnames of two characters that are not read as their characters are one by one. */
export const COMPOUND_SURNAMES: ReadonlyMap<string, string> = new Map([
  ['万俟', 'mo qi'],
  ['中行', 'zhong hang'],
  ['子车', 'zi ju'],
  ['尉迟', 'yu chi'],
  ['澹台', 'tan tai'],
  ['长孙', 'zhang sun'],
]);
