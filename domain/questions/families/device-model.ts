import { text } from '../fact-values.ts'
import { daysSince, isFresh } from '../moments.ts'
import type { DeviceFact } from '../participant-facts.ts'
import { choiceFrom, pickOne, type FactInput, type Family } from './family.ts'

const seenWithinDays = 60

/** Computers that the inventory saw lately. */
const computers = ({ facts: { inventory }, now }: FactInput): readonly DeviceFact[] =>
  inventory === null || !isFresh(inventory.asOf, now)
    ? []
    : inventory.devices.filter(
        (device) => device.kind !== 'other' && daysSince(device.seenAt, now) < seenWithinDays,
      )

const factOf = (device: DeviceFact): string => `${device.id} ${device.model}`

/** Q11, the model of a registered computer: a choice among models that 2 to 35 % of the people have. */
export const deviceModelFamily: Family = {
  family: 'device_model',
  code: 'Q11',
  about: {
    name: 'device model',
    question: 'which computer is registered to you',
    form: 'choice',
    notAsked:
      'models that fewer than 2 % or three people, or more than 35 % of the people have; devices not seen for 60 days',
  },
  values: ({ inventory }) =>
    [...new Set(inventory?.devices.map((device) => device.model))].map((model) => ({
      value: model,
      label: text(model),
    })),
  factsNow: (input) => computers(input).map(factOf),
  instances: (input) => {
    const { tenant } = input
    const { inventory } = input.facts
    if (inventory === null) return []
    const listed = computers(input).filter(
      (device) => tenant.blockOf('device_model', device.model) !== undefined,
    )
    const device = pickOne(listed, 'device_model', input)
    if (device === undefined) return []
    // Any other device counts here, seen lately or not: a list is never edited.
    const models = inventory.devices.map((other) => other.model)
    const body = choiceFrom(input, 'device_model', device.model, models)
    if (body === null) return []
    return [
      {
        family: 'device_model',
        source: 'inventory',
        exposure: 'internal',
        points: 'choice_private',
        text: { key: 'question.device_model.choice', device: device.kind },
        fact: factOf(device),
        body,
      },
    ]
  },
}
