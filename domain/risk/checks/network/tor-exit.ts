import { defineCheck } from '../../check.ts'
import type { Finding, Weights } from '../../check.ts'
import type { FeedHit, IpFacts } from '../../facts.ts'
import { networkName, withPublicIp } from '../../preconditions.ts'
import { listFinding, newestHit } from '../../feed-hits.ts'
import { ageInDays, registryQuality } from '../../quality.ts'
import { say } from '../../text.ts'

/** Exits come and go within days: only a list younger than this is certain. */
const certainDays = 7

/** Operators of exits call their networks by such names: "TOR-EXIT", "Torservers.net", "Onion Relays". */
const torName = /\btor(?![a-z])|torservers|onion/i

/**
 * Only a fed list detects Tor with certainty. The network's class alone means "likely", and so does its name
 * where a list of anonymous proxies holds the address too: a university may be called Tor Vergata.
 */
export const torExit = defineCheck({
  code: 'NET_TOR_EXIT',
  category: 'network',
  group: 'anon',
  asks: 'one_more_kind',
  defaultWeights: { certain: -12, likely: -8 },
  evaluate: (facts, weights) =>
    withPublicIp(facts, (ip) => {
      const hit = newestHit(ip, ['tor'])
      if (hit !== undefined) return fromList(hit, ip, facts.at, weights)
      if (ip.class === 'tor') return fromClass(ip, facts.at, weights)
      const anonymous = newestHit(ip, ['anon'])
      if (anonymous !== undefined && torName.test(ip.asnName ?? ''))
        return fromName(anonymous, ip, facts.at, weights)
      if (ip.asn === null) return { status: 'unknown', text: say('network.no_asn') }
      return { status: 'pass', text: say('tor_exit.pass') }
    }),
})

type TorWeights = Weights<'certain' | 'likely'>

function fromList(hit: FeedHit, ip: IpFacts, at: number, weights: TorWeights): Finding {
  const date = hit.source.asOf.slice(0, 10)
  const { evidence, source, quality } = listFinding(hit, at)
  const base = { evidence, source, remedy: say('remedy.leave_anonymous_network') } as const
  if (ageInDays(hit.source, at) < certainDays)
    return { ...base, status: 'flag', weight: weights.certain, text: say('tor_exit.certain', { date }) }
  if (isReassigned(hit, ip))
    return { status: 'info', evidence, source, text: say('tor_exit.reassigned', { date }) }
  return {
    ...base,
    status: 'flag',
    weight: weights.likely,
    quality,
    text: say('tor_exit.old_list', { date }),
  }
}

function fromName(hit: FeedHit, ip: IpFacts, at: number, weights: TorWeights): Finding {
  return {
    ...listFinding(hit, at),
    status: 'flag',
    weight: weights.likely,
    text: say('tor_exit.likely', { reason: networkName(ip) }),
    remedy: say('remedy.leave_anonymous_network'),
  }
}

function fromClass(ip: IpFacts, at: number, weights: TorWeights): Finding {
  return {
    status: 'flag',
    weight: weights.likely,
    quality: registryQuality(ip.sources.classes, at),
    evidence: [
      {
        label: 'network',
        value: say('evidence.network_class', { network: networkName(ip), class: 'tor' }),
        sensitivity: 0,
      },
    ],
    text: say('tor_exit.likely', { reason: networkName(ip) }),
    remedy: say('remedy.leave_anonymous_network'),
    ...(ip.sources.classes !== null && { source: ip.sources.classes }),
  }
}

/** An old list accuses the person who got the address since; newer owner data of an ordinary kind outweigh it. */
function isReassigned(hit: FeedHit, ip: IpFacts): boolean {
  const isNewer = ip.sources.asn !== null && Date.parse(ip.sources.asn.asOf) > Date.parse(hit.source.asOf)
  const isServerNetwork = ip.class === 'tor' || ip.class === 'hosting' || ip.class === 'vpn'
  return isNewer && !isServerNetwork
}
