import type { Activity } from '../../../src/domain/activity.ts';
import type { ActivityDraft, Command } from '../../../src/domain/command.ts';
import { decide } from '../../../src/domain/decide.ts';
import { eventId, type Event } from '../../../src/domain/event.ts';
import { evolve } from '../../../src/domain/evolve.ts';
import { Refusal, type RefusalReason } from '../../../src/domain/refusal.ts';
import type { Role } from '../../../src/domain/role.ts';
import { emptyState, type State } from '../../../src/domain/state.ts';
import { isoFromEpoch } from '../../../src/domain/time.ts';

export const GATE = 'gate';

/** Who asks and by which gesture; without one every call is a gesture of its own. */
export interface By {
  role?: Role;
  gesture?: { id: string; fingerprint: string };
}

/** A day at the kiosk without a disk: a state, a clock and what happened so far. */
export class Day {
  readonly state: State = emptyState();
  readonly events: Event[] = [];
  #epoch = Date.parse('2026-11-22T18:00:00.000+08:00');
  #gestures = 0;
  /** Number of the first event since the last restart. */
  #sinceSeq = 1;

  get at(): string {
    return isoFromEpoch(this.#epoch + this.state.clockShiftMs, '+08:00');
  }

  wait(seconds: number): void {
    this.#epoch += seconds * 1000;
  }

  /** A new process: it knows no setting of the clock but its own. */
  restart(): void {
    this.#sinceSeq = this.state.lastSeq + 1;
  }

  /** Sets the system's clock, which is noticed; gives the jump's id. */
  jump(byMs: number): string {
    const before = isoFromEpoch(this.#epoch, '+08:00');
    const after = isoFromEpoch(this.#epoch + byMs, '+08:00');
    const jump = { byMs, before, after, sinceSeq: this.#sinceSeq };
    const { jumpId } = this.ask<{ jumpId: string }>({ type: 'note-clock-jump', ...jump }).answer;
    this.#epoch += byMs;
    return jumpId;
  }

  /** Decides and folds; the event goes through JSON, as the journal's do. */
  ask<Answer = unknown>(command: Command, by: By = {}): { answer: Answer; event: Event | undefined } {
    const gesture = by.gesture ?? { id: `touch-${++this.#gestures}`, fingerprint: JSON.stringify(command) };
    const { event, answer } = decide(this.state, GATE, command, {
      at: this.at,
      role: by.role ?? 'screen',
      gesture,
    });
    if (!event) return { answer: answer as Answer, event: undefined };
    const seq = this.state.lastSeq + 1;
    const stored = JSON.parse(
      JSON.stringify({ ...event, seq, id: eventId(GATE, seq), at: this.at }),
    ) as Event;
    this.events.push(stored);
    evolve(this.state, stored);
    return { answer: answer as Answer, event: stored };
  }

  /** Why the command is refused; undefined when it is not. */
  refusal(command: Command, by: By = {}): RefusalReason | undefined {
    try {
      this.ask(command, by);
    } catch (error) {
      if (error instanceof Refusal) return error.reason;
      throw error;
    }
    return undefined;
  }

  addPerson(name: string, more: { staffNo?: string; team?: string; categoryId?: string } = {}): string {
    return this.ask<{ personId: string }>({ type: 'save-person', person: { name, ...more } }).answer.personId;
  }

  addActivity(draft: Partial<ActivityDraft> = {}): Activity {
    const { activityId } = this.ask<{ activityId: string }>({
      type: 'save-activity',
      activity: { ...activityDraft(), ...draft },
    }).answer;
    return this.state.activities.get(activityId)!;
  }

  signIn(activityId: string, personId: string, postId?: string): string {
    return this.ask<{ visitId: string }>({
      type: 'sign-in',
      activityId,
      personId,
      ...(postId !== undefined && { postId }),
    }).answer.visitId;
  }
}

/** An evening of two posts: welding takes one and is then full, truss has no limit. */
export function activityDraft(): ActivityDraft {
  return {
    title: { en: 'Volunteer evening', zh: '志愿服务之夜' },
    place: { en: 'Hall 1', zh: '一号车间' },
    schedule: { kind: 'daily', start: '18:00', end: '20:00' },
    posts: [
      { postId: 'welding', name: { en: 'Welding', zh: '焊接' }, wanted: 1, limit: 1 },
      { postId: 'truss', name: { en: 'Truss', zh: '桁架' }, wanted: 3 },
    ],
  };
}
