import { mayRefuse } from '#domain/policy/who-decides.ts'
import { refusal, type Refusal, type RefusalCode } from '#domain/refusal.ts'
import { may, type Permission } from '#domain/roles.ts'
import { isLegal, mayAskApproverIn, type Move } from '#domain/verification/state.ts'
import type { StaffCaller } from '../../../http/callers.ts'
import type { Sentence } from '../../../contract/common.ts'
import { isSteering } from '../../sending/steering.ts'
import type { PanelCase } from './vouching.ts'

type Allowed = { readonly allowed: boolean; readonly reason: Sentence | null }

const yes: Allowed = { allowed: true, reason: null }
const no = ({ code, slots }: Refusal): Allowed => ({
  allowed: false,
  reason: { key: `refusal.${code}`, slots: { ...slots } },
})

type Rule = (raw: PanelCase, staff: StaffCaller) => Refusal | null

const permitted =
  (permission: Permission): Rule =>
  (_, staff) =>
    may(staff.role, permission) ? null : refusal('not_permitted')

const legal =
  (move: Move): Rule =>
  ({ verification: { state } }) => {
    if (isLegal(state, move)) return null
    const code: RefusalCode = state === 'closed' ? 'verification_closed' : 'state_does_not_allow'
    return refusal(code, { state })
  }

const steering: Rule = ({ verification, vouching }, staff) => {
  if (!isSteering(staff, { kind: verification.referrer_kind, id: verification.referrer_id }))
    return refusal('not_permitted')
  return vouching.isApprover ? refusal('asked_to_vouch') : null
}

const closed: Rule = ({ verification: { state } }) =>
  state === 'closed' ? null : refusal('state_does_not_allow', { state })

/** The one rule that API, activity and screen share; before scoring there is nothing to approve. */
const approvable: Rule = ({ approval }) => approval.problem

const refusable: Rule = ({ vouching: { isApprover } }, { role }) => {
  const result = mayRefuse({ role, isApprover })
  return result.ok ? null : result.error
}

/** A link may go out, also to a participant who has to come back to a decided case (F3). */
const sendable: Rule = (raw, staff) =>
  raw.action?.state === 'awaiting_participant' ? null : legal('deliver')(raw, staff)

/** An approved action that waits can be stopped. */
const stoppable: Rule = ({ action }) =>
  action?.state === 'scheduled' || action?.state === 'awaiting_participant'
    ? null
    : refusal('state_does_not_allow')

const judge = (rules: readonly Rule[], raw: PanelCase, staff: StaffCaller): Allowed => {
  for (const rule of rules) {
    const found = rule(raw, staff)
    if (found !== null) return no(found)
  }
  return yes
}

const askable: Rule = ({ verification: { state } }) => {
  if (mayAskApproverIn(state)) return null
  return refusal(state === 'closed' ? 'verification_closed' : 'state_does_not_allow', { state })
}

/** The reason why no approver is asked is more exact than the refusal's code. */
const askApprover = (raw: PanelCase, staff: StaffCaller): Allowed => {
  const allowed = judge([permitted('verifications.steer'), steering, askable], raw, staff)
  const problem = raw.vouching.choice?.problem ?? null
  if (!allowed.allowed || problem === null) return allowed
  return { allowed: false, reason: { key: `ask_approver.${problem}`, slots: {} } }
}

/** Every action with the reason when it is greyed out; where it is done the same is asked again. */
export const actionsOf = (raw: PanelCase, staff: StaffCaller) => ({
  approve: {
    ...judge([permitted('verifications.decide'), legal('approve'), approvable], raw, staff),
    gives: raw.approval.gives,
  },
  refuse: judge([permitted('verifications.decide'), legal('refuse'), refusable], raw, staff),
  resend: judge([permitted('verifications.steer'), steering, sendable], raw, staff),
  cancel: judge([permitted('verifications.steer'), steering, legal('cancel')], raw, staff),
  askApprover: askApprover(raw, staff),
  stop: judge([permitted('verifications.steer'), steering, stoppable], raw, staff),
  label: judge([permitted('verifications.label'), closed], raw, staff),
  exercise: judge([permitted('exercises.mark'), closed], raw, staff),
})
