import { countPushesLeft } from '#services/pushes/push-requests.ts'
import { readNewestPush, type PushState } from '#services/pushes/pushes.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** The page of a push shows this beside the case. */
export type PushPage = {
  readonly state: 'ready' | 'sending' | 'sent'
  readonly problem: 'not_sent' | 'unanswered' | null
  readonly number: string | null
  readonly pushesLeft: number
}

const shown: Readonly<Record<PushState, Pick<PushPage, 'state' | 'problem'>>> = {
  asked: { state: 'sending', problem: null },
  sending: { state: 'sending', problem: null },
  sent: { state: 'sent', problem: null },
  not_sent: { state: 'ready', problem: 'not_sent' },
  unanswered: { state: 'ready', problem: 'unanswered' },
  // Such an answer ends the step; where it counted for nothing, the page says no more than that none came.
  approved: { state: 'ready', problem: 'unanswered' },
  denied: { state: 'ready', problem: 'unanswered' },
}

/** Reads it for a case whose step it is. */
export const readPushPage = async (tx: Tx, verificationId: string, personId: string): Promise<PushPage> => {
  const [push, pushesLeft] = await Promise.all([
    readNewestPush(tx, verificationId),
    countPushesLeft(tx, verificationId, personId),
  ])
  const { state, problem } =
    push === undefined ? ({ state: 'ready', problem: null } as const) : shown[push.state]
  return { state, problem, number: state === 'sent' ? (push?.number ?? null) : null, pushesLeft }
}
