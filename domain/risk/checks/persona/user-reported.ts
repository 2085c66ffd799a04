import { defineCheck, type Finding } from '../../check.ts'
import { dayMs } from '../../quality.ts'
import { say } from '../../text.ts'

const rememberedDays = 30

/**
 * "This was not me", confirmed, from any notice or from the portal. Nothing outweighs it until a supervisor lifts it; a lifted
 * one still asks for two kinds of proof, since whoever talked the person into it may have talked to the supervisor as well.
 */
export const userReported = defineCheck({
  code: 'PER_USER_REPORTED',
  category: 'persona',
  group: 'report',
  defaultWeights: {},
  asks: 'two_kinds',
  evaluate({ persona: { reports }, at }) {
    const recent = reports.filter((report) => report.at + rememberedDays * dayMs > at)
    const open = recent.filter(({ isLifted }) => !isLifted)
    if (recent.length === 0) return { status: 'pass', text: say('user_reported.pass') }
    const newest = Math.max(...(open.length > 0 ? open : recent).map((report) => report.at))
    const when = new Date(newest).toISOString()
    const evidence: Finding['evidence'] = [
      { label: 'reported', value: say('evidence.at', { at: when }), sensitivity: 0 },
    ]
    const date = when.slice(0, 10)
    if (open.length === 0) return { status: 'flag', evidence, text: say('user_reported.lifted', { date }) }
    return {
      status: 'critical',
      floor: { value: 9.5, expiresAt: new Date(newest + rememberedDays * dayMs).toISOString() },
      evidence,
      text: say('user_reported.hit', { date }),
      remedy: say('remedy.escalate'),
    }
  },
})
