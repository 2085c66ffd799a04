import type { Role } from '../roles.ts'

/** The reasons why a case waits for a member of staff. */
export const queueKinds = ['second_approval', 'escalation', 'decision'] as const

/** One of them. */
export type QueueKind = (typeof queueKinds)[number]

/** A case that waits for its decision, seen by one member of staff. */
export type QueuedCase = {
  readonly recommendation: 'approve' | 'hold' | 'refuse' | null
  /** The next act by the policy (`NextAction`). */
  readonly instruction: string | null
  /** A first approval waits for the second. */
  readonly hasFirst: boolean
  /** They are independent enough, and hold the right, to give the second. */
  readonly mayGiveSecond: boolean
  readonly isStarter: boolean
  /** No agent started it: the first agent who sees it takes it. */
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
