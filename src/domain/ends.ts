import type { SignOut } from './visit.ts';

/** The end and, behind it, those it replaced, each changed. */
export function mapEnds({ replaced, ...end }: SignOut, changed: (end: SignOut) => SignOut): SignOut {
  return { ...changed(end), ...(replaced && { replaced: mapEnds(replaced, changed) }) };
}

/** The end with this sequence number, be it the last one or one that was replaced. */
export function endOf(signOut: SignOut | undefined, seq: number): SignOut | undefined {
  return !signOut || signOut.seq === seq ? signOut : endOf(signOut.replaced, seq);
}

/** Every end of a visit, the one that holds first. */
export function endsOf(signOut: SignOut | undefined): SignOut[] {
  return signOut ? [signOut, ...endsOf(signOut.replaced)] : [];
}
