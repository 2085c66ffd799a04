import { defineCheck } from '../../check.ts'
import type { ProbeReport } from '../../probe.ts'
import { withProbe } from '../../preconditions.ts'
import { say } from '../../text.ts'
import type { CheckText } from '../../text.ts'

/** A desktop browser without frame, pointer or screen: a program opened it. Kiosks and touch PCs look otherwise. */
export const window = defineCheck({
  code: 'END_WINDOW',
  category: 'endpoint',
  group: 'env',
  phase: 2,
  defaultWeights: { odd: -2 },
  evaluate: (facts, weights) =>
    withProbe(facts, (probe) => {
      if (facts.endpoint.userAgent?.isMobile === true)
        return { status: 'not_applicable', text: say('window.phone') }
      const odd = oddity(probe)
      if (odd === null) return { status: 'pass', text: passText(probe) }
      const { width, height, outerHeight, innerHeight } = probe.screen
      return {
        status: 'flag',
        weight: weights.odd,
        evidence: [
          {
            label: 'window',
            value: say('evidence.window', {
              outer: outerHeight,
              inner: innerHeight,
              screen: `${String(width)}×${String(height)}`,
            }),
            sensitivity: 1,
          },
          { label: 'pointer', value: pointerOf(probe), sensitivity: 1 },
        ],
        text: odd,
        remedy: say('remedy.other_browser'),
      }
    }),
})

function oddity(probe: ProbeReport): CheckText | null {
  const { width, height } = probe.screen
  if (!probe.screen.isFullScreen && !hasFrame(probe)) return say('window.no_frame')
  if (!probe.canHover && !probe.finePointer && probe.touchPoints === 0) return say('window.no_pointer')
  return width === 800 && height === 600 ? say('window.tiny_screen') : null
}

/** A page shown smaller than life counts its own pixels, so the sizes are compared on one scale. */
function hasFrame({ screen }: ProbeReport): boolean {
  const scale = screen.outerWidth > 0 ? Math.max(1, screen.innerWidth / screen.outerWidth) : 1
  return screen.outerHeight > screen.innerHeight / scale
}

function passText({ screen }: ProbeReport): CheckText {
  return screen.isFullScreen ? say('window.full_screen') : say('window.pass')
}

function pointerOf({ canHover, finePointer, touchPoints }: ProbeReport): CheckText {
  return say('evidence.pointer', {
    pointer: finePointer ? 'fine' : 'not_fine',
    hover: canHover ? 'can_hover' : 'cannot_hover',
    count: touchPoints,
  })
}
