import type { VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import { call } from '../../api.ts'

/** The acts of staff on a running case, in the order of the buttons. */
export const verbs = ['approve', 'refuse', 'askApprover', 'resend', 'cancel'] as const

/** One of them. */
export type Verb = (typeof verbs)[number]

/**
 * Does it. `key` stays the same over retries of one intention. A decision carries the hash of what was on the screen
 * (D4). Throws `ProblemError`.
 */
export const perform = (verb: Verb, panel: Panel, reason: string, key: string): Promise<unknown> => {
  const params = { verificationId: panel.row.id }
  switch (verb) {
    case 'approve':
    case 'refuse': {
      const decision = verb === 'approve' ? 'approved' : 'refused'
      return call(
        'console.decide',
        { params, body: { decision, reason, screenHash: panel.screenHash } },
        { key },
      )
    }
    case 'cancel':
      return call('console.cancel', { params, body: { reason } }, { key })
    case 'askApprover':
      return call('console.askApprover', { params, body: {} }, { key })
    case 'resend':
      return call('console.resend', { params, body: { contactId: panel.resendContactId } }, { key })
  }
}
