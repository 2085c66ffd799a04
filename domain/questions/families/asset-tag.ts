import { tagCharacters, tagEnd, text } from '../fact-values.ts'
import { daysSince, isFresh } from '../moments.ts'
import type { DeviceFact } from '../participant-facts.ts'
import { isTypable, pickOne, type FactInput, type Family } from './family.ts'

const seenWithinDays = 60

/** A device with its sticker, seen lately. */
type Tagged = DeviceFact & { readonly truth: string }

const taggedDevices = ({ facts: { inventory }, now }: FactInput): readonly Tagged[] =>
  inventory === null || !isFresh(inventory.asOf, now)
    ? []
    : inventory.devices.flatMap((device) => {
        const truth = tagEnd(device.assetTag)
        return truth === null || daysSince(device.seenAt, now) >= seenWithinDays ? [] : [{ ...device, truth }]
      })

const factOf = (device: Tagged): string => `${device.id} ${device.truth}`

/** Q12, the last four characters on the sticker of a registered device: typed. Strong, since the device must be at hand. */
export const assetTagFamily: Family = {
  family: 'asset_tag',
  code: 'Q12',
  about: {
    name: 'asset tag',
    question: 'the last four characters on the sticker',
    form: 'typed',
    notAsked: 'devices not seen for 60 days',
  },
  values: ({ inventory }) =>
    (inventory?.devices ?? []).flatMap((device) => {
      const end = tagEnd(device.assetTag)
      return end === null ? [] : [{ value: end, label: text(end) }]
    }),
  factsNow: (input) => taggedDevices(input).map(factOf),
  instances: (input) => {
    const device = pickOne(taggedDevices(input), 'asset_tag', input)
    if (device === undefined || !isTypable(input.tenant, 'asset_tag')) return []
    return [
      {
        family: 'asset_tag',
        source: 'inventory',
        exposure: 'private',
        points: 'typed_private',
        text: { key: 'question.asset_tag.typed', device: device.kind, characters: tagCharacters },
        fact: factOf(device),
        body: {
          form: 'typed',
          field: { kind: 'characters', length: tagCharacters, maxLength: 12 },
          key: { kind: 'characters', truth: device.truth },
        },
      },
    ]
  },
}
