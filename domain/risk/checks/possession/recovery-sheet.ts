import { defineCheck } from '../../check.ts'
import { say } from '../../text.ts'

/**
 * The participant typed a code of their printed sheet (POS_SHEET). Paper can be copied or read out, so it is a kind of its own
 * that can be phished. A case whose policy asks for one asks everybody, and says the same to a person who has no sheet: nobody
 * learns from it whether there is one. If one counts is settled where the code is taken.
 */
export const recoverySheet = defineCheck({
  code: 'POS_SHEET',
  category: 'possession',
  group: 'recovery_sheet',
  defaultWeights: { proven: 10 },
  evaluate({ possession: { recoverySheet: facts } }, weights) {
    if (facts === undefined) return { status: 'not_applicable', text: say('sheet.not_asked') }
    if (facts.proven === null)
      return { status: 'unknown', text: say(facts.isGivenUp ? 'sheet.given_up' : 'sheet.waiting') }
    const { left, madeAt } = facts.proven
    return {
      status: 'pass',
      weight: weights.proven,
      evidenceClass: 'recovery_sheet',
      evidence: [
        {
          label: 'sheet',
          value: say('evidence.sheet', { at: new Date(madeAt).toISOString(), left }),
          sensitivity: 0,
        },
      ],
      text: say('sheet.proven'),
    }
  },
})
