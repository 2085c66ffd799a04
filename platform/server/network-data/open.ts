import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Reader } from 'mmdb-lib'
import type { Response } from 'mmdb-lib'
import type { IpFacts, NetworkClass, SourceRef } from '#domain/risk/facts.ts'
import { readAddress } from './address.ts'
import { createClassifier, readClassFile } from './asn-classes.ts'
import { openAsnNames } from './asn-names.ts'
import { openAsnTable } from './asn-table.ts'
import { readBrowserList, type BrowserList } from './browser-versions.ts'
import { feedTable, readFeeds } from './feeds.ts'
import { dataFileNames, extraFileNames, readManifest, sha256Of } from './manifest.ts'
import type { DataFile, DataFileName, ExtraFileName, Manifest } from './manifest.ts'

export type DataAge = Omit<DataFile, 'sha256'> & { ageDays: number }

/** Offline facts about addresses. No look-up ever leaves the machine. */
export type NetworkData = {
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
 * Opens the folder that `npm run data:build` made. Throws with one sentence when it is missing or a file does not have
 * the checksum of the manifest: better no data, said aloud, than wrong ones.
 */
export function openNetworkData(dir: string): NetworkData {
  const manifestPath = join(dir, 'manifest.json')
  if (!existsSync(manifestPath))
    throw new Error(
      `no network data in ${dir}: run "npm run data:build", or set DATA_DIR to a folder that has them`,
    )
  const manifest = readManifest(readFileSync(manifestPath, 'utf8'))
  const read = (name: DataFileName): Buffer => readChecked(dir, name, manifest)
  const readExtra = (name: ExtraFileName): Buffer | null =>
    manifest.files[name] === undefined ? null : readChecked(dir, name, manifest)
  const { feeds, problems } = readFeeds(join(dir, 'feeds'))
  const parts: Parts = {
    asns: openAsnTable(read('asn.bin')),
    names: openAsnNames(read('asn-names.bin')),
    countries: new Reader<Response>(read('country.mmdb')),
    countries2: readerOf(readExtra('country2.mmdb')),
    classify: createClassifier(readClassFile(read('asn-classes.json').toString('utf8'))),
    feeds: feedTable(feeds),
    sources: {
      asn: sourceOf(manifest.files['asn.bin']),
      country: sourceOf(manifest.files['country.mmdb']),
      classes: sourceOf(manifest.files['asn-classes.json']),
    },
  }
  const browsers = readExtra('browsers.json')
  const feedFiles = feeds.map(({ source, entries }) => ({
    ...source,
    licence: 'as supplied',
    rows: entries.length,
  }))
  return {
    lookup: (address) => lookup(parts, address),
    classOf: (asn) => parts.classify(null, asn, parts.names.nameOf(asn)).class,
    browsers: browsers === null ? null : readBrowserList(browsers.toString('utf8')),
    ages: (at) =>
      [
        ...[...dataFileNames, ...extraFileNames].flatMap((name) => manifest.files[name] ?? []),
        ...feedFiles,
      ].map((file) => ageOf(file, at)),
    problems,
  }
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
  const common = { address: canonical, family, range, country2: null, sources: parts.sources }
  if (range !== 'unicast') {
    const nothing = { country: null, asn: null, asnName: null, class: null, classBy: null, feeds: [] }
    return { ...common, ...nothing, status: 'not_applicable' }
  }
  const asn = parts.asns.find(address)
  const asnName = asn === null ? null : parts.names.nameOf(asn)
  return {
    ...common,
    status: 'public',
    country: countryOf(parts.countries, canonical),
    country2: parts.countries2 === null ? null : countryOf(parts.countries2, canonical),
    asn,
    asnName,
    ...parts.classify(address, asn, asnName),
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

function readChecked(dir: string, name: DataFileName | ExtraFileName, manifest: Manifest): Buffer {
  const path = join(dir, name)
  if (!existsSync(path)) throw new Error(`${name} is missing in ${dir}: run "npm run data:build"`)
  const bytes = readFileSync(path)
  if (sha256Of(bytes) !== manifest.files[name]?.sha256)
    throw new Error(`${name} is not the file that the manifest describes: run "npm run data:build"`)
  return bytes
}

function sourceOf({ name, version, asOf }: DataFile): SourceRef {
  return { name, version, asOf }
}

function ageOf({ name, version, licence, asOf, rows }: Omit<DataFile, 'sha256'>, at: number): DataAge {
  const ageDays = Math.max(0, Math.floor((at - Date.parse(asOf)) / 86_400_000))
  return { name, version, licence, asOf, rows, ageDays }
}
