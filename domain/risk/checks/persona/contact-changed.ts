import { ago } from '../../ago.ts'
import { defineCheck } from '../../check.ts'
import type { Weights } from '../../check.ts'
import type { ContactChange } from '../../facts.ts'
import { dayMs, hourMs } from '../../quality.ts'
import { say, type CheckText } from '../../text.ts'

const fieldNames = { phone: 'phone number', email: 'private e-mail address', manager: 'manager' } as const

/** An attacker who takes over an account first changes where its codes go; a change by the help desk weighs most. */
export const contactChanged = defineCheck({
  code: 'PER_CONTACT_CHANGED',
  category: 'persona',
  group: 'life',
  defaultWeights: { byHelpDesk: -10, days3: -8, days14: -3 },
  evaluate({ persona: { contactChanges }, at }, weights) {
    if (contactChanges === null) return { status: 'unknown', text: say('contact_changed.no_log') }
    const [worst] = contactChanges
      .map((change) => ({ change, weight: weightOf(change, at, weights) }))
      .filter(({ weight }) => weight !== 0)
      .sort((a, b) => a.weight - b.weight || b.change.at - a.change.at)
    if (worst === undefined) return { status: 'pass', text: say('contact_changed.pass') }
    const { change, weight } = worst
    const slots = { field: fieldNames[change.field], age: ago(change.at, at) }
    return {
      status: 'flag',
      weight,
      evidence: [
        {
          label: 'change',
          value: changeOf(slots.field, change),
          sensitivity: 0,
        },
      ],
      text:
        change.by === 'help_desk'
          ? say('contact_changed.by_help_desk', slots)
          : say('contact_changed.hit', slots),
      remedy: say('remedy.older_contact'),
    }
  },
})

function changeOf(field: string, { at, by }: ContactChange): CheckText {
  const slots = { field, at: new Date(at).toISOString() }
  return by === null ? say('evidence.change_by_nobody', slots) : say('evidence.change', { ...slots, by })
}

/** A change dated in the future (a directory with a wrong clock) counts as made now. */
function weightOf(
  change: ContactChange,
  at: number,
  weights: Weights<'byHelpDesk' | 'days3' | 'days14'>,
): number {
  const age = at - change.at
  if (age >= 14 * dayMs) return 0
  if (change.by === 'help_desk') return weights.byHelpDesk
  return age < 72 * hourMs ? weights.days3 : weights.days14
}
