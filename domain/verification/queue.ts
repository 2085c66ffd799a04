import type { Role } from '../roles.ts'

/** A member of staff is waited for because of one of these. */
export const queueKinds = ['second_approval', 'escalation', 'decision'] as const

/** One of them. */
export type QueueKind = (typeof queueKinds)[number]

/** A case that waits for its decision, as one member of staff stands to it. */
export type QueuedCase = {
  readonly recommendation: 'approve' | 'hold' | 'refuse' | null
  /** The next act by the policy (`NextAction`). */
  readonly instruction: string | null
  /** A first approval waits for the second. */
  readonly hasFirst: boolean
  /** They are independent enough, and hold the right, to give the second. */
  readonly mayGiveSecond: boolean
  readonly isStarter: boolean
  /** Started by no agent: whoever sees it first takes it. */
  readonly isNobodys: boolean
}

/** Says if a case waits for this person, and for what. */
export const queueKindOf = (one: QueuedCase, role: Role): QueueKind | null => {
  if (one.hasFirst) return one.mayGiveSecond ? 'second_approval' : null
  if (one.instruction === 'supervisor') {
    if (role !== 'supervisor') return null
    if (one.recommendation === 'approve') return 'decision'
    return one.isStarter ? null : 'escalation'
  }
  return one.isStarter || one.isNobodys ? 'decision' : null
}
