export const officeEvidence = {
  notice: 'Privacy notice',
  noticeHint:
    'What is kept about people, why, for how long, and whom to ask. It can be read at the gate before anything is typed; each sign-in keeps the version that was shown.',
  noticeText: 'Text',
  noticeVersion: 'Now shown: version {version}.',
  noNotice: 'No notice is shown now.',
  removeNotice: 'Show none',
  bothLanguages:
    'Please write the notice in both languages: nobody should have to read it in one that is not theirs.',
  show: 'Evidence',
  title: 'Evidence for the sign-in of {name}',
  signature: 'Signature',
  photo: 'Photo',
  none: 'Nothing is kept any more.',
  broken: 'This picture cannot be read.',
  loading: 'Loading …',
  version: 'Privacy notice that was shown: version {version}.',
  noVersion: 'This sign-in came without a privacy notice on the screen.',
  close: 'Close',
};
