import { defineCheck } from '../../check.ts'
import type { Finding, Weights } from '../../check.ts'
import { isForbiddenLine, isSettled } from '../../contact-rules.ts'
import type { ContactFacts } from '../../facts.ts'
import { say } from '../../text.ts'

/** Where the link went: an old contact on file speaks for the participant, a typed or throw-away one against. */
export const channel = defineCheck({
  code: 'PER_CHANNEL',
  category: 'persona',
  group: 'channel',
  defaultWeights: { settled: 5, disposable: -10, typed: -6, private: -3, lineType: -3 },
  evaluate({ persona: { contact }, at }, weights) {
    if (contact === null) return { status: 'unknown', text: say('channel.not_sent') }
    const evidence = [
      {
        label: 'contact',
        value: say('evidence.contact', {
          channel: contact.channel,
          origin: contact.origin,
          masked: contact.masked,
        }),
        sensitivity: 0,
      },
    ] as const
    return { evidence, ...judge(contact, at, weights) }
  },
})

type ChannelWeights = Weights<'settled' | 'disposable' | 'typed' | 'private' | 'lineType'>

/** The worst thing true of the contact decides; only a contact with nothing against it gets the credit. */
function judge(contact: ContactFacts, at: number, weights: ChannelWeights): Finding {
  const [worst] = faults(contact, weights).sort((a, b) => a.weight - b.weight)
  if (worst !== undefined) return { ...worst, status: 'flag', remedy: say('remedy.older_contact') }
  const { masked } = contact
  if (isSettled(contact, at))
    return { status: 'pass', weight: weights.settled, text: say('channel.settled', { masked }) }
  const text =
    contact.changedAt === null ? say('channel.undated', { masked }) : say('channel.recent', { masked })
  return { status: 'info', text }
}

function faults(contact: ContactFacts, weights: ChannelWeights) {
  const { masked, lineType, domain } = contact
  const isTyped = contact.origin === 'typed'
  const found = []
  if (domain === 'disposable')
    found.push({ weight: weights.disposable, text: say('channel.disposable', { masked }) })
  if (isTyped) found.push({ weight: weights.typed, text: say('channel.typed', { masked }) })
  if (isTyped && domain === 'private')
    found.push({ weight: weights.private, text: say('channel.private', { masked }) })
  if (lineType !== null && isForbiddenLine(lineType))
    found.push({ weight: weights.lineType, text: say('channel.line_type', { type: lineType, masked }) })
  return found
}
