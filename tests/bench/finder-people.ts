import type { Findable } from '../../src/roster/name-finder.ts';

/** Surnames by how many people bear them, the most frequent hundred and some with a special reading. */
const SURNAMES = [
  ...'王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任',
  ...'陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚单解翟覃仇区查朴盖',
  '欧阳',
  '尉迟',
  '令狐',
];

/** Characters of given names, roughly by how often they are given. */
const GIVEN = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国志文辉力健世广义兴良海山仁波宁贵福生龙元全胜学祥才发武新利',
  ...'清飞彬富顺信子昌成康星光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善厚庆民友裕河哲浩亮政谦奇固轮翰朗',
  ...'伯宏言若鸣朋斌梁栋维启克伦翔旭鹏泽晨辰士以家致树炎德行时泰盛雄琛钧冠策腾楠榕风航弘长重朝阳晓雨梅琳雪荣爱妹香月莺媛瑞凡佳嘉琼',
];

const TEAMS = 20;

/** A person on the roster of the benchmark. */
export interface BenchPerson extends Findable {
  staffNo: string;
  team: string;
}

/** So many people, the same ones each time: three quarters with names of three characters, each with a staff number. */
export function inventedPeople(count: number): BenchPerson[] {
  const random = repeatable(count);
  return Array.from({ length: count }, (_, at) => ({
    personId: `person-${at}`,
    name: inventedName(random),
    staffNo: String(200_000 + at * 3),
    team: `team-${Math.floor(random() * TEAMS)}`,
  }));
}

function inventedName(random: () => number): string {
  const given = drawn(GIVEN, random) + (random() < 0.75 ? drawn(GIVEN, random) : '');
  return drawn(SURNAMES, random) + given;
}

/** The earlier, the more often. */
function drawn(items: readonly string[], random: () => number): string {
  return items[Math.floor(random() ** 2 * items.length)]!;
}

/** Numbers from 0 up to 1 that look random, the same ones for the same seed (mulberry32). */
export function repeatable(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
