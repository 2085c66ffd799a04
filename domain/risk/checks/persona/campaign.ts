import { defineCheck } from '../../check.ts'
import { say } from '../../text.ts'

const enough = 3
/** An outage sends everybody to the help desk at once, and many of them fail: three times the usual number. */
const busyFactor = 3
const busyFrom = 10

/** Several people failed within two hours, and something of this case is common to them all. */
export const campaign = defineCheck({
  code: 'PER_CAMPAIGN',
  category: 'persona',
  group: 'campaign',
  phase: 2,
  defaultWeights: { shared: -6 },
  evaluate({ persona: { campaign: facts } }, weights) {
    if (facts === null) return { status: 'unknown', text: say('campaign.not_counted') }
    const [worst] = facts.shared
      .filter(({ participants }) => participants >= enough)
      .sort((a, b) => b.participants - a.participants)
    if (worst === undefined) return { status: 'pass', text: say('campaign.pass') }
    const evidence = [
      {
        label: 'shared',
        value: say('evidence.shared', { shared: worst.by, people: worst.participants }),
        sensitivity: 0,
      },
      {
        label: 'started_2h',
        value: say('evidence.usually', {
          count: facts.started,
          usual: Math.round(facts.usuallyStarted * 10) / 10,
        }),
        sensitivity: 0,
      },
    ] as const
    const isBusy = facts.started >= busyFrom && facts.started >= busyFactor * facts.usuallyStarted
    if (isBusy) return { status: 'info', evidence, text: say('campaign.busy') }
    return {
      status: 'flag',
      weight: weights.shared,
      evidence,
      text: say(`campaign.${worst.by}`, { count: worst.participants }),
      remedy: say('remedy.tell_supervisor'),
    }
  },
})
