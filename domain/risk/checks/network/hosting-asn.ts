import { defineCheck } from '../../check.ts'
import type { FeedHit, IpFacts, RiskFacts } from '../../facts.ts'
import { isOwnNetwork, networkName, withPublicIp } from '../../preconditions.ts'
import { listFinding, newestHit } from '../../feed-hits.ts'
import { registryQuality } from '../../quality.ts'
import { say } from '../../text.ts'

/** Data centres, by the class list, by a list of addresses or, at half the weight, by the network's name. */
export const hostingAsn = defineCheck({
  code: 'NET_HOSTING_ASN',
  category: 'network',
  group: 'anon',
  ruleVersion: 2,
  defaultWeights: { listed: -6, named: -3 },
  evaluate: (facts, weights) =>
    withPublicIp(facts, (ip) => {
      const hit = listHit(facts, ip)
      if (hit !== undefined)
        return {
          ...listFinding(hit, facts.at),
          status: 'flag',
          weight: weights.listed,
          text: say('hosting_asn.address', { date: hit.source.asOf.slice(0, 10) }),
          remedy: say('remedy.other_connection'),
        }
      if (ip.asn === null) return { status: 'unknown', text: say('network.no_asn') }
      if (ip.class !== 'hosting' || isOwnNetwork(facts))
        return { status: 'pass', text: say('hosting_asn.pass') }
      const by = ip.classBy === 'name' ? 'named' : 'listed'
      return {
        status: 'flag',
        weight: weights[by],
        quality: registryQuality(ip.sources.classes, facts.at),
        evidence: [
          {
            label: 'network',
            value: say('evidence.network_class', { network: networkName(ip), class: 'hosting' }),
            sensitivity: 0,
          },
          {
            label: 'class_by',
            value: say('evidence.class_by', { by: ip.classBy ?? 'list' }),
            sensitivity: 0,
          },
        ],
        text: say(`hosting_asn.${by}`, { network: networkName(ip) }),
        remedy: say('remedy.other_connection'),
        ...(ip.sources.classes !== null && { source: ip.sources.classes }),
      }
    }),
})

/** Lists of addresses are asked where the class list does not know it already. */
function listHit(facts: RiskFacts, ip: IpFacts): FeedHit | undefined {
  const isKnown = ip.class === 'hosting' && ip.classBy !== 'name'
  return isKnown || isOwnNetwork(facts) ? undefined : newestHit(ip, ['hosting'])
}
