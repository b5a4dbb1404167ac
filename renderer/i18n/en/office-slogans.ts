export const officeSlogans = {
  hint: 'They hang on the photo wall and in shows, one after the other.',
  add: 'New slogan',
  change: 'Change the slogan',
  text: 'Slogan',
  missing: 'Please type the slogan in at least one of the languages.',
  empty: 'No slogans yet. Until there is one, the name of the kiosk hangs on the wall.',
  remove: 'Remove this slogan?',
  removeHint: 'It leaves the wall at once, and shows that name it go on without it.',
  changeThis: 'Change: {text}',
  removeThis: 'Remove: {text}',
};
