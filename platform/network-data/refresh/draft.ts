/** Turns sources into the files of an edition, each looked at before it is believed. */
import { join } from 'node:path'
import { Reader } from 'mmdb-lib'
import type { Response } from 'mmdb-lib'
import { encodeAsnNames, openAsnNames } from '../asn-names.ts'
import { inMemory } from '../bytes-at.ts'
import { readBrowserList } from '../browser-versions.ts'
import { compileOwners, encodeJson, nodesOf, withNames } from '../compile.ts'
import type { DataKind } from '../data-age.ts'
import type { Content, Draft, Edition } from '../editions.ts'
import { countryNumber } from '../country-table.ts'
import { feedKinds, lastStatusIn, readFeedText } from '../feeds.ts'
import { sha256Of, titles, type DataFile, type DataFileName, type ExtraFileName } from '../manifest.ts'
import { readChecked, type FilesInUse } from '../open.ts'
import { openRangeTable } from '../range-table.ts'
import { assertNarrow, assertRecent, assertSize } from './plausible.ts'
import type { Product } from './product.ts'
import { countryProducts, ownerProducts } from './products.ts'
import { collectRanges } from './range-collector.ts'
import { recordReader } from './record-reader.ts'
import { isVendorList } from './take-vendor-list.ts'
import { isList, labelOf, type Taken } from './take.ts'

type FileName = DataFileName | ExtraFileName
/** The files that an edition replaces, before those that it carries over. */
type Made = { readonly file: FileName; readonly about: DataFile; readonly bytes: Uint8Array }

/** The files in use now, and the moment of the refresh. */
export type Now = { readonly files: FilesInUse; readonly edition: Edition | null; readonly at: Date }

/**
 * Files of a new edition: those of the sources over those of the edition in use. Null where all sources hold what is in
 * use already. @throws with one sentence that names the source and what is wrong with it
 */
export function draftOf(taken: readonly Taken[], now: Now): Draft | null {
  const files = filesOf(taken, now).filter(({ file, about }) => !isSame(about, now.files[file]?.about))
  for (const { file, about } of files) {
    const kind = file === 'browsers.json' ? 'versions' : 'registry'
    assertUsable(about, now.files[file]?.about, kind, now.at)
  }
  const lists = listsOf(taken, now)
  if (files.length === 0 && lists.length === 0) return null
  return over(now.edition, files, lists)
}

/** The same bytes under a newer date are news: the list was checked, and nothing had changed. */
function isSame(next: DataFile, current: DataFile | undefined): boolean {
  return current !== undefined && next.sha256 === current.sha256 && next.asOf <= current.asOf
}

function assertUsable(next: DataFile, current: DataFile | undefined, kind: DataKind, at: Date): void {
  assertRecent(next, current, kind, at)
  assertSize(next, current, kind)
}

function filesOf(taken: readonly Taken[], now: Now): readonly Made[] {
  const of = (kind: Taken['source']['kind']): Taken | undefined =>
    taken.find(({ source }) => source.kind === kind)
  const vendors = taken.filter(({ source }) => source.kind === 'asn')
  const owners = ownersOf(of('asn4'), of('asn6'), vendors, now)
  const country = [
    countryOf(of('country'), 'country.mmdb', now),
    countryOf(of('country2'), 'country2.mmdb', now),
  ]
  const own = [classesOf(of('classes'), owners.nameOf, now), browsersOf(of('browsers'), now)]
  return [...owners.files, ...[...country, ...own].flatMap((file) => file ?? [])]
}

type Owners = { readonly files: readonly Made[]; readonly nameOf: (asn: number) => string | null }

function ownersOf(v4: Taken | undefined, v6: Taken | undefined, vendors: readonly Taken[], now: Now): Owners {
  if (vendors.length > 0) {
    if (v4 !== undefined || v6 !== undefined)
      throw new Error('asn has all owners: leave out asn4 and asn6, or asn')
    return vendorOwners(vendors, now)
  }
  if (v4 === undefined && v6 === undefined) {
    const names = openAsnNames(inMemory(readChecked(now.files, 'asn-names.bin')))
    return { files: [], nameOf: (asn) => names.nameOf(asn) }
  }
  if (v4 === undefined || v6 === undefined)
    throw new Error('asn4 and asn6 are one table of owners: name both sources')
  const owners = read(v4, () => compileOwners(v4.bytes.toString('utf8'), v6.bytes.toString('utf8')))
  // A table is as old as its older half.
  const asOf = [dateOf(v4), dateOf(v6)].sort()[0] ?? ''
  return {
    files: [
      made(v4, 'asn.bin', owners.table, owners.rows, asOf, now),
      made(v4, 'asn-names.bin', owners.names, owners.nameRows, asOf, now),
    ],
    nameOf: (asn) => owners.nameOf(asn),
  }
}

