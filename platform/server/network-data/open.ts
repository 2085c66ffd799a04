import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Reader } from 'mmdb-lib'
import type { Response } from 'mmdb-lib'
import type { IpFacts, NetworkClass, SourceRef } from '#domain/risk/facts.ts'
import { readAddress } from './address.ts'
import { createClassifier, readClassFile } from './asn-classes.ts'
import { openAsnNames } from './asn-names.ts'
import { openAsnTable } from './asn-table.ts'
import { readBrowserList, type BrowserList } from './browser-versions.ts'
import { ageOf, type DataAge } from './data-age.ts'
import { readEdition, readPointer, type Edition } from './editions.ts'
import { feedTable, newestOfEach, readFeeds } from './feeds.ts'
import { dataFileNames, extraFileNames, readManifest, sha256Of } from './manifest.ts'
import type { DataFile, DataFileName, ExtraFileName, Manifest } from './manifest.ts'

/** Offline facts about addresses. No look-up ever leaves the machine. */
export type NetworkData = {
  /** The refreshed edition that these data come from; null: as packaged */
  edition: string | null
  /** Null for text that is not exactly one address */
  lookup(address: string): IpFacts | null
  /** Class of a whole network by our list, or by its name */
  classOf(asn: number): NetworkClass | null
  /** Newest versions of browsers; null: no such list in the folder */
  browsers: BrowserList | null
  /** Each file with licence, date and age, feeds included, for logs, `/health/data` and the settings */
  ages(at: number): readonly DataAge[]
  /** Feeds that were left out and why; nothing here fails a verification */
  problems: readonly string[]
}

/**
 * Opens the folder that `npm run data:build` made, with the edition that a refresh put over it. Throws with one sentence
 * when a file is missing or does not have the checksum of its manifest: better no data, said aloud, than wrong ones.
 * @param edition another edition than the one in use; null: the packaged data alone
 */
export function openNetworkData(dir: string, { edition: id }: { edition?: string | null } = {}): NetworkData {
  const { files, edition } = filesOf(dir, id)
  const read = (name: DataFileName): Buffer => readChecked(files, name)
  const readExtra = (name: ExtraFileName): Buffer | null =>
    files[name] === undefined ? null : readChecked(files, name)
  const folders = [join(dir, 'feeds'), ...(edition === null ? [] : [join(edition.dir, 'feeds')])]
  const found = folders.map((folder) => readFeeds(folder))
  const feeds = newestOfEach(found.flatMap((one) => one.feeds))
  const parts: Parts = {
    asns: openAsnTable(read('asn.bin')),
    names: openAsnNames(read('asn-names.bin')),
    countries: new Reader<Response>(read('country.mmdb')),
    countries2: readerOf(readExtra('country2.mmdb')),
    classify: createClassifier(readClassFile(read('asn-classes.json').toString('utf8'))),
    feeds: feedTable(feeds),
    sources: {
      asn: sourceOf(files['asn.bin']),
      country: sourceOf(files['country.mmdb']),
      classes: sourceOf(files['asn-classes.json']),
    },
  }
  const browsers = readExtra('browsers.json')
  const ages = (at: number): readonly DataAge[] => [
    ...[...dataFileNames, ...extraFileNames].flatMap((name) => {
      const file = files[name]
      return file === undefined
        ? []
        : [ageOf(file.about, name === 'browsers.json' ? 'versions' : 'registry', at)]
    }),
    ...feeds.map(({ source, entries }) =>
      ageOf({ ...source, licence: 'as supplied', rows: entries.length }, 'reputation', at),
    ),
  ]
  return {
    edition: edition === null ? null : edition.id,
    lookup: (address) => lookup(parts, address),
    classOf: (asn) => parts.classify(null, asn, parts.names.nameOf(asn)).class,
    browsers: browsers === null ? null : readBrowserList(browsers.toString('utf8')),
    ages,
    problems: found.flatMap((one) => one.problems),
  }
}

/**
 * Which files make up the data of a folder, packaged or refreshed.
 * @param id as for `openNetworkData`; absent: the edition in use
 */
