import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { IpFacts, NetworkClass, SourceRef } from '#domain/risk/facts.ts'
import { readAddress } from './address.ts'
import { createClassifier, readClassFile } from './asn-classes.ts'
import { openAsnNames } from './asn-names.ts'
import { openRangeTable } from './range-table.ts'
import { readBrowserList, type BrowserList } from './browser-versions.ts'
import { openCountryTable, type CountryTable } from './country-table.ts'
import { ageOf, type DataAge } from './data-age.ts'
import { readEdition, readPointer, type Edition } from './editions.ts'
import { feedTable, newestOfEach, openMarkedTables, readFeeds, type MarkedTable } from './feeds.ts'
import { dataFileNames, extraFileNames, readManifest, sha256Of } from './manifest.ts'
import type { DataFile, DataFileName, ExtraFileName, Manifest } from './manifest.ts'
import { ChangedFile, PagedFile } from './paged-file.ts'

/** Offline facts about addresses. No look-up ever leaves the machine. */
export type NetworkData = {
  /** The refreshed edition that these data come from; null: as packaged */
  edition: string | null
  /** Null for text that is not exactly one address, and for every address once a file proved to be changed */
  lookup(address: string): IpFacts | null
  /** Class of a whole network by our list, or by its name */
  classOf(asn: number): NetworkClass | null
  /** Newest versions of browsers; null: no such list in the folder */
  browsers: BrowserList | null
  /** Each file with licence, date and age, feeds included, for logs, `/health/data` and the settings */
  ages(at: number): readonly DataAge[]
  /** Feeds that were left out and why; nothing here fails a verification */
  problems: readonly string[]
  /** The reason why these data know nothing any more; null: they do */
  fault(): string | null
}

/**
 * Opens the folder that `npm run data:build` made, with the edition that a refresh put over it. Throws with one sentence
 * when a file is missing or does not have the checksum of its manifest: better no data, said aloud, than wrong ones. The
 * large files are searched on disk and stay open; small ones are in memory.
 * @param edition another edition than the one in use; null: the packaged data alone
 */
export function openNetworkData(dir: string, { edition: id }: { edition?: string | null } = {}): NetworkData {
  const { files, edition } = filesOf(dir, id)
  const browsers = files['browsers.json'] === undefined ? null : readChecked(files, 'browsers.json')
  const folders = [join(dir, 'feeds'), ...(edition === null ? [] : [join(edition.dir, 'feeds')])]
  const found = folders.map((folder) => readFeeds(folder))
  const feeds = newestOfEach(found.flatMap((one) => one.feeds))
  const licences = edition === null ? {} : edition.overlay.feeds
  const marked =
    edition === null
      ? { tables: [], problems: [] }
      : openMarkedTables(join(edition.dir, 'feeds'), edition.overlay.feeds)
  const parts: Parts = {
    asns: openRangeTable(openChecked(files, 'asn.bin')),
    names: openAsnNames(openChecked(files, 'asn-names.bin')),
    countries: openCountryTable(openChecked(files, 'country.mmdb')),
    countries2:
      files['country2.mmdb'] === undefined ? null : openCountryTable(openChecked(files, 'country2.mmdb')),
    classify: createClassifier(readClassFile(readChecked(files, 'asn-classes.json').toString('utf8'))),
    feeds: feedTable(feeds),
    tables: marked.tables,
    sources: {
      asn: sourceOf(files['asn.bin']),
      country: sourceOf(files['country.mmdb']),
      classes: sourceOf(files['asn-classes.json']),
    },
  }
  const ages = (at: number): readonly DataAge[] => [
    ...[...dataFileNames, ...extraFileNames].flatMap((name) => {
      const file = files[name]
      return file === undefined
        ? []
        : [ageOf(file.about, name === 'browsers.json' ? 'versions' : 'registry', at)]
    }),
    ...feeds.map(({ source, entries }) => {
      const licence = licences[`${source.name}.txt`]?.licence ?? 'as supplied'
      return ageOf({ ...source, licence, rows: entries.length }, 'reputation', at)
    }),
    ...marked.tables.map(({ about }) => ageOf(about, 'reputation', at)),
  ]
  const guard = untilChanged()
  return {
    edition: edition === null ? null : edition.id,
    lookup: (address) => guard.ask(() => lookup(parts, address)),
    classOf: (asn) => guard.ask(() => parts.classify(null, asn, parts.names.nameOf(asn)).class),
    browsers: browsers === null ? null : readBrowserList(browsers.toString('utf8')),
    ages,
    problems: [...found.flatMap((one) => one.problems), ...marked.problems],
    fault: guard.fault,
  }
}

/**
 * A file that is written over while in use ends a snapshot for good: what it says later must not differ from what it said
 * before, and an unknown address fails no verification.
 */
function untilChanged(): { ask: <T>(look: () => T) => T | null; fault: () => string | null } {
  let fault: string | null = null
  return {
    ask(look) {
      if (fault !== null) return null
      try {
        return look()
      } catch (error) {
        if (!(error instanceof ChangedFile)) throw error
        fault = error.message
        return null
      }
    },
    fault: () => fault,
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

/** Takes the newer content of a packaged and a refreshed file: an upgrade may overtake a refresh. */
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
  asns: ReturnType<typeof openRangeTable>
  names: ReturnType<typeof openAsnNames>
  countries: CountryTable
  countries2: CountryTable | null
  classify: ReturnType<typeof createClassifier>
  feeds: ReturnType<typeof feedTable>
  tables: readonly MarkedTable[]
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
    country: parts.countries.countryOf(address),
    country2: parts.countries2 === null ? null : parts.countries2.countryOf(address),
    asn,
    asnName,
    class: of,
    classBy,
    feeds: [...parts.feeds.find(address), ...parts.tables.flatMap((table) => table.find(address))],
  }
}

const remedy = 'run "npm run data:build", or "npm run cli -- data rollback" after a refresh'

/** A small file's bytes. @throws with one sentence when it is missing or not what its manifest says */
export function readChecked(files: FilesInUse, name: DataFileName | ExtraFileName): Buffer {
  const { path, about } = presentIn(files, name)
  const bytes = readFileSync(path)
  assertDescribed(name, sha256Of(bytes), about)
  return bytes
}

/** A large file, to be searched on disk. @throws as `readChecked` does */
function openChecked(files: FilesInUse, name: DataFileName | ExtraFileName): PagedFile {
  const { path, about } = presentIn(files, name)
  const file = new PagedFile(path)
  assertDescribed(name, file.sha256, about)
  return file
}

function presentIn(files: FilesInUse, name: DataFileName | ExtraFileName): FileInUse {
  const file = files[name]
  if (file !== undefined && existsSync(file.path)) return file
  throw new Error(
    `${name} is missing in ${file === undefined ? 'the data folder' : dirname(file.path)}: ${remedy}`,
  )
}

function assertDescribed(name: string, sha256: string, about: DataFile): void {
  if (sha256 !== about.sha256)
    throw new Error(`${name} is not the file that the manifest describes: ${remedy}`)
}

function sourceOf({ about: { name, version, asOf } }: FileInUse): SourceRef {
  return { name, version, asOf }
}
