import { defineCheck } from '../../check.ts'
import { isKeyCopied } from '../../copied-key.ts'
import { isKnownByKey } from '../../preconditions.ts'
import { say } from '../../text.ts'

/**
 * The device key belongs to an earlier verification of this participant that ended with possession proven. It counts in full
 * only with the machine and the neighbourhood that it was seen with, since a copied folder brings the key along.
 */
export const knownKey = defineCheck({
  code: 'END_KNOWN_KEY',
  category: 'endpoint',
  group: 'device',
  ruleVersion: 2,
  defaultWeights: { known: 12, drifted: 4 },
  evaluate(facts, weights) {
    const { proof, known } = facts.endpoint.device
    if (proof === 'absent') return { status: 'unknown', text: say('known_key.no_key') }
    if (known === null || !isKnownByKey(facts)) return { status: 'pass', text: say('known_key.pass') }
    if (isKeyCopied(facts)) return { status: 'pass', text: say('known_key.copied') }
    const { times, drift = [] } = known
    const date = new Date(known.lastAt).toISOString().slice(0, 10)
    const device = {
      label: 'device',
      value: say('evidence.known_device', { times, date }),
      sensitivity: 0,
    } as const
    if (drift.length === 0)
      return {
        status: 'pass',
        weight: weights.known,
        evidence: [device],
        text: say('known_key.hit', { times, date }),
      }
    const changed = drift.map((one) => ({
      label: 'changed',
      value: say(`evidence.drift_${one}`),
      sensitivity: 0 as const,
    }))
    return {
      status: 'pass',
      weight: weights.drifted,
      evidence: [device, ...changed],
      text: say('known_key.drifted', { times, date }),
    }
  },
})
