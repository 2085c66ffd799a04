import { defineCheck } from '../../check.ts'
import { networkName, withPublicIp } from '../../preconditions.ts'
import { say } from '../../text.ts'

/** Secure web gateways of businesses: never a penalty, but their location says nothing about the person's. */
export const gateway = defineCheck({
  code: 'NET_GATEWAY',
  category: 'network',
  group: 'gateway',
  defaultWeights: {},
  evaluate: (facts) =>
    withPublicIp(facts, (ip) => {
      const label = facts.network.gatewayLabel ?? (ip.class === 'sse' ? networkName(ip) : null)
      if (label === null) return { status: 'pass', text: say('gateway.pass') }
      return {
        status: 'info',
        evidence: [{ label: 'gateway', value: label, sensitivity: 0 }],
        text: say('gateway.hit', { label }),
      }
    }),
})
