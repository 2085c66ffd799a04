/**
 * A password is read back by these two. `pwdChangedTime` counts seconds only; `entryCSN` is exact and moves with
 * whatever changes the entry, failed sign-ins too. So both are kept.
 */
import type { Entry } from 'ldapts'
import { textOf } from './entry.ts'

/** The version of an account. */
export const versionOf = (entry: Entry): string =>
  `${textOf(entry, 'pwdChangedTime') ?? '-'}/${textOf(entry, 'entryCSN') ?? '-'}`

/** Says if the password changed between two versions; `unknown`: within the same second, where nobody can tell. */
export const passwordBetween = (before: string, now: string): 'changed' | 'same' | 'unknown' => {
  const [then, serial] = before.split('/')
  const [at, nowSerial] = now.split('/')
  if (then !== at) return 'changed'
  if (serial === nowSerial || then === '-') return 'same'
  // The entry's last change before was the password itself, in that very second; a further one in it would look the same.
  const second = `${serial?.slice(0, 14)}Z`
  return second === then ? 'unknown' : 'same'
}