/** The owners as a vendor knows them; its IPv4 and IPv6 may be two files. */
function vendorOwners(parts: readonly Taken[], now: Now): Owners {
  const ranges = collectRanges('narrowest')
  const names = new Map<number, string>()
  const files = parts.map((one) =>
    readVendor(one, ownerProducts, (span, { asn, name }) => {
      ranges.add(span, asn)
      if ((names.get(asn) ?? '') === '') names.set(asn, name)
    }),
  )
  const [first] = parts as readonly [Taken]
  const { product } = files[0] as VendorFile
  // A table is as old as its older half.
  const asOf = files.map((file) => file.asOf).sort()[0] ?? ''
  const table = ranges.table()
  const { rows } = openRangeTable(inMemory(table))
  return {
    files: [
      made(first, 'asn.bin', table, rows, asOf, now, product),
      made(first, 'asn-names.bin', encodeAsnNames(names), names.size, asOf, now, product),
    ],
    nameOf: (asn) => names.get(asn) ?? null,
  }
}

type About = Pick<Product<never>, 'title' | 'licence'>
type VendorFile = { readonly product: About; readonly asOf: string }

function readVendor<T>(
  one: Taken,
  products: readonly Product<T>[],
  take: Parameters<typeof recordReader<T>>[1],
): VendorFile {
  const { product, built } = read(one, () => {
    const reader = recordReader(products, take)
    reader.push(one.bytes)
    return reader.end()
  })
  return { product, asOf: one.asOf ?? built ?? dateOf(one) }
}

/** A vendor's file has whole places: only the countries are kept, as ranges. */
function vendorCountry(one: Taken, file: FileName, now: Now): Made {
  const ranges = collectRanges('narrowest')
  const { product, asOf } = readVendor(one, countryProducts, (span, country) => {
    ranges.add(span, countryNumber(country))
  })
  const table = ranges.table()
  return made(one, file, table, openRangeTable(inMemory(table)).rows, asOf, now, product)
}

/** Everything but the MMDB files of the ip-location-db project, whose type is none of a vendor. */
function isVendors(bytes: Buffer): boolean {
  if (!bytes.subarray(0, 1024).includes(0)) return true
  // A file of our own in tests has no type.
  const { databaseType } = new Reader<Response>(bytes).metadata as { readonly databaseType?: string }
  return /^(GeoLite2|GeoIP|ipinfo)/.test(databaseType ?? '')
}

function countryOf(one: Taken | undefined, file: FileName, now: Now): Made | null {
  if (one === undefined) return null
  if (read(one, () => isVendors(one.bytes))) return vendorCountry(one, file, now)
  const { rows, built } = read(one, () => {
    const { metadata } = new Reader<Response>(one.bytes)
    return { rows: nodesOf(one.bytes), built: metadata.buildEpoch.toISOString().slice(0, 10) }
  })
  return made(one, file, one.bytes, rows, one.asOf ?? built, now)
}

function classesOf(one: Taken | undefined, nameOf: Owners['nameOf'], now: Now): Made | null {
  if (one === undefined) return null
  const list = read(one, () => withNames(one.bytes.toString('utf8'), nameOf))
  return made(one, 'asn-classes.json', encodeJson(list), list.entries.length, list.asOf, now)
}

function browsersOf(one: Taken | undefined, now: Now): Made | null {
  if (one === undefined) return null
  const list = read(one, () => readBrowserList(one.bytes.toString('utf8')))
  return made(
    one,
    'browsers.json',
    encodeJson(list),
    list.browsers.length + list.systems.length,
    list.asOf,
    now,
  )
}

function made(
  one: Taken,
  file: FileName,
  bytes: Uint8Array,
  rows: number,
  asOf: string,
  now: Now,
  product?: About,
): Made {
  const sha256 = sha256Of(bytes)
  const name = product === undefined ? titles[file] : `${titles[file]} (${product.title})`
  const current = now.files[file]?.about
  const known = product?.licence ?? (current?.name === name ? current.licence : undefined)
  const licence = one.source.licence ?? known ?? 'as supplied'
  return {
    file,
    bytes,
    about: { name, version: versionOf(asOf, sha256), licence, sha256, asOf, rows },
  }
}

