import { defineCheck } from '../../check.ts'
import { dayMs } from '../../quality.ts'
import { say, type CheckText } from '../../text.ts'

const stateNames = {
  disabled: 'disabled',
  terminated: 'terminated',
  deleted: 'deleted',
  not_started: 'not started yet',
} as const

/** Nobody resets the password of an account that should not be used. A mere lock-out is not such a state. */
export const accountState = defineCheck({
  code: 'PER_ACCOUNT_STATE',
  category: 'persona',
  group: 'account',
  defaultWeights: {},
  evaluate({ persona: { account }, at }) {
    if (account === null) return { status: 'unknown', text: say('account_state.unknown') }
    if (account.state === 'active') return { status: 'pass', text: say('account_state.pass') }
    const state = stateNames[account.state]
    return {
      status: 'critical',
      floor: { value: 9, expiresAt: new Date(at + dayMs).toISOString() },
      evidence: [{ label: 'account', value: stateOf(state, account.since), sensitivity: 0 }],
      text: say('account_state.hit', { state }),
      remedy: say('remedy.check_directory'),
    }
  },
})

function stateOf(state: string, since: number | null): CheckText {
  if (since === null) return say('evidence.account', { state })
  return say('evidence.account_since', { state, date: new Date(since).toISOString().slice(0, 10) })
}
