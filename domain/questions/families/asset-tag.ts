import { daysSince, isFresh, tagCharacters, tagEnd } from '../facts.ts'
import { isTypable, pickOne, type Family } from './family.ts'

const seenWithinDays = 60

/** Q12, the last four characters on the sticker of a registered device: typed. Strong, since the device must be at hand. */
export const assetTagFamily: Family = {
  family: 'asset_tag',
  code: 'Q12',
  instances: (input) => {
    const { facts, tenant, now } = input
    const { inventory } = facts
    if (inventory === null || !isFresh(inventory.asOf, now) || !isTypable(tenant, 'asset_tag')) return []
    const tagged = inventory.devices.filter(
      (device) => tagEnd(device.assetTag) !== null && daysSince(device.seenAt, now) < seenWithinDays,
    )
    const device = pickOne(tagged, 'asset_tag', input)
    const truth = device === undefined ? null : tagEnd(device.assetTag)
    if (device === undefined || truth === null) return []
    return [
      {
        family: 'asset_tag',
        source: 'inventory',
        exposure: 'private',
        points: 'typed_private',
        text: { key: 'question.asset_tag.typed', device: device.kind, characters: tagCharacters },
        fact: `${device.id} ${truth}`,
        body: {
          form: 'typed',
          field: { kind: 'characters', length: tagCharacters, maxLength: 12 },
          key: { kind: 'characters', truth },
        },
      },
    ]
  },
}
