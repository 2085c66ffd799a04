import { defineCheck } from '../../check.ts'
import { networkName, withPublicIp } from '../../preconditions.ts'
import { historyQuality, registryQuality } from '../../quality.ts'
import { say } from '../../text.ts'

const minimumEvents = 5
const usualFrom = 3

/** A network never seen speaks a little against, one seen three times and more speaks for the participant. */
export const newAsn = defineCheck({
  code: 'NET_NEW_ASN',
  category: 'network',
  group: 'familiar',
  defaultWeights: { first: -1, usual: 2 },
  evaluate: (facts, weights) =>
    withPublicIp(facts, (ip) => {
      const { history } = facts.network
      if (ip.asn === null) return { status: 'unknown', text: say('network.no_asn') }
      if (history === null || history.events < minimumEvents)
        return { status: 'unknown', text: say('network.no_history') }
      const times = history.asns.find((seen) => seen.asn === ip.asn)?.count ?? 0
      const quality = historyQuality(history) * registryQuality(ip.sources.asn, facts.at)
      const evidence = [
        {
          label: 'network',
          value:
            times === 0
              ? say('evidence.network_first', { network: networkName(ip) })
              : say('evidence.network_seen', { network: networkName(ip), times }),
          sensitivity: 0,
        },
      ] as const
      const common = { quality, evidence, ...(ip.sources.asn !== null && { source: ip.sources.asn }) }
      if (times >= usualFrom)
        return { ...common, status: 'pass', weight: weights.usual, text: say('new_asn.usual', { times }) }
      if (times > 0) return { ...common, status: 'pass', text: say('new_asn.pass') }
      const text = say('new_asn.hit', { network: networkName(ip) })
      return { ...common, status: 'flag', weight: weights.first, text, remedy: say('remedy.nothing_alone') }
    }),
})
