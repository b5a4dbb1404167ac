export const officeSlogans = {
  hint: '在照片墙和放映中轮流展示。',
  add: '新建标语',
  change: '修改标语',
  text: '标语',
  missing: '请至少用一种语言填写标语。',
  empty: '还没有标语。在此之前，照片墙上显示的是本机名称。',
  remove: '删除这条标语？',
  removeHint: '它会立即从照片墙上消失；用到它的放映会跳过这一项。',
  changeThis: '修改：{text}',
  removeThis: '删除：{text}',
};
