import chinese from 'simple-keyboard-layouts/build/layouts/chinese.js';

/** Characters by syllable, those that are written most first; the package's types do not tell of it. */
const { layoutCandidates } = chinese as unknown as { layoutCandidates: Record<string, string> };

/** Surnames, by how many people bear them; then those with a reading of their own. */
const SURNAMES = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔',
  ...'谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文翟单解仇区查朴尉俟盖缪佘冼乐宁甯',
];

/** Characters of given names, then of organisations. */
const OTHERS = [
  ...'伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰玉萍飞红华建国志俊峰辉鹏宇浩鑫欣雪梅琳婷丹燕玲宁佳嘉瑞凯斌波',
  ...'新海天成云荣生永春小晓子雨思梦怡慧颖倩莹洁蕾菲博轩晨阳旭昊然泽梓涵诗悦宏振东南福德光庆学良民义仁信清立',
  ...'公司集团有限责任电梯制造工厂中心大学院区市省县局部科党委办会所社技术机械设备供应安装维保',
];

/** Characters of given names that are not among the table's 6,763. */
const RARE: Record<string, string> = {
  bin: '赟',
  chong: '翀',
  fu: '頫',
  hong: '翃',
  jing: '璟',
  jun: '珺',
  kun: '堃',
  min: '旻',
  pei: '珮',
  qi: '玘',
  sheng: '昇',
  wei: '祎',
  xu: '珝',
  xuan: '瑄',
  xun: '珣',
  yan: '燚',
  yang: '旸',
  yao: '垚',
  yi: '祎燚',
  yu: '玙彧',
  yue: '玥',
  yun: '赟',
  zhao: '曌',
  zhe: '喆',
  zhen: '禛',
};

const bySyllable = new Map(
  Object.entries(layoutCandidates).map(([syllable, characters]) => [
    syllable,
    [...new Set([...characters.split(' '), ...(RARE[syllable] ?? '')])],
  ]),
);
const ranks = { surname: rankIn([...SURNAMES, ...OTHERS]), other: rankIn([...OTHERS, ...SURNAMES]) };

/** The syllable by which a character stands nearest to the top: 红 is read "gong", too, but hardly ever. */
const usualReading = new Map<string, { syllable: string; place: number }>();
for (const [syllable, characters] of bySyllable) {
  characters.forEach((character, index) => {
    const place = index / characters.length;
    if (place < (usualReading.get(character)?.place ?? Infinity))
      usualReading.set(character, { syllable, place });
  });
}

/** Does any syllable begin so? */
export function isBeginning(typed: string): boolean {
  return [...bySyllable.keys()].some((syllable) => syllable.startsWith(typed));
}

/**
 * The characters that are read as `typed`, a syllable without tone ("lv" for 吕), and after them those of the
 * syllables that begin so. Those of names go first, surnames in any reading where one is wanted; then what is written
 * most.
 */
export function candidatesFor(typed: string, isSurname: boolean): string[] {
  const exact = bySyllable.get(typed) ?? [];
  const longer = [...bySyllable].filter(([syllable]) => syllable !== typed && syllable.startsWith(typed));
  const rank = isSurname ? ranks.surname : ranks.other;
  const rankOf = (character: string): number => {
    const isUsual = usualReading.get(character)?.syllable.startsWith(typed);
    return isSurname || isUsual ? (rank.get(character) ?? rank.size) : rank.size;
  };
  const inOrder = (characters: readonly string[]) => characters.toSorted((a, b) => rankOf(a) - rankOf(b));
  return [...new Set([...inOrder(exact), ...inOrder(longer.flatMap(([, characters]) => characters))])];
}

function rankIn(characters: readonly string[]): Map<string, number> {
  return new Map([...new Set(characters)].map((character, index) => [character, index]));
}
