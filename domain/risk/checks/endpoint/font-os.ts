import { defineCheck } from '../../check.ts'
import type { OsFamily } from '../../facts.ts'
import { withProbe } from '../../preconditions.ts'
import type { ProbedFont, TamperFindings } from '../../probe.ts'
import { say } from '../../text.ts'

/** Fonts that come with a system, at least one of which is always there. */
const shipped: Readonly<Partial<Record<OsFamily, readonly ProbedFont[]>>> = {
  windows: ['Segoe UI', 'Calibri', 'Consolas', 'Arial'],
  macos: ['Menlo', 'Helvetica Neue'],
}

/** A browser claims Windows or macOS on a device that has none of their fonts, but others. */
export const fontOs = defineCheck({
  code: 'END_FONT_OS',
  category: 'endpoint',
  group: 'tamper',
  phase: 2,
  defaultWeights: { foreign: -3 },
  evaluate: (facts, weights) =>
    withProbe(facts, ({ fonts, tamper }) => {
      const claimed = facts.endpoint.userAgent?.os ?? null
      const own = claimed === null ? undefined : shipped[claimed]
      if (claimed === null || own === undefined)
        return { status: 'not_applicable', text: say('font_os.other_system') }
      // A browser that hides its fonts shows none at all: that is its design, not a claim.
      if (fonts === null || fonts.length === 0 || hasShield(tamper))
        return { status: 'unknown', text: say('font_os.hidden') }
      if (own.some((font) => fonts.includes(font))) return { status: 'pass', text: say('font_os.pass') }
      return {
        status: 'flag',
        weight: weights.foreign,
        evidence: [{ label: 'fonts', value: fonts.join(', '), sensitivity: 1 }],
        text: say('font_os.hit', { claimed }),
        remedy: say('remedy.other_browser'),
      }
    }),
})

function hasShield(tamper: TamperFindings | null): boolean {
  return tamper !== null && tamper.shield !== null
}
