import { defineCheck } from '../../check.ts'
import { isKeyCopied } from '../../copied-key.ts'
import { say } from '../../text.ts'

/**
 * The device key is used in two places at once. Somebody copied the folder of a browser, so the key says nothing about who is
 * here: the case needs one more kind of proof, and the people who watch are told.
 */
export const copiedKey = defineCheck({
  code: 'END_COPIED_KEY',
  category: 'endpoint',
  group: 'integrity',
  asks: 'one_more_kind',
  defaultWeights: { copied: -10 },
  evaluate(facts, weights) {
    const { elsewhere, proof } = facts.endpoint.device
    if (elsewhere === undefined || proof === 'absent')
      return { status: 'not_applicable', text: say('copied_key.not_looked') }
    if (!isKeyCopied(facts)) return { status: 'pass', text: say('copied_key.pass') }
    return {
      status: 'flag',
      weight: weights.copied,
      evidence: elsewhere.slice(0, 12).map((use) => ({
        label: 'other',
        value: say('evidence.network_visit', {
          at: new Date(use.at).toISOString(),
          network: `AS${String(use.asn ?? '?')}`,
          country: use.country ?? '?',
        }),
        sensitivity: 1 as const,
      })),
      text: say('copied_key.hit'),
      remedy: say('remedy.call_back'),
    }
  },
})