type List = { readonly file: string; readonly about: DataFile; readonly bytes: Uint8Array }

function listsOf(taken: readonly Taken[], now: Now): readonly List[] {
  return taken
    .filter(({ source }) => isList(source) || isVendorList(source))
    .flatMap((one) => {
      const { kind, name } = one.source
      const isTable = isVendorList(one.source)
      const asOf = isTable
        ? dateOf(one)
        : (one.asOf ?? lastStatusIn(one.bytes.toString('utf8')) ?? dateOf(one))
      const title = `${kind}-${name}`
      const rows = isTable ? openRangeTable(inMemory(one.bytes)).rows : rowsOf(one, title)
      const sha256 = sha256Of(one.bytes)
      const licence = one.source.licence ?? 'as supplied'
      const about = {
        name: title,
        version: versionOf(asOf, sha256),
        licence,
        sha256,
        asOf,
        rows,
      }
      const current = listInUse(now.edition, title)
      if (isSame(about, current)) return []
      assertUsable(about, current, 'reputation', now.at)
      return [{ file: `${title}-${asOf}.${isTable ? 'bin' : 'txt'}`, about, bytes: one.bytes }]
    })
}

function rowsOf(one: Taken, title: string): number {
  const entries = read(one, () => readFeedText(one.bytes.toString('utf8')))
  assertNarrow(title, entries)
  return entries.length
}

function listInUse(edition: Edition | null, title: string): DataFile | undefined {
  return Object.values(edition?.overlay.feeds ?? {}).find(({ name }) => name === title)
}

/** The new files, and of the edition in use what they do not replace. */
function over(edition: Edition | null, files: readonly Made[], lists: readonly List[]): Draft {
  const replaced = new Set<string>([
    ...files.map(({ file }) => file),
    ...lists.map(({ about }) => about.name),
  ])
  const kept = keptOf(edition, replaced)
  const contents = new Map(kept.contents)
  for (const { file, bytes } of files) contents.set(file, bytes)
  for (const { file, bytes, about } of lists) putList(contents, file, bytes, about)
  return {
    overlay: {
      version: 1,
      files: { ...kept.files, ...Object.fromEntries(files.map(({ file, about }) => [file, about])) },
      feeds: { ...kept.feeds, ...Object.fromEntries(lists.map(({ file, about }) => [file, about])) },
    },
    contents,
  }
}

function keptOf(
  edition: Edition | null,
  replaced: ReadonlySet<string>,
): Draft['overlay'] & Pick<Draft, 'contents'> {
  const contents = new Map<string, Content>()
  if (edition === null) return { version: 1, files: {}, feeds: {}, contents }
  const files = Object.entries(edition.overlay.files).filter(([file]) => !replaced.has(file))
  const feeds = Object.entries(edition.overlay.feeds).filter(([, { name }]) => !replaced.has(name))
  for (const [file] of files) contents.set(file, { from: join(edition.dir, file) })
  for (const [file, about] of feeds)
    putList(contents, file, { from: join(edition.dir, 'feeds', file) }, about)
  return { version: 1, files: Object.fromEntries(files), feeds: Object.fromEntries(feeds), contents }
}

/** Its checksum lies beside a list, as where an operator puts one by hand. */
function putList(contents: Map<string, Content>, file: string, content: Content, about: DataFile): void {
  contents.set(`feeds/${file}`, content)
  contents.set(`feeds/${file}.sha256`, new TextEncoder().encode(`${about.sha256}\n`))
}

function dateOf(one: Taken): string {
  if (one.asOf !== null) return one.asOf
  const { kind } = one.source
  const example = feedKinds.some((known) => known === kind)
    ? `${kind}-2026-11-20.txt`
    : `${kind}-2026-11-20.csv`
  throw new Error(`${labelOf(one.source)} has no date: say asOf, or put it into the name (${example})`)
}

function versionOf(asOf: string, sha256: string): string {
  return `${asOf}-${sha256.slice(0, 8)}`
}

/** @throws what reading throws, with the source before it */
function read<T>(one: Taken, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'cannot be read'
    throw new Error(`${labelOf(one.source)} cannot be read: ${reason}`, { cause: error })
  }
}
