import { defineCheck } from '../../check.ts'
import { withProbe } from '../../preconditions.ts'
import { say } from '../../text.ts'

/** Names of software renderers and virtual graphics cards; locked-down PCs share them, hence the small weight. */
const virtual =
  /swiftshader|llvmpipe|softpipe|software rasterizer|basic render|virtualbox|vmware|svga3d|parallels/i

export const vmGraphics = defineCheck({
  code: 'END_VM_GRAPHICS',
  category: 'endpoint',
  group: 'env',
  defaultWeights: { software: -3 },
  evaluate: (facts, weights) =>
    withProbe(facts, ({ graphics }) => {
      if (facts.endpoint.hasVirtualDesktops)
        return { status: 'not_applicable', text: say('vm_graphics.declared') }
      if (graphics === null) return { status: 'unknown', text: say('endpoint.not_told') }
      const { renderer } = graphics
      const remedy = say('remedy.nothing_alone')
      if (renderer === null)
        return {
          status: 'flag',
          weight: weights.software,
          evidence: [{ label: 'renderer', value: say('evidence.none'), sensitivity: 1 }],
          text: say('vm_graphics.none'),
          remedy,
        }
      if (!virtual.test(renderer)) return { status: 'pass', text: say('vm_graphics.pass') }
      return {
        status: 'flag',
        weight: weights.software,
        evidence: [{ label: 'renderer', value: renderer, sensitivity: 1 }],
        text: say('vm_graphics.hit', { renderer }),
        remedy,
      }
    }),
})
