export const staff = {
  open: '管理',
  pin: '密码',
  enter: '请输入管理密码',
  first: '请设置管理密码',
  firstHint: '6 至 12 位数字。没有初始密码：知道密码的人可以更改这里的一切。',
  again: '请再输入一次',
  different: '两次输入不一致，请重新设置。',
  wait: '{seconds} 秒后可再试。签到不受影响。',
  checking: '正在核对……',
  delete: '删除',
  done: '确定',
  forgotten: '忘记密码？在本机运行：muster pin reset',
};
