import { defineCheck } from '../../check.ts'
import { isFamiliar, isMobileNetwork, isOwnNetwork, withPublicIp } from '../../preconditions.ts'
import { dayMs } from '../../quality.ts'
import { say } from '../../text.ts'

const linksAnHour = 20

/** One address, many people: a call centre of impostors looks like that. Carrier NAT doubles the limits. */
export const ipVelocity = defineCheck({
  code: 'NET_IP_VELOCITY',
  category: 'network',
  group: 'campaign',
  ruleVersion: 2,
  defaultWeights: { two: -3, several: -6 },
  evaluate: (facts, weights) =>
    withPublicIp(facts, (ip) => {
      if (isOwnNetwork(facts)) return { status: 'not_applicable', text: say('ip_velocity.own') }
      const { velocity } = facts.network
      if (velocity === null) return { status: 'unknown', text: say('ip_velocity.no_count') }
      const factor = isMobileNetwork(facts, ip) ? 2 : 1
      const people = velocity.participants24h
      const evidence = [
        { label: 'people_24h', value: String(people), sensitivity: 0 },
        { label: 'links_1h', value: String(velocity.linksOpened1h), sensitivity: 0 },
      ] as const
      // Two at one address are mostly a household; three and more should be looked at together.
      const hit = {
        evidence,
        text: say('ip_velocity.hit', { people }),
        remedy: say('remedy.tell_supervisor'),
      }
      if (people >= 5 * factor && !isFamiliar(facts)) {
        const floor = { value: 8, expiresAt: new Date(facts.at + dayMs).toISOString() }
        return { ...hit, status: 'critical', weight: weights.several, floor, remedy: say('remedy.escalate') }
      }
      if (people >= 3 * factor) return { ...hit, status: 'flag', weight: weights.several }
      if (velocity.linksOpened1h > linksAnHour * factor) {
        const text = say('ip_velocity.links', { links: velocity.linksOpened1h })
        return { ...hit, status: 'flag', weight: weights.several, text }
      }
      if (people >= 2 * factor)
        return { ...hit, status: 'flag', weight: weights.two, remedy: say('remedy.shared_address') }
      return { status: 'pass', evidence, text: say('ip_velocity.pass') }
    }),
})
