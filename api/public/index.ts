import type { Binding } from '../http/bind.ts'
import { Refused } from '../http/errors.ts'
import { answerApproval, approval, openApproval, signInApprover } from './approvals.ts'
import { askForHelp } from './ask-for-help.ts'
import { addOwnPasskey, beginOwnPasskey, enrolment, leaveEnrolment, signInToEnrol } from './enrolment.ts'
import { declineLink } from './decline-link.ts'
import { frontDoor } from './front-door.ts'
import type { PublicDeps } from './link-step.ts'
import { openLink } from './open-link.ts'
import { confirmReport, openReport } from './reports.ts'
import { submitCode } from './submit-code.ts'

/** Routes that a token opens. */
const byToken = [openApproval, signInApprover, openLink, submitCode, declineLink, openReport, confirmReport]

const handlers = [
  ...[approval, answerApproval, askForHelp, frontDoor],
  ...[enrolment, signInToEnrol, beginOwnPasskey, addOwnPasskey, leaveEnrolment],
]

/**
 * Counts by address the tokens that led nowhere, unknown and dead ones alike (H5, C17). A token that works is never counted
 * and never refused: an attacker who makes up tokens shuts out nobody behind the same address.
 */
const countingMisses = ({ missedTokens }: PublicDeps, binding: Binding): Binding => ({
  ...binding,
  handle: async (raw, parsed, operationId) => {
    try {
      return await binding.handle(raw, parsed, operationId)
    } catch (error) {
      if (error instanceof Refused && error.refusal.code === 'link_unusable')
        await missedTokens.consume(raw.http.client.address)
      throw error
    }
  },
})

/** Every route without a session, with its handler. */
export const publicBindings = (deps: PublicDeps): readonly Binding[] => [
  ...byToken.map((handler) => countingMisses(deps, handler(deps))),
  ...handlers.map((handler) => handler(deps)),
]
