import { defineCheck } from '../../check.ts'
import { isOwnNetwork, networkName, withPublicIp } from '../../preconditions.ts'
import { registryQuality } from '../../quality.ts'
import { say } from '../../text.ts'

/** Networks of consumer VPN providers; the organisation's own networks are never one. */
export const vpnAsn = defineCheck({
  code: 'NET_VPN_ASN',
  category: 'network',
  group: 'anon',
  defaultWeights: { listed: -5 },
  evaluate: (facts, weights) =>
    withPublicIp(facts, (ip) => {
      if (ip.asn === null) return { status: 'unknown', text: say('network.no_asn') }
      if (ip.class !== 'vpn' || isOwnNetwork(facts)) return { status: 'pass', text: say('vpn_asn.pass') }
      return {
        status: 'flag',
        weight: weights.listed,
        quality: registryQuality(ip.sources.classes, facts.at),
        evidence: [
          {
            label: 'network',
            value: say('evidence.network_class', { network: networkName(ip), class: 'vpn' }),
            sensitivity: 0,
          },
        ],
        text: say('vpn_asn.hit', { network: networkName(ip) }),
        remedy: say('remedy.leave_anonymous_network'),
        ...(ip.sources.classes !== null && { source: ip.sources.classes }),
      }
    }),
})
