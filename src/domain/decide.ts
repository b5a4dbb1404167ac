import type { Asking, Command } from './command.ts';
import { noteAttempt } from './decide-attempts.ts';
import { linkBadge, unlinkBadges } from './decide-badges.ts';
import { addEvidence } from './decide-evidence.ts';
import { matchGuest, signInGuest, unmatchGuest } from './decide-guests.ts';
import { noteLeave, withdrawLeave } from './decide-leaves.ts';
import { removeActivity, saveActivity } from './decide-activities.ts';
import { decideOnPeople, decideOnPerson, removePeople } from './decide-people.ts';
import {
  acceptPhotos,
  deletePhotos,
  describePhoto,
  hidePhoto,
  putPhotoBack,
  readmitPhotos,
  takePhotoDown,
  turnPhoto,
} from './decide-curation.ts';
import { addPhotos, movePhotos, renameAlbum, revealAlbum } from './decide-photos.ts';
import { removeShow, removeSlogan, saveShow, saveSlogan } from './decide-shows.ts';
import { correctClockOnce, dropOldTimes, erasePeopleOnce, noteClockJump } from './decide-upkeep.ts';
import { callRoll, undoRollCall } from './decide-roll-call.ts';
import {
  acceptSignOuts,
  announceStay,
  closeForgotten,
  correctSignOut,
  signOut,
  signOutAll,
  undoSignOuts,
} from './decide-sign-outs.ts';
import { addVisit, changePost, signIn, undoSignIn, voidVisit } from './decide-visits.ts';
import type { Decision, Next } from './decision.ts';
import { eventId } from './event.ts';
import { Refusal } from './refusal.ts';
import { changeSettings } from './decide-settings.ts';
import { hasSample, sampleVisits, withoutErased } from './sample.ts';
import type { State } from './state.ts';

/**
 * Decides on a command: an event and an answer, or a thrown `Refusal`. Changes nothing. A gesture that is
 * known already gets its first answer again and no event.
 */
export function decide(state: State, gateId: string, command: Command, asking: Asking): Decision {
  const known = state.gestures.get(asking.gesture.id);
  if (known) {
    if (known.fingerprint !== asking.gesture.fingerprint) throw new Refusal({ code: 'gesture-reused' });
    return { answer: known.answer };
  }
  const seq = state.lastSeq + 1;
  const decision = decideNew(state, { seq, id: eventId(gateId, seq) }, command, asking);
  const { event, answer } = decision;
  if (!event) return { answer };
  return { event: { ...event, gesture: { ...asking.gesture, answer } }, answer };
}

function decideNew(state: State, next: Next, command: Command, asking: Asking): Decision {
  switch (command.type) {
    case 'sign-in':
      return signIn(state, next, command, asking);
    case 'call-roll':
      return callRoll(state, next, command, asking);
    case 'sign-in-guest':
      return signInGuest(state, next, command, asking);
    case 'match-guest':
      return matchGuest(state, command.guestId, command.personId);
    case 'unmatch-guest':
      return unmatchGuest(state, command.guestId);
    case 'add-evidence': {
      const { type: _, ...evidence } = command;
      return addEvidence(state, evidence, asking);
    }
    case 'note-leave':
      return noteLeave(state, command, asking);
    case 'withdraw-leave':
      return withdrawLeave(state, command, asking);
    case 'note-attempt':
      return noteAttempt(state, next, command, asking);
    case 'link-badge':
      return linkBadge(state, command.personId, command.badge);
    case 'unlink-badges':
      return unlinkBadges(state, command.personId);
    case 'undo-roll-call':
      return undoRollCall(state, command);
    case 'change-post':
      return changePost(state, command, asking);
    case 'sign-out':
      return signOut(state, command.visitId, asking);
    case 'sign-out-all':
      return signOutAll(state, command, asking);
    case 'announce-stay':
      return announceStay(state, command.visitId);
    case 'close-forgotten':
      return closeForgotten(state, asking);
    case 'correct-sign-out':
      return correctSignOut(state, command, asking);
    case 'undo-sign-outs':
      return undoSignOuts(state, command.visitIds, asking);
    case 'accept-sign-outs':
      return acceptSignOuts(state, command.visitIds);
    case 'undo-sign-in':
      return undoSignIn(state, command.visitId, asking);
    case 'void-visit':
      return voidVisit(state, command.visitId, command.reason);
    case 'add-visit':
      return addVisit(state, next, command, asking);
    case 'save-activity':
      return saveActivity(state, next, command.activity, asking);
    case 'remove-activity':
      return removeActivity(state, command.activityId);
    case 'save-person':
      return decideOnPerson(state, next, command.person);
    case 'import-people':
      return decideOnPeople(state, next, command.people);
    case 'remove-people':
      return removePeople(state, command.personIds);
    case 'save-slogan':
      return saveSlogan(state, next, command.slogan);
    case 'remove-slogan':
      return removeSlogan(state, command.sloganId);
    case 'save-show':
      return saveShow(state, next, command.show);
    case 'remove-show':
      return removeShow(state, command.showId);
    case 'add-photos':
      return addPhotos(state, next, command);
    case 'hide-photo':
      return hidePhoto(state, command.photoId, command.hidden);
    case 'take-photo-down':
      return takePhotoDown(state, command.photoId);
    case 'put-photo-back':
      return putPhotoBack(state, command, asking);
    case 'accept-photos':
      return acceptPhotos(state, command.photoIds);
    case 'describe-photo':
      return describePhoto(state, command);
    case 'turn-photo':
      return turnPhoto(state, command);
    case 'delete-photos':
      return deletePhotos(state, command.photoIds);
    case 'readmit-photos':
      return readmitPhotos(state, command.photoIds);
    case 'move-photos':
      return movePhotos(state, command.albumId, command.photoIds);
    case 'rename-album':
      return renameAlbum(state, command.albumId, command.name);
    case 'reveal-album':
      return revealAlbum(state, command.albumId, command.revealAt);
    case 'change-settings':
      return changeSettings(state, command.settings);
    case 'add-sample':
      if ([...state.activities.values()].some((activity) => activity.sample)) {
        throw new Refusal({ code: 'sample-present' });
      }
      return { event: { type: 'sample-added', data: withoutErased(state, command.sample) }, answer: {} };
    case 'note-clock-jump':
      return noteClockJump(next, command);
    case 'correct-clock':
      return correctClockOnce(state, command, asking);
    case 'erase-people':
      return erasePeopleOnce(state, command.personIds);
    case 'drop-times':
      return dropOldTimes(state, command.before, asking);
    case 'note-repair': {
      const { type: _, ...data } = command;
      return { event: { type: 'store-repaired', data }, answer: {} };
    }
    case 'note-backup-begun': {
      const { type: _, ...data } = command;
      return { event: { type: 'backup-begun', data }, answer: {} };
    }
    case 'note-backup': {
      const { type: _, ...data } = command;
      return { event: { type: 'backup-made', data }, answer: {} };
    }
    case 'note-backup-redacted': {
      const { type: _, ...data } = command;
      return { event: { type: 'backup-redacted', data }, answer: {} };
    }
    case 'remove-sample':
      if (!hasSample(state)) throw new Refusal({ code: 'sample-absent' });
      return { event: { type: 'sample-removed', data: {} }, answer: { visits: sampleVisits(state) } };
  }
}
