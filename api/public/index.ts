import type { Binding } from '../bind.ts'
import { answerApproval, approval, openApproval, signInApprover } from './approvals.ts'
import { askForHelp } from './ask-for-help.ts'
import { declineLink } from './decline-link.ts'
import type { PublicDeps } from './link-step.ts'
import { openLink } from './open-link.ts'
import { confirmReport, openReport } from './reports.ts'
import { submitCode } from './submit-code.ts'

const handlers = [
  openApproval,
  signInApprover,
  approval,
  answerApproval,
  askForHelp,
  openLink,
  submitCode,
  declineLink,
  openReport,
  confirmReport,
]

/** Every route without a session, with its handler. */
export const publicBindings = (deps: PublicDeps): readonly Binding[] =>
  handlers.map((handler) => handler(deps))
