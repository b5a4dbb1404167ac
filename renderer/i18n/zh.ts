import { access } from './zh/access.ts';
import { board } from './zh/board.ts';
import { gateVisit } from './zh/gate-visit.ts';
import { gateEvidence } from './zh/gate-evidence.ts';
import { gateGuest } from './zh/gate-guest.ts';
import { office } from './zh/office.ts';
import { officeEvidence } from './zh/office-evidence.ts';
import { officeActivities } from './zh/office-activities.ts';
import { officeHealth } from './zh/office-health.ts';
import { officeKiosk } from './zh/office-kiosk.ts';
import { officePeople } from './zh/office-people.ts';
import { officePhotos } from './zh/office-photos.ts';
import { officeShows } from './zh/office-shows.ts';
import { officeSlogans } from './zh/office-slogans.ts';
import { officeTonight } from './zh/office-tonight.ts';
import { officeVisits } from './zh/office-visits.ts';
import { rollCall } from './zh/roll-call.ts';
import { show } from './zh/show.ts';
import { staff } from './zh/staff.ts';

import type { Messages } from './en.ts';

export const zh: Messages = {
  language: { switch: '语言', own: '中文' },
  idle: {
    signIn: '签到',
    present: '已签到 {present} / {expected} 人',
    presentOnly: '已签到 {present} 人',
    posts: '{count} 个岗位',
    noActivity: '当前没有开放的活动',
    noActivityHint:
      '活动开放签到后，这里会出现签到按钮。点按上方齿轮可进入管理页面新建活动。如有疑问，请找{whom}。',
    sample: '示例数据',
  },
  wall: {
    justNow: '刚刚签到',
    noPhotos: '还没有照片',
    noPhotosHint: '点按下方齿轮进入管理页面添加照片。',
    pause: '暂停',
    resume: '继续',
    label: '照片墙',
    open: '放大看这张照片',
    close: '返回照片墙',
    takeDown: '撤下这张照片',
    takenDown: '照片已撤下',
    takenDownHint: '所有屏幕都不再显示。工作人员只知道照片已撤下，不知道是谁操作的。',
    putBack: '恢复显示',
    gone: '这张照片已不再显示',
    notTakenDown: '操作没有成功',
    call: '请再试一次，或联系{whom}。',
  },
  activities: { title: '参加哪个活动？' },
  finder: {
    title: '点自己的名字',
    field: '拼音首字母或工号',
    delete: '删除',
    digits: '1 2 3',
    letters: 'A B C',
    nobody: '没有找到',
    nobodyHint: '请检查字母：输入首字母，如陈杰输入 C J。也可以问{whom}。',
    more: '还有 {count} 人：请输入字母',
    emptyRoster: '名册是空的',
    emptyRosterHint: '请在管理页面中添加人员，或联系{whom}。',
    signedIn: '{time} 已签到',
    signedInAt: '{time} 已到{post}',
    tail: '尾号\u00A0{tail}',
    postFirst: '先选岗位',
    forPost: '岗位：{post}',
    pad: '字母',
  },
  posts: {
    title: '去哪个岗位？',
    forPerson: '{name}，去哪个岗位？',
    leader: '班组长 {name}',
    needs: '还差 {count} 人',
    full: '已满',
    present: '已到 {present} / {wanted} 人',
    presentOnly: '已到 {present} 人',
    needed: '哪里需要去哪里',
    neededHint: '由系统安排到缺人最多的岗位',
    neededNone: '各岗位人数均已够',
  },
  reason: {
    title: '{post}岗位已满，为什么来这里？',
    hint: '仍可在此签到，原因会随记录保存。',
    asked: '班组长叫我来的',
    skill: '我有这项技能',
    swap: '和别人换了岗',
    other: '其他原因',
    choose: '另选岗位',
  },
  greeting: {
    welcome: '欢迎！',
    where: '请到{post}岗位',
    whereAndWhom: '请到{post}岗位，听从班组长{leader}安排',
    whereAndLead: '请到{post}岗位，您是该岗位的班组长',
    noPost: '签到成功。',
    time: '签到时间',
    present: '已到人数',
    saved: '已保存到磁盘 {time}',
    undo: '不是我 · 撤销',
    next: '下一位',
    full: '墙已砌满：全员到齐！',
  },
  undone: { title: '已撤销', hint: '{name}未签到，这次误操作会留在日志中。' },
  already: {
    title: '已经签到过了',
    at: '{name}于 {time} 签到',
    atPost: '{name}于 {time} 在{post}岗位签到',
    undo: '撤销这次签到',
    keep: '知道了',
    help: '如需更改，请找{whom}。',
  },
  saving: {
    title: '正在保存……',
    wait: '请稍候，不用再点。',
    long: '磁盘较慢，仍在保存中，不会重复签到。',
    call: '如一直停在这里，请联系{whom}。',
  },
  cannotSave: { title: '无法保存签到', call: '请联系{whom}' },
  trouble: {
    title: '没有成功',
    unreachable: '主机没有响应，不确定是否已保存；重试不会重复签到。',
    call: '如再次出现，请联系{whom}。',
    retry: '重试',
    connecting: '正在连接主机……',
    offline: '与主机的连接中断，正在重试……',
    offlineCall: '如长时间未恢复，请联系{whom}。',
  },
  countdown: {
    title: '还在吗？',
    stay: '我还在',
    next: '下一位',
    hint: '{seconds} 秒后返回',
  },
  back: '返回',
  pager: { previous: '上一页', next: '下一页', page: '第 {page} / {pages} 页' },
  show,
  access,
  board,
  gateVisit,
  staff,
  office,
  officeTonight,
  officeActivities,
  officePeople,
  officePhotos,
  officeSlogans,
  officeShows,
  officeKiosk,
  officeHealth,
  rollCall,
  officeVisits,
  gateGuest,
  gateEvidence,
  officeEvidence,
};
