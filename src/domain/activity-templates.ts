import type { Bilingual } from './bilingual.ts';

/** What a new activity starts from; the organiser changes what is different tonight. */
export interface ActivityTemplate {
  templateId: string;
  title: Bilingual;
  place: Bilingual;
  /** Local time "HH:MM" and length. */
  start: string;
  minutes: number;
  opensMinutesBefore: number;
  posts: { name: Bilingual; wanted: number }[];
}

/** The kinds of activity that DESIGN.md section 1 names. */
export const ACTIVITY_TEMPLATES: readonly ActivityTemplate[] = [
  {
    templateId: 'volunteer-evening',
    title: { en: 'Volunteer evening', zh: '志愿服务之夜' },
    place: { en: 'Manufacturing centre', zh: '制造中心' },
    start: '18:00',
    minutes: 120,
    opensMinutesBefore: 60,
    posts: [
      { name: { en: 'Blanking', zh: '下料' }, wanted: 4 },
      { name: { en: 'Welding', zh: '焊接' }, wanted: 4 },
      { name: { en: 'Truss', zh: '桁架' }, wanted: 4 },
      { name: { en: 'Plastic spraying', zh: '喷塑' }, wanted: 3 },
      { name: { en: 'Electrical assembly', zh: '电气装配' }, wanted: 3 },
    ],
  },
  {
    templateId: 'training',
    title: { en: 'Training', zh: '培训' },
    place: { en: 'Training room', zh: '培训室' },
    start: '14:00',
    minutes: 90,
    opensMinutesBefore: 30,
    posts: [],
  },
  {
    templateId: 'drill',
    title: { en: 'Emergency drill', zh: '应急演练' },
    place: { en: 'Assembly point', zh: '集合点' },
    start: '10:00',
    minutes: 60,
    opensMinutesBefore: 15,
    posts: [],
  },
  {
    templateId: 'meeting',
    title: { en: 'Meeting', zh: '会议' },
    place: { en: 'Meeting room', zh: '会议室' },
    start: '09:00',
    minutes: 60,
    opensMinutesBefore: 30,
    posts: [],
  },
];
