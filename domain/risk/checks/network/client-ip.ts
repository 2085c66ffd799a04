import { defineCheck } from '../../check.ts'
import { say } from '../../text.ts'

/** Flags a sender that tries to choose its own address; the derived address is never the claimed one. */
export const clientIp = defineCheck({
  code: 'NET_CLIENT_IP',
  category: 'network',
  group: 'ip',
  defaultWeights: { spoofed: -2 },
  evaluate({ network: { client, ip } }, weights) {
    if (client === null) return { status: 'unknown', text: say('network.not_seen') }
    const evidence = [
      { label: 'address', value: client.address ?? say('evidence.none'), sensitivity: 1 },
      { label: 'hops', value: String(client.hops), sensitivity: 0 },
    ] as const
    if (client.problem !== null) {
      const text =
        client.problem === 'too_many_hops'
          ? say('client_ip.too_many_hops', { hops: client.hops })
          : say(`client_ip.${client.problem}`)
      return { status: 'flag', weight: weights.spoofed, evidence, text, remedy: say('remedy.tell_operator') }
    }
    if (ip?.status === 'not_applicable')
      return { status: 'not_applicable', evidence, text: say('network.private') }
    return { status: 'pass', evidence, text: say('client_ip.pass', { hops: client.hops }) }
  },
})
