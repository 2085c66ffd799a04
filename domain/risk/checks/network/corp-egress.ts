import { defineCheck } from '../../check.ts'
import { say } from '../../text.ts'

/** The organisation's own egress or VPN pool speaks for the participant; private addresses may belong to it too. */
export const corpEgress = defineCheck({
  code: 'NET_CORP_EGRESS',
  category: 'network',
  group: 'familiar',
  defaultWeights: { inside: 6 },
  evaluate({ network: { client, egress } }, weights) {
    if (!egress.configured) return { status: 'not_applicable', text: say('corp_egress.not_configured') }
    if (client === null || client.address === null)
      return { status: 'unknown', text: say('network.not_seen') }
    if (egress.label === null) return { status: 'pass', text: say('corp_egress.pass') }
    return {
      status: 'pass',
      weight: weights.inside,
      evidence: [{ label: 'egress', value: egress.label, sensitivity: 0 }],
      text: say('corp_egress.hit', { label: egress.label }),
    }
  },
})
