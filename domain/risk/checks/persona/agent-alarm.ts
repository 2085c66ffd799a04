import { defineCheck } from '../../check.ts'
import { dayMs } from '../../quality.ts'
import { say } from '../../text.ts'

/** The agent reports that something is wrong, or that they are under pressure. Nothing outweighs it while its floor lasts. */
export const agentAlarm = defineCheck({
  code: 'PER_AGENT_ALARM',
  category: 'persona',
  group: 'report',
  phase: 2,
  defaultWeights: {},
  evaluate({ persona: { signals }, at }) {
    const signal = signals.agentAlarm
    if (!signal.configured) return { status: 'not_applicable', text: say('agent_alarm.not_offered') }
    if (signal.value === null) return { status: 'pass', text: say('agent_alarm.pass') }
    return {
      status: 'critical',
      floor: { value: 9, expiresAt: new Date(at + dayMs).toISOString() },
      evidence: [
        // The name of the agent is for supervisors: an attacker who pressed an agent must not learn that it was
        // noticed.
        {
          label: 'alarm',
          value: say('evidence.by_at', {
            name: signal.value.by,
            at: new Date(signal.value.at).toISOString(),
          }),
          sensitivity: 1,
        },
      ],
      text: say('agent_alarm.hit'),
      remedy: say('remedy.escalate'),
    }
  },
})
