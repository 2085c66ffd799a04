/** The networks and devices that an organisation names for its checks, and the rules that shell and console share for them. */
import { BlockList, isIP } from 'node:net'
import { readBlock } from '#platform/network-data/address.ts'

/** A web gateway or a VPN pool: people come from there, and it says nothing of where they are. */
export type Gateway = { readonly cidr: string; readonly label: string }

/** A kiosk, or a device of several people. `keyId`: the id of its device key. */
export type SharedDevice = { readonly keyId: string; readonly label: string }

/** A mobile network: its people share addresses and move between them. */
export type Carrier = { readonly asn: number; readonly label: string }

/** The working hours of a department, as `22-06` or `06-14, 14-22`: from the first hour until the second begins. */
export type Shift = { readonly department: string; readonly hours: string }

/** The part of `tenants.settings` that checks read. A part that is missing was never set. */
export type PlaceSettings = {
  readonly egressCidrs?: readonly string[]
  readonly gateways?: readonly Gateway[]
  readonly carriers?: readonly Carrier[]
  readonly shifts?: readonly Shift[]
  readonly sharedDevices?: readonly SharedDevice[]
  readonly expectedCountries?: readonly string[]
  readonly hasVirtualDesktops?: boolean
}

/** Entries of one list at most. */
export const mostPlaces = 100

/** Shortest prefixes of an organisation's own networks: who comes from there is familiar, and a larger range is nobody's own. */
const shortestPrefix = { 4: 8, 6: 16 } as const

/** True for a range of addresses as 203.0.113.0/24 that an organisation can own. */
export const isOwnRange = (text: string): boolean => {
  const block = text.includes('/') ? readBlock(text) : null
  return block !== null && block.bits >= shortestPrefix[block.family]
}

/** True for a name that can stand in a sentence: at most 60 letters, digits, blanks and common marks. */
export const isPlaceLabel = (text: string): boolean =>
  /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .,&'’()+/-]{0,59}$/u.test(text)

/** True for the number of an autonomous system as AS64500. */
export const isAsNumber = (text: string): boolean =>
  /^AS[1-9]\d{0,9}$/.test(text) && Number(text.slice(2)) < 2 ** 32

const spans = (hours: string): readonly (readonly [from: number, to: number])[] =>
  hours.split(',').map((span) => {
    const [from = NaN, to = NaN] = span.trim().split('-').map(Number)
    return [from, to]
  })

/** True for one to four spans of whole hours, as `22-06, 06-14`. */
export const isShiftHours = (text: string): boolean =>
  /^\d\d-\d\d(?:, ?\d\d-\d\d){0,3}$/.test(text) &&
  spans(text).every(([from, to]) => from <= 23 && to <= 24 && from !== to)

/** True if an hour (0-23, local) is inside a department's shifts; null where the department has none. */
export const isOnShift = (
  shifts: readonly Shift[] | undefined,
  department: string | null,
  hour: number,
): boolean | null => {
  const named = department?.trim().toLowerCase()
  const own = (shifts ?? []).filter((shift) => shift.department.toLowerCase() === named)
  if (own.length === 0) return null
  return own.some(({ hours }) =>
    spans(hours).some(([from, to]) => (from < to ? hour >= from && hour < to : hour >= from || hour < to)),
  )
}

/** True for the id of a device key: 16 digits and letters from a to f. */
export const isDeviceKeyId = (text: string): boolean => /^[\da-f]{16}$/.test(text)

/** The id by which the digest of a device key is shown and named. */
export const deviceKeyId = (digest: Buffer): string => digest.toString('hex').slice(0, 16)

/** True if a range holds an address. */
export const holds = (cidr: string, address: string | null): boolean => {
  const [network, bits] = cidr.split('/')
  const family = isIP(address ?? '')
  if (address === null || network === undefined || family === 0 || isIP(network) !== family) return false
  const list = new BlockList()
  const type = family === 4 ? 'ipv4' : 'ipv6'
  list.addSubnet(network, Number(bits ?? (family === 4 ? 32 : 128)), type)
  return list.check(address, type)
}
