import { defineCheck } from '../../check.ts'
import { alikeFrom, isKnownByKey, withProbe } from '../../preconditions.ts'
import { say } from '../../text.ts'

/** Looks like a device of this person whose key is gone. Only a hint: a company's laptops are all alike. */
export const similar = defineCheck({
  code: 'END_SIMILAR',
  category: 'endpoint',
  group: 'device',
  phase: 2,
  defaultWeights: { alike: 1 },
  evaluate: (facts, weights) =>
    withProbe(facts, () => {
      const { similar: likeness, proof } = facts.endpoint.device
      if (likeness === null) return { status: 'not_applicable', text: say('similar.nothing') }
      if (isKnownByKey(facts)) return { status: 'pass', text: say('similar.has_key') }
      if (likeness.share < alikeFrom || proof === 'invalid')
        return { status: 'pass', text: say('similar.pass') }
      const evidence = [
        {
          label: 'alike',
          value: say('evidence.fields', { fields: likeness.matched.join(', ') }),
          sensitivity: 1,
        },
      ] as const
      if (likeness.othersAlike > 0) return { status: 'info', evidence, text: say('similar.company_image') }
      return { status: 'pass', weight: weights.alike, evidence, text: say('similar.hit') }
    }),
})
