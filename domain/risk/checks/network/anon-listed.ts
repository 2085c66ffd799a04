import { defineCheck } from '../../check.ts'
import { isOwnNetwork, withPublicIp } from '../../preconditions.ts'
import { say } from '../../text.ts'
import { listFinding, newestHit } from '../../feed-hits.ts'

/**
 * An address on a list of anonymous proxies, of VPNs or of homes that are sold as proxies. Old lists hold whole carriers, which is
 * why the date counts.
 */
export const anonListed = defineCheck({
  code: 'NET_ANON_LISTED',
  category: 'network',
  group: 'anon',
  phase: 2,
  ruleVersion: 2,
  asks: 'one_more_kind',
  defaultWeights: { listed: -6 },
  evaluate: (facts, weights) =>
    withPublicIp(facts, (ip) => {
      const hit = newestHit(ip, ['anon', 'vpn', 'residential'])
      if (hit === undefined || isOwnNetwork(facts)) return { status: 'pass', text: say('anon_listed.pass') }
      const date = hit.source.asOf.slice(0, 10)
      return {
        ...listFinding(hit, facts.at),
        status: 'flag',
        weight: weights.listed,
        text: say(hit.kind === 'residential' ? 'anon_listed.residential' : 'anon_listed.hit', { date }),
        remedy: say('remedy.leave_anonymous_network'),
      }
    }),
})
