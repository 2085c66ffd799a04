import type { Binding } from '../http/bind.ts'
import type { ApiDeps } from '../deps.ts'
import { answer } from './answer.ts'
import { checks } from './checks.ts'
import { beginEnrolment, enrolPasskey } from './passkeys/enrol-passkey.ts'
import { feedback } from './feedback.ts'
import { moreTime } from './more-time.ts'
import { checkPassword, setPassword } from './passwords.ts'
import { beginPasskey, provePasskey, withoutPasskey } from './passkeys/prove-passkey.ts'
import { beginProviderSignIn, withoutProviderSignIn } from './provider-sign-in.ts'
import { sendPush, withoutPush } from './push/push.ts'
import { recoveryCode, withoutRecoveryCode } from './sheet/recovery-code.ts'
import { activateSheet, drawSheet } from './sheet/recovery-sheet.ts'
import { report } from './report.ts'
import { resetMfa, showEnrolmentCode } from './reset-mfa.ts'
import { secondCode, sendSecondCode, withoutSecondCode } from './second-code.ts'
import { step } from './step.ts'

const handlers = [
  step,
  checks,
  answer,
  moreTime,
  secondCode,
  sendSecondCode,
  withoutSecondCode,
  beginPasskey,
  provePasskey,
  withoutPasskey,
  beginProviderSignIn,
  withoutProviderSignIn,
  sendPush,
  withoutPush,
  recoveryCode,
  withoutRecoveryCode,
  drawSheet,
  activateSheet,
  beginEnrolment,
  enrolPasskey,
  checkPassword,
  setPassword,
  resetMfa,
  showEnrolmentCode,
  feedback,
  report,
]

/** Every route of the portal with its handler. */
export const portalBindings = (deps: ApiDeps): readonly Binding[] => handlers.map((handler) => handler(deps))
