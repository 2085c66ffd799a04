import { defineCheck } from '../../check.ts'
import { withProbe } from '../../preconditions.ts'
import type { TamperFindings } from '../../probe.ts'
import { say } from '../../text.ts'

const shieldNames = { brave: 'Brave', firefox_resist_fingerprinting: 'Firefox' } as const

/** Browser functions replaced by a script; half as bad where the browser itself resists fingerprinting. */
export const apiTamper = defineCheck({
  code: 'END_API_TAMPER',
  category: 'endpoint',
  group: 'tamper',
  asks: 'one_more_kind',
  defaultWeights: { patched: -8, shielded: -4 },
  evaluate: (facts, weights) =>
    withProbe(facts, ({ tamper }) => {
      if (tamper === null) return { status: 'unknown', text: say('endpoint.not_told') }
      const found = namesOf(tamper)
      if (found.length === 0) return { status: 'pass', text: say('api_tamper.pass') }
      const names = found.slice(0, 8).join(', ')
      const shield = tamper.shield === null ? null : shieldNames[tamper.shield]
      return {
        // A browser that shields its owner is no sign of a program: it costs points and asks for nothing.
        status: shield === null ? 'flag' : 'info',
        weight: shield === null ? weights.patched : weights.shielded,
        evidence: [{ label: 'names', value: names, sensitivity: 1 }],
        text:
          shield === null ? say('api_tamper.hit', { names }) : say('api_tamper.shield', { shield, names }),
        remedy: say('remedy.other_browser'),
      }
    }),
})

function namesOf(tamper: TamperFindings): readonly string[] {
  const names = [...tamper.ownProperties, ...tamper.foreignGetters, ...tamper.iframeDiffers]
  return [...new Set(tamper.toStringPatched ? [...names, 'Function.toString'] : names)]
}
