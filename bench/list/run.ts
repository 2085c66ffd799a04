/**
 * `list` (docs/performance.md): the verifications list over HTTP at the size of the demo organisation, and its plans at a
 * million rows under row-level security: no combination of filter and sort reads the table from end to end. Then random
 * combinations over three fillings of that size, against the first page of the same run.
 */
import pg from 'pg'
import { atMost, circumstances, median, quantile, rounded, type Report } from '../lib/report.ts'
import { withDatabase, type Database } from '../lib/servers.ts'
import { timeCombinations, type Combinations } from './combinations.ts'
import { fillTenant, shapes } from './fill.ts'
import { timeList } from './http.ts'
import { lookAtPlans, type Looked } from './plans.ts'

const seedRows = 2_000
const fewRows = 10_000
const randomCombinations = 200
const manyRows = Number(process.env['BENCH_ROWS'] ?? 1_000_000)
/** Two pages of jitter are no growth: an index is one level deeper at a million rows. */
const worstGrowth = 5

/** About a tenth of a second while all is in memory. Ten thousand matches at most are gathered, then sorted. */
const mostBlocks = 60_000
/** The count stops here ("1,000+"): reading so many rows in any order costs a few blocks. */
const countedRows = 1_001

const asOwner = async <T>(owner: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: owner })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const lookAt = (database: Database, rows: number): Promise<Looked[]> =>
  asOwner(database.owner, async (client) => {
    console.error(`filling ${String(rows)} rows`)
    return lookAtPlans(client, await fillTenant(client, rows))
  })

/** Random combinations over one filling. */
const combine = (shape: keyof typeof shapes): Promise<Combinations> =>
  withDatabase((database) =>
    asOwner(database.owner, async (client) => {
      console.error(`filling ${String(manyRows)} rows, ${shape}`)
      const filled = await fillTenant(client, manyRows, shapes[shape])
      return timeCombinations(client, filled, randomCombinations)
    }),
  )

const growthOf = (few: readonly Looked[], many: readonly Looked[]) =>
  many
    .map(({ name, blocks, ms }) => {
      const before = few.find((one) => one.name === name)?.blocks ?? 0
      return { name, blocks, before, ms, growth: rounded(blocks / Math.max(before, 1)) }
    })
    .sort((a, b) => b.growth - a.growth)

/** Runs the bench. */
export const run = async (): Promise<Report> => {
  const times = await withDatabase(async (database) => {
    const filled = await asOwner(database.owner, (client) => fillTenant(client, seedRows))
    return timeList(database.api, filled)
  })
  const few = await withDatabase((database) => lookAt(database, fewRows))
  const many = await withDatabase((database) => lookAt(database, manyRows))
  const combinations: Record<string, Combinations> = {}
  for (const shape of Object.keys(shapes) as (keyof typeof shapes)[])
    combinations[shape] = await combine(shape)
  const pages = many.filter(({ pageWalked }) => pageWalked > 0)
  const counts = many.filter(({ countWalked }) => countWalked > countedRows)
  const grown = growthOf(few, many)
  return {
    name: 'list',
    goals: [
      atMost('list over HTTP p95 at the size of the seed, ms', quantile(times, 0.95), 50),
      atMost('combinations whose page reads rows without an index', pages.length, 0),
      atMost('combinations whose count passes over more rows than it may count', counts.length, 0),
      atMost(
        'most blocks of a first page with its count, larger size',
        Math.max(...many.map(({ blocks }) => blocks)),
        mostBlocks,
      ),
      ...Object.entries(combinations).flatMap(([shape, { p95Ms, worst, floorRatio }]) => [
        atMost(`first page as a multiple of the bare query, ${shape}`, floorRatio, 4),
        atMost(`random combinations, p95, ms, ${shape}`, p95Ms, 300),
        atMost(`random combinations, the worst, ms, ${shape}`, worst[0]?.ms ?? 0, 500),
      ]),
    ],
    rounds: 1,
    ...circumstances(),
    settings: { seedRows, fewRows, manyRows, combinations: many.length, worstGrowth },
    httpMs: {
      median: rounded(median(times)),
      p95: rounded(quantile(times, 0.95)),
      max: rounded(Math.max(...times)),
    },
    pages,
    counts: counts.map(({ name, countWalked, ms }) => ({ name, countWalked, ms })),
    combinations,
    slowest: [...many].sort((a, b) => b.ms - a.ms).slice(0, 10),
    blocksGrewMost: grown.slice(0, 15),
    growthMedian: rounded(median(grown.map(({ growth }) => growth))),
    grewBeyond: grown.filter(({ growth }) => growth > worstGrowth).length,
  }
}
