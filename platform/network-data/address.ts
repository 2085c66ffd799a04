import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** One address, read strictly and unmapped. */
export type Address = {
  /** Canonical text; `::ffff:1.2.3.4` becomes `1.2.3.4` */
  text: string
  family: 4 | 6
  /** 4 or 16 bytes */
  bytes: readonly number[]
  /** Name of its range: `unicast`, `private`, `loopback`, `carrierGradeNat` ... */
  range: string
}

/**
 * The one door for addresses. Both readers behind it are too lenient alone: `8.8.8` would pass, and a mapped address
 * would find nothing. Null for everything that is not exactly one address; zones (`fe80::1%eth0`) are refused.
 */
export function readAddress(text: string): Address | null {
  if (isIP(text) === 0 || text.includes('%')) return null
  const parsed = ipaddr.process(text)
  return {
    text: parsed.toString(),
    family: parsed.kind() === 'ipv4' ? 4 : 6,
    bytes: parsed.toByteArray(),
    range: parsed.range(),
  }
}

/** The range of one household or office: the address itself, in IPv6 its /64. Null for text that is no address. */
export function householdRange(text: string): string | null {
  const address = readAddress(text)
  if (address === null) return null
  if (address.family === 4) return `${address.text}/32`
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.text}/64`).toString()}/64`
}

/** A block of addresses in CIDR notation; a bare address is a block of one. */
export type Block = { family: 4 | 6; bytes: readonly number[]; bits: number }

/** Null for anything but `address` or `address/bits`. A mapped address cannot name a block. */
export function readBlock(text: string): Block | null {
  const [base = '', bitsText, ...rest] = text.split('/')
  const address = readAddress(base)
  if (address === null || rest.length > 0) return null
  const all = address.family === 4 ? 32 : 128
  if (bitsText === undefined) return { family: address.family, bytes: address.bytes, bits: all }
  const isMapped = address.family === 4 && base.includes(':')
  if (!/^\d{1,3}$/.test(bitsText) || Number(bitsText) > all || isMapped) return null
  return { family: address.family, bytes: address.bytes, bits: Number(bitsText) }
}

/** Values by block of addresses; a look-up finds all blocks that contain an address, the narrowest first. */
export type BlockTable<T> = {
  add(block: Block, value: T): void
  find(address: Address): readonly T[]
}

/** One hash look-up for each length in use, however many blocks there are. */
export function createBlockTable<T>(): BlockTable<T> {
  const values = new Map<string, T[]>()
  /** Longest first. */
  const lengths: Record<4 | 6, number[]> = { 4: [], 6: [] }
  return {
    add(block, value) {
      const inUse = lengths[block.family]
      if (!inUse.includes(block.bits)) lengths[block.family] = [...inUse, block.bits].sort((a, b) => b - a)
      const key = keyOf(block.bytes, block.bits)
      const known = values.get(key)
      if (known === undefined) values.set(key, [value])
      else known.push(value)
    },
    find(address) {
      return lengths[address.family].flatMap((bits) => values.get(keyOf(address.bytes, bits)) ?? [])
    },
  }
}

/** The first `bits` bits, with their number and the family's size, as a text. */
function keyOf(bytes: readonly number[], bits: number): string {
  const whole = bits >> 3
  const rest = bits & 7
  const head = bytes.slice(0, whole)
  const masked = rest === 0 ? head : [...head, (bytes[whole] ?? 0) & (0xff << (8 - rest))]
  return `${String(bytes.length)}/${String(bits)}/${masked.join('.')}`
}

/** The operator's own ranges with their labels: which one contains an address? */
export function createLabels(
  ranges: readonly { cidr: string; label: string }[],
): (address: string) => string | null {
  const table = createBlockTable<string>()
  for (const { cidr, label } of ranges) {
    const block = readBlock(cidr)
    if (block === null) throw new Error(`not an address range: ${cidr}`)
    table.add(block, label)
  }
  return (text) => {
    const address = readAddress(text)
    return address === null ? null : (table.find(address)[0] ?? null)
  }
}
