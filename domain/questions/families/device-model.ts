import { daysSince, isFresh } from '../facts.ts'
import { choiceOf, minPool, pickOne, type Family } from './family.ts'

const seenWithinDays = 60

/** Q11, the model of a registered computer: a choice among models that 5 to 35 % of the people have. */
export const deviceModelFamily: Family = {
  family: 'device_model',
  code: 'Q11',
  instances: (input) => {
    const { facts, tenant, now } = input
    const { inventory } = facts
    if (inventory === null || !isFresh(inventory.asOf, now) || tenant.poolOf('device_model') < minPool)
      return []
    const computers = inventory.devices.filter(
      (device) =>
        device.kind !== 'other' &&
        daysSince(device.seenAt, now) < seenWithinDays &&
        tenant.blockOf('device_model', device.model) !== undefined,
    )
    const device = pickOne(computers, 'device_model', input)
    if (device === undefined) return []
    const block = tenant.blockOf('device_model', device.model)
    const body = choiceOf(tenant, 'device_model', block, device.model)
    // Two options that are both true: the instance is rejected, the list is never edited (challenges.md 2.1).
    const isAmbiguous = inventory.devices.some(
      (other) => other.model !== device.model && block?.values.some((value) => value.value === other.model),
    )
    if (body === null || isAmbiguous) return []
    return [
      {
        family: 'device_model',
        source: 'inventory',
        exposure: 'internal',
        points: 'choice_private',
        text: { key: 'question.device_model.choice', device: device.kind },
        fact: `${device.id} ${device.model}`,
        body,
      },
    ]
  },
}
