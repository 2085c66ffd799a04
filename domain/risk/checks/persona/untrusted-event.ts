import { defineCheck } from '../../check.ts'
import { entriesOf } from '../../preconditions.ts'
import { say } from '../../text.ts'

/** The browser marks events made by a script; people cannot make such events. */
export const untrustedEvent = defineCheck({
  code: 'PER_UNTRUSTED_EVENT',
  category: 'persona',
  group: 'input',
  ruleVersion: 2,
  asks: 'one_more_kind',
  defaultWeights: { scripted: -10 },
  evaluate(facts, weights) {
    const entries = entriesOf(facts)
    if (entries.length === 0) return { status: 'not_applicable', text: say('untrusted_event.no_answers') }
    if (entries.every(({ input }) => input === null))
      return { status: 'unknown', text: say('no_typing.not_told') }
    const found = [...new Set(entries.flatMap(({ input }) => input?.untrusted ?? []))]
    if (found.length === 0) return { status: 'pass', text: say('untrusted_event.pass') }
    const names = found.slice(0, 6).join(', ')
    return {
      status: 'flag',
      weight: weights.scripted,
      evidence: [{ label: 'events', value: names, sensitivity: 0 }],
      text: say('untrusted_event.hit', { names }),
      remedy: say('remedy.other_browser'),
    }
  },
})
