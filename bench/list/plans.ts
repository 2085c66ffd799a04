/** The plans and blocks of every filter and sort that the list offers, as the API's role. */
import type pg from 'pg'
import { placeOfStep } from '#domain/verification/funnel.ts'
import type { ListFilter } from '#services/verifications/verifications.ts'
import type { Filled } from './fill.ts'

/** The measurements of one combination. */
export type Looked = {
  readonly name: string
  readonly blocks: number
  readonly ms: number
  /** Rows that the page, and the count beside it, passed without an index. */
  readonly pageWalked: number
  readonly countWalked: number
}

/** A node of an EXPLAIN plan, as far as it is looked at. */
type Node = {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Shared Hit Blocks'?: number
  readonly 'Shared Read Blocks'?: number
  readonly 'Actual Rows'?: number
  readonly 'Actual Loops'?: number
  readonly 'Rows Removed by Filter'?: number
  readonly Plans?: readonly Node[]
}
type Explained = { readonly 'Query Text': string; readonly Plan: Node }

const day = 86_400_000

const since = (days: number): string => new Date(Date.now() - days * day).toISOString()

/** The same hour of thirteen weeks. */
const mondaysAtNine = (): [string, string][] =>
  Array.from({ length: 13 }, (_, week) => {
    const at = Date.now() - (week + 1) * 7 * day
    return [new Date(at).toISOString(), new Date(at + day / 24).toISOString()]
  })

/** Every filter that the console offers, alone; and the pairs that agents use. */
const filtersOf = ({ staffIds, personId }: Filled): Readonly<Record<string, Partial<ListFilter>>> => ({
  none: {},
  'outcome, common': { outcome: ['passed'] },
  'outcome, rare': { outcome: ['undelivered'] },
  'state, open': { state: ['awaiting_decision'] },
  purpose: { purpose: ['mfa_reset'] },
  channel: { channel: ['email'] },
  referrer: { referrer: staffIds.slice(0, 1) },
  'referrer and outcome': { referrer: staffIds.slice(0, 1), outcome: ['failed'] },
  participant: { personId },
  'risk band': { riskFrom: 7, riskTo: 8 },
  'risk, highest': { riskFrom: 9.5, riskTo: 10 },
  'last seven days': { from: since(7) },
  'band, rarest': { band: ['high'] },
  bands: { band: ['elevated', 'high'] },
  'step, sent': { step: placeOfStep('sent') },
  'step, page seen': { step: placeOfStep('opened') },
  'step, done': { step: placeOfStep('done') },
  'page seen and cancelled': { step: placeOfStep('opened'), outcome: ['cancelled'] },
  'reason, common': { reason: ['CHA_ANSWER'] },
  'reason, rare': { reason: ['NET_TOR_EXIT'] },
  'reasons, any': { reason: ['CHA_ANSWER', 'NET_NEW_COUNTRY', 'NET_TOR_EXIT'] },
  feedback: { feedback: ['easy', 'hard'] },
  'feedback, hard': { feedback: ['hard'] },
  'with a comment': { commented: 'yes' },
  'false refusals': { overturned: 'yes' },
  // Tiles of the dashboard, over its longest period.
  'hour of the week': { from: since(90), within: mondaysAtNine() },
  'bin of risk': { from: since(90), step: placeOfStep('scored'), riskFrom: 8, riskTo: 8.9 },
  'high risk': { from: since(90), step: placeOfStep('scored'), band: ['high'] },
  'reason of a period': { from: since(90), reason: ['NET_NEW_COUNTRY'] },
  'rare reason of a week': { from: since(7), reason: ['NET_TOR_EXIT'] },
  'feedback of a period': { from: since(90), feedback: ['hard'] },
  'step of a period and channel': { from: since(90), channel: ['email'], step: placeOfStep('code') },
  'search by name': { q: 'family77' },
  'search by ticket': { q: 'INC-4711' },
  'search without a match': { q: 'zzzqqq' },
})

const sorts = ['started', 'completed', 'risk', 'outcome', 'purpose'] as const
const orders = ['desc', 'asc'] as const

const flat = (node: Node): readonly Node[] => [node, ...(node.Plans ?? []).flatMap(flat)]

const blocksOf = (plan: Node): number => (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0)

/** Tables with rows of every verification, and partitions of them. */
const perCase = /^(?:verifications|verification_reasons|link_visits)/

/** Rows of verifications, their reasons and visits that sequential scans went over. One that is never started reads nothing. */
const rowsWalked = (plans: readonly Explained[]): number =>
  plans
    .flatMap(({ Plan }) => flat(Plan))
    .filter((node) => node['Node Type'] === 'Seq Scan' && perCase.test(node['Relation Name'] ?? ''))
    .reduce((sum, node) => {
      const rows = (node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)
      return sum + rows * (node['Actual Loops'] ?? 0)
    }, 0)

const isCount = ({ 'Query Text': text }: Explained): boolean => text.startsWith('select count(*)')

const asApi = async (owner: pg.Client): Promise<Explained[]> => {
  const seen: Explained[] = []
  owner.on('notice', ({ message }) => {
    const at = message?.indexOf('plan:') ?? -1
    if (message !== undefined && at >= 0) seen.push(JSON.parse(message.slice(at + 5)) as Explained)
  })
  for (const setting of [
    "load 'auto_explain'",
    'set auto_explain.log_min_duration = 0',
    'set auto_explain.log_nested_statements = on',
    'set auto_explain.log_analyze = on',
    'set auto_explain.log_buffers = on',
    'set auto_explain.log_timing = off',
    'set auto_explain.log_format = json',
    'set auto_explain.log_level = notice',
    // Row-level security holds this role as it holds the API.
    'set role countersign_api',
  ])
    await owner.query(setting)
  return seen
}

/** Asks for every combination's first page. The connection is the API's afterwards. */
export const lookAtPlans = async (owner: pg.Client, filled: Filled): Promise<Looked[]> => {
  const seen = await asApi(owner)
  const looked: Looked[] = []
  const ask = async (filter: unknown): Promise<number> => {
    seen.length = 0
    const begun = performance.now()
    await owner.query('select list_verifications($1, $2, $3)', [
      filled.tenantId,
      JSON.stringify(filter),
      JSON.stringify({ isAgent: false, scores: true, excluded: [] }),
    ])
    return performance.now() - begun
  }
  for (const [name, filter] of Object.entries(filtersOf(filled)))
    for (const sort of sorts)
      for (const order of orders) {
        const whole = { ...filter, sort, order, limit: 50 }
        await ask(whole)
        const ms = await ask(whole)
        const outer = seen.find((plan) => plan['Query Text'].startsWith('select list_verifications'))
        looked.push({
          name: `${name}, by ${sort} ${order}`,
          blocks: outer ? blocksOf(outer.Plan) : 0,
          ms: Math.round(ms * 10) / 10,
          pageWalked: rowsWalked(seen.filter((plan) => !isCount(plan))),
          countWalked: rowsWalked(seen.filter(isCount)),
        })
      }
  return looked
}
