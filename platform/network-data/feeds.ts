import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { FeedHit, FeedKind, SourceRef } from '#domain/risk/facts.ts'
import { createBlockTable, readBlock } from './address.ts'
import type { Address, BlockTable } from './address.ts'
import type { DataFile } from './manifest.ts'
import { PagedFile } from './paged-file.ts'
import { openRangeTable } from './range-table.ts'

/** Kinds of lists. Tables of vendors have one bit for each, so the order is part of their files. */
export const feedKinds = [
  'tor',
  'vpn',
  'hostile',
  'relay',
  'anon',
  'residential',
  'hosting',
] as const satisfies readonly FeedKind[]

/** Larger files are refused; the longest public list of Tor exits is a hundredth of it. */
const mostBytes = 32 * 1024 * 1024

export type Feed = { kind: FeedKind; source: SourceRef; entries: readonly string[] }

/**
 * Reads one list: one address or CIDR a line, or the `ExitAddress` lines of the Tor project. Empty lines, comments (`#`)
 * and that format's other lines are skipped. Anything else refuses the whole file and names the line: half a list is a
 * list nobody made.
 */
export function readFeedText(text: string): string[] {
  const entries: string[] = []
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#') || /^(ExitNode|Published|LastStatus) /.test(line)) continue
    const entry = line.startsWith('ExitAddress ') ? (line.split(' ')[1] ?? '') : line
    if (readBlock(entry) === null)
      throw new Error(`line ${String(index + 1)} is neither an address nor a range`)
    entries.push(entry)
  }
  return entries
}

/** The newest day on which the Tor project saw an exit, by the list itself; null: it is no such list. */
export function lastStatusIn(text: string): string | null {
  const days = [...text.matchAll(/^LastStatus (\d{4}-\d{2}-\d{2}) /gm)].map(([, day = '']) => day)
  return days.sort().at(-1) ?? null
}

/**
 * Reads `<kind>[-name]-<YYYY-MM-DD>.txt` files of a folder (`tor-exits-2026-11-20.txt`). A `<file>.sha256` beside one must
 * fit. A file that cannot be used is left out and named in `problems`: missing data never fail a verification.
 */
export function readFeeds(dir: string): { feeds: readonly Feed[]; problems: readonly string[] } {
  if (!existsSync(dir)) return { feeds: [], problems: [] }
  const problems: string[] = []
  const feeds = readdirSync(dir)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .flatMap((name) => {
      try {
        return [readFeed(dir, name)]
      } catch (error) {
        problems.push(`feed ${name}: ${error instanceof Error ? error.message : 'cannot be read'}`)
        return []
      }
    })
  return { feeds, problems }
}

const listName = new RegExp(`^(${feedKinds.join('|')})(-[\\w.-]+)?-(\\d{4}-\\d{2}-\\d{2})\\.txt$`)

function readFeed(dir: string, name: string): Feed {
  const match = listName.exec(name)
  const kind = match?.[1] as FeedKind | undefined
  const asOf = match?.[3]
  if (kind === undefined || asOf === undefined || Number.isNaN(Date.parse(asOf)))
    throw new Error('the name must be <kind>-<date>.txt')
  const path = join(dir, name)
  if (statSync(path).size > mostBytes) throw new Error('larger than 32 MB')
  const bytes = readFileSync(path)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const expected = existsSync(`${path}.sha256`)
    ? readFileSync(`${path}.sha256`, 'utf8').trim().split(/\s/)[0]
    : sha256
  if (expected !== sha256) throw new Error('checksum does not fit')
  const source = { name: name.slice(0, -'.txt'.length), version: sha256.slice(0, 12), asOf }
  return { kind, source, entries: readFeedText(bytes.toString('utf8')) }
}

/** A list may lie in two folders, or twice in one with two dates: the newest of each name counts alone. */
export function newestOfEach(feeds: readonly Feed[]): readonly Feed[] {
  const newest = new Map<string, Feed>()
  for (const feed of feeds) {
    const name = feed.source.name.replace(/-\d{4}-\d{2}-\d{2}$/, '')
    const known = newest.get(name)
    if (known === undefined || known.source.asOf <= feed.source.asOf) newest.set(name, feed)
  }
  return [...newest.values()]
}

/** All entries of all lists, ready to be asked about one address. */
export function feedTable(feeds: readonly Feed[]): BlockTable<FeedHit> {
  const table = createBlockTable<FeedHit>()
  for (const { kind, source, entries } of feeds)
    for (const entry of entries) {
      const block = readBlock(entry)
      if (block !== null) table.add(block, { kind, entry, source })
    }
  return table
}

/** The bits of some kinds of list. */
export const marksOf = (kinds: readonly FeedKind[]): number =>
  kinds.reduce((marks, kind) => marks | (1 << feedKinds.indexOf(kind)), 0)

/** A vendor's table of marked ranges. */
export type MarkedTable = { readonly about: DataFile; find(address: Address): readonly FeedHit[] }

/**
 * Opens the tables among an edition's lists; they are searched on disk. One that cannot be used is left out and named in
 * `problems`, as a list is.
 */
export function openMarkedTables(
  dir: string,
  files: Readonly<Record<string, DataFile>>,
): { tables: readonly MarkedTable[]; problems: readonly string[] } {
  const problems: string[] = []
  const tables = Object.entries(files)
    .filter(([name]) => name.endsWith('.bin'))
    .flatMap(([name, about]) => {
      try {
        return [openMarkedTable(join(dir, name), name.slice(0, -'.bin'.length), about)]
      } catch (error) {
        problems.push(`table ${name}: ${error instanceof Error ? error.message : 'cannot be read'}`)
        return []
      }
    })
  return { tables, problems }
}

function openMarkedTable(path: string, name: string, about: DataFile): MarkedTable {
  const file = new PagedFile(path)
  if (file.sha256 !== about.sha256) throw new Error('checksum does not fit')
  const table = openRangeTable(file)
  const source = { name, version: about.sha256.slice(0, 12), asOf: about.asOf }
  return {
    about: { ...about, name },
    find(address) {
      const marks = table.find(address)
      if (marks === null) return []
      const entry = table.rangeOf(address) ?? address.text
      return feedKinds.filter((_, bit) => (marks & (1 << bit)) !== 0).map((kind) => ({ kind, entry, source }))
    },
  }
}
