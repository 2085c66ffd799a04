import type { Finding } from './check.ts'
import type { FeedHit, FeedKind, IpFacts } from './facts.ts'
import { reputationQuality } from './quality.ts'
import { say } from './text.ts'

/** The newest entry of some kinds of list that holds the address. */
export function newestHit(ip: IpFacts, kinds: readonly FeedKind[]): FeedHit | undefined {
  return ip.feeds
    .filter((feed) => kinds.includes(feed.kind))
    .sort((a, b) => b.source.asOf.localeCompare(a.source.asOf))[0]
}

/** The finding names the list, its day and the range in it: an old list accuses the person who got the address since. */
export function listFinding(
  hit: FeedHit,
  at: number,
): Required<Pick<Finding, 'evidence' | 'source' | 'quality'>> {
  const date = hit.source.asOf.slice(0, 10)
  return {
    source: hit.source,
    quality: reputationQuality(hit.source, at),
    evidence: [
      { label: 'list', value: say('evidence.list', { list: hit.source.name, date }), sensitivity: 0 },
      { label: 'range', value: hit.entry, sensitivity: 1 },
    ],
  }
}
