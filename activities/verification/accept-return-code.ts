import { ApplicationFailure } from '@temporalio/common'
import { appendEvents, eventOf, uuidOf } from '#platform/database/record-events.ts'
import { haveAllKeys } from '#services/verifications/portal-sessions.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { addCodeTry, readCase } from '#services/verifications/verifications.ts'
import type { MatchCodeAnswer } from '#workflows/messages.ts'
import type { AcceptReturnCodeInput } from '#workflows/action/wait-activity-types.ts'
import type { ActivityDeps } from '../ports.ts'
import { beginSession, judgeMatchCode, tryOf } from './accept-match-code.ts'

/**
 * Judges the code of a participant who comes back to a decided case (F3): the same guarded write as the first
 * time, and a session in the browser that typed it. The case itself does not move.
 */
export const createAcceptReturnCode =
  (deps: ActivityDeps) =>
  ({ reset, ordinal, inputId, codeSeconds, at }: AcceptReturnCodeInput): Promise<MatchCodeAnswer> =>
    inTenant(deps.db, reset.tenantId, async (tx) => {
      const found = await readCase(tx, reset.verificationId)
      if (found === undefined) throw ApplicationFailure.nonRetryable('there is no such case', 'not_found')
      const snapshot = { ...found.snapshot, linkOrdinal: ordinal }
      const input = { case: found.case, snapshot, at, inputId, codeSeconds }
      const accepted = { accepted: true, portalSessionId: inputId, route: 'none' } as const
      return judgeMatchCode<MatchCodeAnswer>(tx, deps, input, {
        // The case was decided on browsers with keys: a browser that has only the link and the code does not come back
        // without a key.
        breachOf: async ({ deviceKey }) =>
          deviceKey === null && (await haveAllKeys(tx, reset.verificationId))
            ? { reason: 'no_key', origin: null }
            : null,
        repeated: () => Promise.resolve(accepted),
        right: async (typed, policy, tries) => {
          await beginSession(deps, tx, input, typed, policy)
          await addCodeTry(tx, reset.verificationId)
          const returned = eventOf(
            { kind: 'participant', id: reset.personId },
            {
              type: 'participant.returned',
              object: { kind: 'verification', id: reset.verificationId },
              payload: { ordinal },
              occurredAt: at,
            },
            uuidOf('participant-returned', inputId),
          )
          const events = [tryOf(input, true, tries + 1), returned]
          await appendEvents(tx, reset.verificationId, events, 'to_consoles')
          return accepted
        },
      })
    })
