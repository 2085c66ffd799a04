import { defineCheck } from '../../check.ts'
import { isOwnNetwork, withPublicIp } from '../../preconditions.ts'
import { say } from '../../text.ts'
import { listFinding, newestHit } from '../../feed-hits.ts'

/** A network on a list of attackers. Space is leased again: an old list weighs little, and the list says so. */
export const hostile = defineCheck({
  code: 'NET_HOSTILE',
  category: 'network',
  group: 'anon',
  phase: 2,
  defaultWeights: { listed: -10 },
  evaluate: (facts, weights) =>
    withPublicIp(facts, (ip) => {
      const hit = newestHit(ip, ['hostile'])
      if (hit === undefined || isOwnNetwork(facts)) return { status: 'pass', text: say('hostile.pass') }
      const date = hit.source.asOf.slice(0, 10)
      return {
        ...listFinding(hit, facts.at),
        status: 'flag',
        weight: weights.listed,
        text: say('hostile.hit', { date }),
        remedy: say('remedy.leave_anonymous_network'),
      }
    }),
})
