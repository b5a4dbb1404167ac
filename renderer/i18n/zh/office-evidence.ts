export const officeEvidence = {
  notice: '隐私告知',
  noticeHint:
    '保存人员的哪些信息、为什么、保存多久、找谁询问。在签到屏上输入任何内容之前都可以阅读；每条签到记录会保存当时显示的版本。',
  noticeText: '内容',
  noticeVersion: '当前显示第 {version} 版。',
  noNotice: '当前不显示隐私告知。',
  removeNotice: '不再显示',
  bothLanguages: '请用两种语言填写告知：不应让任何人去读不属于自己的语言。',
  show: '凭证',
  title: '{name} 留下的凭证',
  signature: '签名',
  photo: '照片',
  none: '已不再保存。',
  loading: '正在读取……',
  version: '当时显示的隐私告知：第 {version} 版。',
  noVersion: '当时没有显示隐私告知。',
  close: '关闭',
};
