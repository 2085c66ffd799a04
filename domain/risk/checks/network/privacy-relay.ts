import { defineCheck } from '../../check.ts'
import { isOwnNetwork, networkName, withPublicIp } from '../../preconditions.ts'
import { registryQuality } from '../../quality.ts'
import { say } from '../../text.ts'

/** A relay for consumers, on by default in many phones: hardly anything speaks against it, and it is no VPN. */
export const privacyRelay = defineCheck({
  code: 'NET_PRIVACY_RELAY',
  category: 'network',
  group: 'anon',
  phase: 2,
  defaultWeights: { relay: -1 },
  evaluate: (facts, weights) =>
    withPublicIp(facts, (ip) => {
      const listed = ip.feeds.find((feed) => feed.kind === 'relay')
      if (listed === undefined && ip.asn === null) return { status: 'unknown', text: say('network.no_asn') }
      // Until a list of relays is loaded, a participant on a content network counts as on a relay.
      const isRelay = listed !== undefined || ip.class === 'relay' || ip.class === 'cdn'
      if (!isRelay || isOwnNetwork(facts)) return { status: 'pass', text: say('privacy_relay.pass') }
      const source = listed?.source ?? ip.sources.classes
      return {
        status: 'flag',
        weight: weights.relay,
        quality: registryQuality(source, facts.at),
        evidence: [
          {
            label: 'network',
            value: say('evidence.network_class', { network: networkName(ip), class: 'relay' }),
            sensitivity: 0,
          },
        ],
        text: say('privacy_relay.hit', { network: networkName(ip) }),
        remedy: say('remedy.no_relay_for_this'),
        ...(source !== null && { source }),
      }
    }),
})
