import { defineCheck } from '../../check.ts'
import { dayMs } from '../../quality.ts'
import { say } from '../../text.ts'

const rememberedDays = 30

/** "This was not me", confirmed, from any notice or from the portal. Nothing outweighs it. */
export const userReported = defineCheck({
  code: 'PER_USER_REPORTED',
  category: 'persona',
  group: 'report',
  defaultWeights: {},
  evaluate({ persona: { reports }, at }) {
    const newest = Math.max(...reports.map((report) => report.at))
    const expires = newest + rememberedDays * dayMs
    if (reports.length === 0 || expires <= at) return { status: 'pass', text: say('user_reported.pass') }
    return {
      status: 'critical',
      floor: { value: 9.5, expiresAt: new Date(expires).toISOString() },
      evidence: [
        {
          label: 'reported',
          value: say('evidence.at', { at: new Date(newest).toISOString() }),
          sensitivity: 0,
        },
      ],
      text: say('user_reported.hit', { date: new Date(newest).toISOString().slice(0, 10) }),
      remedy: say('remedy.escalate'),
    }
  },
})
