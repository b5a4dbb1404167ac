export const board = {
  expected: '应到',
  present: '已到',
  absent: '未到',
  posts: '岗位',
  missing: '缺 {count} 人',
  categories: '按类别',
  arrivals: '最新签到',
  nobody: '还没有人签到',
  hold: '停留',
  noActivity: '现在没有进行中的活动',
  noActivityHint: '活动开始签到后，这里显示人数。新建活动请点右下角的齿轮，进入管理页面。',
};
