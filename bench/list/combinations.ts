/** Random combinations of the list's filters and sorts, timed against its first page in the same run. */
import type pg from 'pg'
import { placeOfStep } from '#domain/verification/funnel.ts'
import { outcomes } from '#domain/verification/outcome.ts'
import { channels, purposes } from '#domain/verification/verification.ts'
import type { ListFilter } from '#services/verifications/verifications.ts'
import { median, quantile, rounded } from '../lib/report.ts'
import type { Filled } from './fill.ts'

/** Milliseconds of one combination, the quicker of two readings. */
export type Timed = { readonly name: string; readonly ms: number }

/** Figures of one filling. */
export type Combinations = {
  readonly firstPageMs: number
  readonly medianMs: number
  readonly p95Ms: number
  readonly worst: readonly Timed[]
  /** The first page, as a multiple of its rows read by one bare query without row-level security. */
  readonly floorRatio: number
  readonly p95Ratio: number
  /** The slowest combination, as a multiple of the first page. */
  readonly worstRatio: number
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
const randomOf = (seed: number) => {
  let state = seed
  return (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Filter = Partial<Omit<ListFilter, 'sort' | 'order' | 'limit'>>

const since = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString()

/** One value of each filter that the console offers. */
const makersOf = ({ staffIds, personId }: Filled, random: () => number): readonly (() => Filter)[] => {
  const one = <T>(values: readonly T[]): T => {
    const value = values[Math.floor(random() * values.length)]
    if (value === undefined) throw new Error('nothing to choose from')
    return value
  }
  const some = <T>(values: readonly T[]): T[] => {
    const chosen = values.filter(() => random() < 0.4)
    return chosen.length > 0 ? chosen : [one(values)]
  }
  return [
    () => ({
      outcome: some(outcomes),
    }),
    () => ({ state: [one(['closed', 'awaiting_decision', 'link_sent'])] }),
    () => ({
      purpose: some(purposes),
    }),
    () => ({ channel: [one(channels)] }),
    () => ({ referrer: [one(staffIds)] }),
    () => ({ personId }),
    () => ({ riskFrom: Math.floor(random() * 10), riskTo: 10 }),
    () => ({ riskFrom: 0, riskTo: 1 + Math.floor(random() * 8) }),
    () => ({ band: some(['low', 'guarded', 'elevated', 'high']) }),
    () => ({ step: placeOfStep(one(['sent', 'opened', 'code', 'scored', 'done'])) }),
    () => ({ reason: some(['CHA_ANSWER', 'NET_NEW_COUNTRY', 'NET_TOR_EXIT']) }),
    () => ({ feedback: some(['easy', 'hard']) }),
    () => ({ commented: 'yes' }),
    () => ({ overturned: 'yes' }),
    () => ({ from: since(one([7, 30, 90])) }),
    () => ({ q: one(['family77', 'INC-4711', 'Agent 7', 'zzzqqq']) }),
  ]
}

/** As many combinations of one to three filters with a sort as asked for; the same for the same filling. */
const combinationsOf = (filled: Filled, count: number): readonly ListFilter[] => {
  const random = randomOf(20261128)
  const makers = makersOf(filled, random)
  return Array.from({ length: count }, () => {
    const chosen = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
      makers[Math.floor(random() * makers.length)]?.(),
    )
    const sort =
      (['started', 'completed', 'risk', 'outcome', 'purpose'] as const)[Math.floor(random() * 5)] ?? 'started'
    return {
      ...Object.assign({}, ...chosen),
      ...{ sort, order: random() < 0.5 ? ('asc' as const) : ('desc' as const), limit: 50 },
    } as ListFilter
  })
}

/** The rows of a first page with their people, which no form of the list can do without. */
const bare = `select v.*, p.display_name, p.work_email from verifications v
  join people p on p.tenant_id = v.tenant_id and p.id = v.person_id
  where v.tenant_id = $1 order by v.created_at desc, v.id desc limit 51`

/** Times the first page, then `count` combinations, as the API's role. */
export const timeCombinations = async (
  owner: pg.Client,
  filled: Filled,
  count: number,
): Promise<Combinations> => {
  const floor: number[] = []
  for (let asked = 0; asked < 20; asked += 1) {
    const begun = performance.now()
    await owner.query({ name: 'bare', text: bare, values: [filled.tenantId] })
    floor.push(performance.now() - begun)
  }
  await owner.query('set role countersign_api')
  const ask = async (filter: ListFilter): Promise<number> => {
    const begun = performance.now()
    await owner.query({
      name: 'list_verifications',
      text: 'select list_verifications($1, $2, $3)',
      values: [
        filled.tenantId,
        JSON.stringify(filter),
        JSON.stringify({ isAgent: false, scores: true, excluded: [] }),
      ],
    })
    return performance.now() - begun
  }
  const times: number[] = []
  for (let asked = 0; asked < 20; asked += 1)
    times.push(await ask({ sort: 'started', order: 'desc', limit: 50 }))
  const firstPageMs = median(times)
  const timed: Timed[] = []
  for (const filter of combinationsOf(filled, count))
    timed.push({
      name: JSON.stringify(filter),
      ms: rounded(Math.min(await ask(filter), await ask(filter))),
    })
  await owner.query('reset role')
  const all = timed.map(({ ms }) => ms)
  const worst = [...timed].sort((a, b) => b.ms - a.ms).slice(0, 5)
  return {
    firstPageMs: rounded(firstPageMs),
    medianMs: rounded(median(all)),
    p95Ms: rounded(quantile(all, 0.95)),
    worst,
    floorRatio: rounded(firstPageMs / median(floor)),
    p95Ratio: rounded(quantile(all, 0.95) / firstPageMs),
    worstRatio: rounded((worst[0]?.ms ?? 0) / firstPageMs),
  }
}
