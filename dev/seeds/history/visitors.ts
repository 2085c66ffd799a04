import { officeOf } from '../offices.ts'
import type { IpFacts } from '#domain/risk/facts.ts'
import { beaconOf, newDevice, requestOf, type Device } from './devices.ts'
import { foreignAddress, ownAddress } from './networks.ts'
import type { Visitor } from './silent-facts.ts'
import type { Story } from './story.ts'
import { offsetAt } from './zones.ts'

/** One of the participant's own devices; mostly one that was used before. */
const ownDevice = ({ world, case: past }: Story): Device => {
  const { devices } = world.memoryOf(past.person)
  if (devices.length > 0 && past.random.chance(0.85)) return past.random.pick(devices).device
  const device = newDevice(past.random)
  devices.push({ device, times: 0, lastAt: 0 })
  return device
}

const foreignZones = ['Europe/London', 'America/Sao_Paulo', 'Europe/Amsterdam', 'Etc/UTC'] as const

/** The visitor who opens the link: the participant, or an impostor who got hold of it. */
export const visitorOf = (story: Story): Visitor => {
  const { person, random, scenario } = story.case
  const office = officeOf(person.office)
  const own = { timeZone: office.timeZone, language: `${office.language}-${office.country}` }
  if (scenario !== 'impostor')
    return seen(story, { ...own, device: ownDevice(story), ip: ownAddress(person, random) })
  const device = newDevice(random)
  if (random.chance(0.3)) return seen(story, { ...own, device, ip: ownAddress(person, random) })
  const timeZone = random.chance(0.4) ? office.timeZone : random.pick(foreignZones)
  return seen(story, { timeZone, language: 'en-US', device, ip: foreignAddress(random) })
}

type Found = { timeZone: string; language: string; device: Device; ip: IpFacts }

/** The origin of the pages of that time. */
const origin = 'https://verify.example.org'

/** The portal's view of a visitor: one request, one beacon. */
const seen = ({ world, case: past, now }: Story, found: Found): Visitor => {
  const nonce = world.idOf('nonce', past.id).replaceAll('-', '')
  const offsetMinutes = offsetAt(found.timeZone, now)
  return {
    ...found,
    nonce,
    openedAt: now,
    request: requestOf(found.device, found.ip.address, found.language),
    beacon: beaconOf(found.device, { ...found, at: now + 2_000, nonce, origin, offsetMinutes }),
  }
}
