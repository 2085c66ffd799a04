import type { IpFacts, NetworkClass } from '#domain/risk/facts.ts'
import { createBlockTable, readBlock } from './address.ts'
import type { Address } from './address.ts'
import { suggestsHosting } from './name-rule.ts'

/** One network of our class list. `ranges` override the class within the network, for relays inside a CDN. */
export type ClassEntry = {
  asn: number
  class: NetworkClass
  name?: string
  note?: string
  /** When the entry was last checked, YYYY-MM-DD */
  checked: string
  ranges?: readonly { cidr: string; class: NetworkClass }[]
}

export type ClassFile = { version: string; asOf: string; entries: readonly ClassEntry[] }

export type Classified = Pick<IpFacts, 'class' | 'classBy'>

const classes: readonly string[] = [
  'hosting',
  'cdn',
  'relay',
  'vpn',
  'tor',
  'sse',
  'satellite',
  'mobile',
  'isp',
]

/** Reads the list strictly; the error names the entry and what is wrong with it. */
export function readClassFile(text: string): ClassFile {
  const file = JSON.parse(text) as Partial<Record<keyof ClassFile, unknown>>
  if (typeof file.version !== 'string' || typeof file.asOf !== 'string' || !Array.isArray(file.entries))
    throw new Error('class list: version, asOf and entries are needed')
  const seen = new Set<number>()
  const entries = file.entries as readonly ClassEntry[]
  for (const entry of entries) {
    const fault = faultOf(entry, seen)
    if (fault !== null) throw new Error(`class list, ASN ${String(entry.asn)}: ${fault}`)
    seen.add(entry.asn)
  }
  return { version: file.version, asOf: file.asOf, entries }
}

function faultOf(entry: ClassEntry, seen: ReadonlySet<number>): string | null {
  if (!Number.isInteger(entry.asn) || entry.asn <= 0) return 'not a number of a network'
  if (seen.has(entry.asn)) return 'listed twice'
  if (!classes.includes(entry.class)) return `unknown class ${entry.class}`
  if (Number.isNaN(Date.parse(entry.checked))) return 'no date of the last check'
  const wrong = (entry.ranges ?? []).find(
    (range) => readBlock(range.cidr) === null || !classes.includes(range.class),
  )
  return wrong === undefined ? null : `range ${wrong.cidr} cannot be read`
}

/** Class of an address by range, then by list, then (for names alone) by the name rule; no address: of a whole network. */
export function createClassifier(
  file: ClassFile,
): (address: Address | null, asn: number | null, name: string | null) => Classified {
  const byAsn = new Map(file.entries.map((entry) => [entry.asn, entry]))
  const ranges = createBlockTable<{ asn: number; class: NetworkClass }>()
  for (const entry of file.entries)
    for (const range of entry.ranges ?? []) {
      const block = readBlock(range.cidr)
      if (block !== null) ranges.add(block, { asn: entry.asn, class: range.class })
    }
  const isNamedHosting = createNameRule()
  return (address, asn, name) => {
    if (asn === null) return { class: null, classBy: null }
    const range = address === null ? undefined : ranges.find(address).find((found) => found.asn === asn)
    if (range !== undefined) return { class: range.class, classBy: 'range' }
    const listed = byAsn.get(asn)
    if (listed !== undefined) return { class: listed.class, classBy: 'list' }
    const isNamed = name !== null && isNamedHosting(name)
    return isNamed ? { class: 'hosting', classBy: 'name' } : { class: null, classBy: null }
  }
}

/** Names judged lately. */
const mostRemembered = 10_000

/** The name rule with a memory: its patterns are the dearest part of a look-up, and most addresses are of few networks. */
function createNameRule(): (name: string) => boolean {
  const judged = new Map<string, boolean>()
  return (name) => {
    const known = judged.get(name)
    if (known !== undefined) return known
    if (judged.size >= mostRemembered) judged.clear()
    const found = suggestsHosting(name)
    judged.set(name, found)
    return found
  }
}
