/** Addresses and devices as keyed digests: they can be counted and compared, and nothing can be read out of them (E3). */
import { devicePartNames, devicePartsOf, type DeviceParts, type DeviceTraits } from '#domain/risk/likeness.ts'
import type { IpFacts } from '#domain/risk/facts.ts'
import type { ProbeReport } from '#domain/risk/probe.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { readAddress } from '#platform/network-data/address.ts'
import { pseudonymOf } from '#platform/crypto/sealing.ts'

const digest = (keys: KeyRing, tenantId: string, kind: string, value: string): Buffer =>
  Buffer.from(pseudonymOf(keys, tenantId, kind, value), 'hex')

/** An address is counted by these. */
export type AddressDigests = {
  /** The address; in IPv6 the /64, which is one household */
  readonly address: Buffer
  /** Its /24, in IPv6 the /48, which is one site */
  readonly network: Buffer
}

const bytesOf = { 4: { address: 4, network: 3 }, 6: { address: 8, network: 6 } } as const

type Address = NonNullable<ReturnType<typeof readAddress>>

const partOf = (
  keys: KeyRing,
  tenantId: string,
  { family, bytes }: Address,
  kind: 'address' | 'network',
): Buffer =>
  digest(keys, tenantId, kind, `${String(family)} ${bytes.slice(0, bytesOf[family][kind]).join('.')}`)

/** The network of any address, private ones included; null for text that is none. */
export const networkDigest = (keys: KeyRing, tenantId: string, text: string | null): Buffer | null => {
  const address = text === null ? null : readAddress(text)
  return address === null ? null : partOf(keys, tenantId, address, 'network')
}

/** Null for text that is no address, and for addresses that many networks share (private, loopback, carrier NAT). */
export const addressDigests = (
  keys: KeyRing,
  tenantId: string,
  text: string | null,
): AddressDigests | null => {
  const address = text === null ? null : readAddress(text)
  if (address === null || address.range !== 'unicast') return null
  return {
    address: partOf(keys, tenantId, address, 'address'),
    network: partOf(keys, tenantId, address, 'network'),
  }
}

/** A device's parts, each as a digest, and one of them all. */
export type DeviceDigests = { readonly parts: DeviceParts; readonly whole: Buffer }

/** Half a digest tells parts apart, and says less of its value. */
const partDigest = (keys: KeyRing, tenantId: string, name: string, value: string | null): string | null =>
  value === null ? null : pseudonymOf(keys, tenantId, `device ${name}`, value).slice(0, 16)

/** A device key comes with these, as digests: the machine, the family of its browser, and where it is. */
export const traitDigests = (
  keys: KeyRing,
  tenantId: string,
  { screen, graphics }: DeviceParts,
  browser: string | null,
  ip: Pick<IpFacts, 'asn' | 'country'> | null,
): DeviceTraits => {
  const digestOf = (name: string, value: string | null) => partDigest(keys, tenantId, name, value)
  const asn = ip === null || ip.asn === null ? null : String(ip.asn)
  return {
    ...{ screen, graphics, browser: digestOf('browser', browser), asn: digestOf('asn', asn) },
    country: digestOf('country', ip === null ? null : ip.country),
  }
}

/** Digests of the stable parts of a beacon; parts that the browser does not tell stay null. */
export const deviceDigests = (keys: KeyRing, tenantId: string, report: ProbeReport): DeviceDigests => {
  const plain = devicePartsOf(report)
  const hidden = devicePartNames.map((name) => {
    const value = plain[name]
    return [name, partDigest(keys, tenantId, name, value)] as const
  })
  const whole = digest(keys, tenantId, 'device', JSON.stringify(hidden))
  return { parts: Object.fromEntries(hidden) as DeviceParts, whole }
}
