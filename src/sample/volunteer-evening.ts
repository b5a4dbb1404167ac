import type { SampleData } from '../domain/event.ts';
import type { Person } from '../domain/person.ts';

/*
 * The sample: a two-hour volunteer evening of DESIGN.md section 1. Invented people with common names; two of
 * them share one. Every record is marked, so that one step removes them all.
 */

type Row = [id: string, name: string, staffNo: string, team: string, categoryId: string];

const MEMBER = 'party-member';
const TARGET = 'development-target';
const ACTIVIST = 'activist';

const ROSTER: Row[] = [
  ['wang-jianguo', '王建国', '1003', '下料班', MEMBER],
  ['li-minglang', '李明朗', '1011', '焊接班', MEMBER],
  ['zhao-zhiqiang', '赵志强', '1024', '桁架班', MEMBER],
  ['sun-lihua', '孙丽华', '1036', '喷塑班', MEMBER],
  ['chen-wei', '陈伟', '1042', '电装班', MEMBER],
  ['chen-jie-1', '陈杰', '1017', '焊接班', MEMBER],
  ['chen-jie-2', '陈杰', '2382', '电装班', TARGET],
  ['cheng-jianjun', '程建军', '1058', '下料班', MEMBER],
  ['cao-jing', '曹景', '1063', '桁架班', MEMBER],
  ['cai-jun', '蔡俊', '1071', '桁架班', MEMBER],
  ['zhou-min', '周敏', '1085', '喷塑班', MEMBER],
  ['wu-gang', '吴刚', '1092', '下料班', MEMBER],
  ['zheng-jie', '郑洁', '2104', '电装班', TARGET],
  ['feng-tao', '冯涛', '2117', '焊接班', TARGET],
  ['he-yong', '何勇', '2125', '桁架班', TARGET],
  ['cui-jiayi', '崔嘉怡', '3208', '喷塑班', ACTIVIST],
  ['liu-yang', '刘洋', '3216', '下料班', ACTIVIST],
  ['shan-xiaoyu', '单晓雨', '3229', '焊接班', ACTIVIST],
];

const people: Person[] = ROSTER.map(([id, name, staffNo, team, categoryId]) => ({
  personId: `sample-${id}`,
  name,
  staffNo,
  team,
  categoryId,
  sample: true,
}));

function post(postId: string, en: string, zh: string, leader: string, wanted: number) {
  return { postId, name: { en, zh }, leaderId: `sample-${leader}`, wanted, limit: wanted };
}

/** The sample's activity, people and slogans. */
export const SAMPLE: SampleData = {
  people,
  activities: [
    {
      activityId: 'sample-volunteer-evening',
      title: { en: 'Volunteer evening', zh: '志愿服务之夜' },
      place: { en: 'Manufacturing centre', zh: '制造中心' },
      schedule: { kind: 'daily', start: '18:00', end: '20:00' },
      posts: [
        post('blanking', 'Blanking', '下料', 'wang-jianguo', 4),
        post('welding', 'Welding', '焊接', 'li-minglang', 4),
        post('truss', 'Truss', '桁架', 'zhao-zhiqiang', 4),
        post('spraying', 'Plastic spraying', '喷塑', 'sun-lihua', 3),
        post('electrical', 'Electrical assembly', '电气装配', 'chen-wei', 3),
      ],
      expectedIds: people.map(({ personId }) => personId),
      sample: true,
    },
  ],
  slogans: [
    {
      sloganId: 'sample-practical-work',
      text: {
        en: 'Promote production with practical work, practise the original mission',
        zh: '以实干促生产，以行动践初心',
      },
      sample: true,
    },
    {
      sloganId: 'sample-bricks',
      text: {
        en: 'Party members are bricks: they go where they are needed',
        zh: '党员是块砖，哪里需要哪里搬',
      },
      sample: true,
    },
    {
      sloganId: 'sample-quality',
      text: {
        en: 'Every weld sound, every lift safe',
        zh: '焊好每一道缝，安全每一部梯',
      },
      sample: true,
    },
  ],
};
