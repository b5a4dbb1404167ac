export const board = {
  expected: 'Expected',
  present: 'Present',
  onLeave: 'On leave',
  absent: 'Absent',
  inside: 'Inside now: {count}',
  insideHere: '{count} inside',
  excused: '{count} on leave',
  posts: 'Posts',
  missing: 'needs {count}',
  categories: 'By category',
  arrivals: 'Latest arrivals',
  nobody: 'Nobody has signed in yet',
  hold: 'Hold',
  noActivity: 'No activity is open now',
  noActivityHint:
    'The numbers appear here as soon as an activity opens for sign-in. To set one up, open the office with the wheel in the corner.',
};