export function filesOf(dir: string, id?: string | null): { files: FilesInUse; edition: Edition | null } {
  const manifestPath = join(dir, 'manifest.json')
  if (!existsSync(manifestPath))
    throw new Error(
      `no network data in ${dir}: run "npm run data:build", or set DATA_DIR to a folder that has them`,
    )
  const manifest = readManifest(readFileSync(manifestPath, 'utf8'))
  const inUse = id === undefined ? (readPointer(dir)?.edition ?? null) : id
  const edition = inUse === null ? null : readEdition(dir, inUse)
  return { files: filesInUse(dir, manifest, edition), edition }
}

type FileInUse = { path: string; about: DataFile }
/** Where each file is read from, and what its manifest says of it. */
export type FilesInUse = Readonly<Record<DataFileName, FileInUse> & Partial<Record<ExtraFileName, FileInUse>>>

/** Owners and their names come from one build: they are taken together or not at all. */
const together: Readonly<Partial<Record<DataFileName | ExtraFileName, DataFileName>>> = {
  'asn-names.bin': 'asn.bin',
}

/** Of a packaged and a refreshed file the one with the newer content: an upgrade may overtake a refresh. */
function filesInUse(dir: string, manifest: Manifest, edition: Edition | null): FilesInUse {
  const isRefreshed = (name: DataFileName | ExtraFileName): boolean => {
    const over = edition?.overlay.files[name]
    return over !== undefined && over.asOf >= (manifest.files[name]?.asOf ?? '')
  }
  const entries = [...dataFileNames, ...extraFileNames].flatMap((name) => {
    const about = manifest.files[name]
    const over = edition?.overlay.files[name]
    if (edition !== null && over !== undefined && isRefreshed(together[name] ?? name))
      return [[name, { path: join(edition.dir, name), about: over }] as const]
    return about === undefined ? [] : [[name, { path: join(dir, name), about }] as const]
  })
  return Object.fromEntries(entries) as FilesInUse
}

type Parts = {
  asns: ReturnType<typeof openAsnTable>
  names: ReturnType<typeof openAsnNames>
  countries: Reader<Response>
  countries2: Reader<Response> | null
  classify: ReturnType<typeof createClassifier>
  feeds: ReturnType<typeof feedTable>
  sources: IpFacts['sources']
}

function lookup(parts: Parts, text: string): IpFacts | null {
  const address = readAddress(text)
  if (address === null) return null
  const { text: canonical, family, range } = address
  const { sources } = parts
  if (range !== 'unicast') {
    const nothing = { country: null, country2: null, asn: null, asnName: null, class: null, classBy: null }
    return { address: canonical, family, range, sources, ...nothing, feeds: [], status: 'not_applicable' }
  }
  const asn = parts.asns.find(address)
  const asnName = asn === null ? null : parts.names.nameOf(asn)
  const { class: of, classBy } = parts.classify(address, asn, asnName)
  return {
    address: canonical,
    family,
    range,
    sources,
    status: 'public',
    country: countryOf(parts.countries, canonical),
    country2: parts.countries2 === null ? null : countryOf(parts.countries2, canonical),
    asn,
    asnName,
    class: of,
    classBy,
    feeds: parts.feeds.find(address),
  }
}

function readerOf(file: Buffer | null): Reader<Response> | null {
  return file === null ? null : new Reader<Response>(file)
}

/** The file's records are `{ country_code: 'DE' }`, a form the reader's own types do not know. */
function countryOf(reader: Reader<Response>, address: string): string | null {
  const record = reader.get(address) as { country_code?: unknown } | null
  const code = record?.country_code
  return typeof code === 'string' && /^[A-Z]{2}$/.test(code) ? code : null
}

/** The file's bytes. @throws with one sentence when it is missing or not what its manifest says */
export function readChecked(files: FilesInUse, name: DataFileName | ExtraFileName): Buffer {
  const file = files[name]
  const remedy = 'run "npm run data:build", or "npm run cli -- data rollback" after a refresh'
  if (file === undefined || !existsSync(file.path))
    throw new Error(
      `${name} is missing in ${file === undefined ? 'the data folder' : dirname(file.path)}: ${remedy}`,
    )
  const bytes = readFileSync(file.path)
  if (sha256Of(bytes) !== file.about.sha256)
    throw new Error(`${name} is not the file that the manifest describes: ${remedy}`)
  return bytes
}

function sourceOf({ about: { name, version, asOf } }: FileInUse): SourceRef {
  return { name, version, asOf }
}
