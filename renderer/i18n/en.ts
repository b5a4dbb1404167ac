import { access } from './en/access.ts';
import { board } from './en/board.ts';
import { gateVisit } from './en/gate-visit.ts';
import { gateEvidence } from './en/gate-evidence.ts';
import { gateGuest } from './en/gate-guest.ts';
import { office } from './en/office.ts';
import { officeEvidence } from './en/office-evidence.ts';
import { officeActivities } from './en/office-activities.ts';
import { officeHealth } from './en/office-health.ts';
import { officeKiosk } from './en/office-kiosk.ts';
import { officePeople } from './en/office-people.ts';
import { officePhotos } from './en/office-photos.ts';
import { officeShows } from './en/office-shows.ts';
import { officeSlogans } from './en/office-slogans.ts';
import { officeTonight } from './en/office-tonight.ts';
import { officeVisits } from './en/office-visits.ts';
import { rollCall } from './en/roll-call.ts';
import { show } from './en/show.ts';
import { staff } from './en/staff.ts';

export const en = {
  language: { switch: 'Language', own: 'English' },
  idle: {
    signIn: 'Sign in',
    present: '{present} of {expected} signed in',
    presentOnly: '{present} signed in',
    posts: '{count} posts',
    noActivity: 'No activity is open now',
    noActivityHint:
      'When an activity opens for sign-in, the button appears here. New ones are set up in the office: the wheel at the top. If you are not sure, please ask {whom}.',
    sample: 'Sample data',
  },
  wall: {
    justNow: 'just signed in',
    noPhotos: 'No photos yet',
    noPhotosHint: 'Add some in the office: touch the wheel below.',
    pause: 'Pause',
    resume: 'Go on',
    label: 'Photo wall',
    open: 'See this photo large',
    close: 'Back to the wall',
    takeDown: 'Take this photo down',
    takenDown: 'The photo is taken down',
    takenDownHint: 'No screen shows it any more. Staff see that it was taken down, not by whom.',
    putBack: 'Put it back',
    gone: 'This photo is not shown any more',
    notTakenDown: 'That did not work',
    call: 'Please try again, or ask {whom}.',
  },
  activities: { title: 'Which activity?' },
  finder: {
    title: 'Tap your name',
    field: 'Pinyin initials or staff number',
    delete: 'Delete',
    digits: '1 2 3',
    letters: 'A B C',
    nobody: 'Nobody found',
    nobodyHint: 'Check the letters: initials such as C J for 陈杰. Or ask {whom}.',
    more: '{count} more: type a letter',
    emptyRoster: 'The roster is empty',
    emptyRosterHint: 'People are added in the office. Please ask {whom}.',
    signedIn: '{time} signed in',
    signedInAt: '{time} at {post}',
    tail: 'no.\u00A0…\u2060{tail}',
    postFirst: 'Choose a post first',
    forPost: 'Post: {post}',
    pad: 'Letters',
  },
  posts: {
    title: 'Which post?',
    forPerson: '{name}, which post?',
    leader: 'Team leader {name}',
    needs: 'needs {count}',
    full: 'full',
    present: '{present} of {wanted} present',
    presentOnly: '{present} present',
    needed: 'Wherever I am needed',
    neededHint: 'Goes to the post with the biggest gap',
    neededNone: 'Every post has enough people',
  },
  reason: {
    title: '{post} is full. Why here?',
    hint: 'You may still sign in here. The reason is kept with the record.',
    asked: 'The team leader asked me',
    skill: 'I have the skill for it',
    swap: 'I swapped with somebody',
    other: 'Another reason',
    choose: 'Another post',
  },
  greeting: {
    welcome: 'Welcome!',
    where: 'Please go to {post}.',
    whereAndWhom: 'Please go to {post} and follow team leader {leader}.',
    whereAndLead: 'Please go to {post}, where you are the team leader.',
    noPost: 'You are signed in.',
    time: 'Signed in at',
    present: 'Present',
    saved: 'Saved to disk {time}',
    undo: 'Not me: undo',
    next: 'Next person',
    full: 'The wall is full: everybody is here!',
  },
  undone: { title: 'Undone', hint: '{name} is not signed in. The slip stays in the log.' },
  already: {
    title: 'Already signed in',
    at: '{name} signed in at {time}',
    atPost: '{name} signed in at {time}, post {post}',
    undo: 'Undo this sign-in',
    keep: 'All right',
    help: 'To change it, please ask {whom}.',
  },
  saving: {
    title: 'Saving …',
    wait: 'One moment, please. There is nothing more to touch.',
    long: 'The disk is slow. It is still being saved, and counts once.',
    call: 'If it does not end, please call {whom}.',
  },
  cannotSave: { title: 'Sign-ins cannot be saved', call: 'Please call {whom}' },
  trouble: {
    title: 'This did not work',
    unreachable:
      'The kiosk does not answer. Whether the sign-in was saved is not known; trying again is safe.',
    call: 'If it happens again, please call {whom}.',
    retry: 'Try again',
    connecting: 'Connecting to the kiosk …',
    offline: 'No connection to the kiosk. Trying again …',
    offlineCall: 'If it lasts, please call {whom}.',
  },
  countdown: {
    title: 'Still there?',
    stay: 'I am still here',
    next: 'Next person',
    hint: 'Goes back in {seconds} s',
  },
  back: 'Back',
  pager: { previous: 'Previous page', next: 'Next page', page: '{page} of {pages}' },
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

export type Messages = typeof en;
