/**
 * This is a loop, since each worker process counts for itself and keeps the count in its memory. It counts a tenant's facts,
 * as plans are made of them, ahead of need: tens of thousands of people take seconds, and a participant who has just typed
 * the match code must not wait for that.
 */
import { factRowsOf } from '#domain/questions/fact-rows.ts'
import { createFactCounter, type TenantFacts } from '#domain/questions/facts.ts'
import { createYield, type Yield } from '#platform/process/yield.ts'
import { readBlocks } from '#services/questions/blocks.ts'
import { eachPersonsFacts, isAskingLately, readFactsMark } from '#services/questions/question-facts.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import type { ActivityDeps } from '../ports.ts'
import { planTools } from './plan-tools.ts'

type CountDeps = Pick<ActivityDeps, 'keys' | 'textTools'>
type AheadDeps = CountDeps & Pick<ActivityDeps, 'db'>

/** A count serves this long; lists are immutable, so nothing shown depends on it. */
const servesMs = 5 * 60_000
/** From this age on the loop looks for changes: well before a participant would have to wait. */
const aheadMs = 3 * 60_000
/** It is counted again after this time even where no row has changed: days pass. */
const recountMs = 60 * 60_000

/** `mark`: of the rows that were counted, empty where it is not known; `freshAt`: when they were last known to be the same. */
type Count = {
  readonly facts: TenantFacts
  readonly mark: string
  readonly countedAt: number
  readonly freshAt: number
}

const counts = new Map<string, Count>()
const underWay = new Map<string, Promise<TenantFacts>>()

/** Counts in pieces, so that the worker's other work runs in between. */
const count = async (deps: CountDeps, tx: Tx, yielding: Yield): Promise<TenantFacts> => {
  const tools = planTools(deps, tx.tenantId)
  const counter = createFactCounter()
  for await (const facts of eachPersonsFacts(tx, yielding)) counter.add(factRowsOf(facts, tools))
  return counter.facts(await readBlocks(tx, deps.keys))
}

const countAnew = (deps: CountDeps, tx: Tx, mark: string): Promise<TenantFacts> => {
  const { tenantId } = tx
  const begun = Date.now()
  const work = count(deps, tx, createYield())
    .then((facts) => {
      counts.set(tenantId, { facts, mark, countedAt: begun, freshAt: begun })
      return facts
    })
    .finally(() => {
      if (underWay.get(tenantId) === work) underWay.delete(tenantId)
    })
  underWay.set(tenantId, work)
  return work
}

const known = (tenantId: string): TenantFacts | undefined => {
  const last = counts.get(tenantId)
  return last !== undefined && Date.now() - last.freshAt < servesMs ? last.facts : undefined
}

/** The tenant's facts: as counted ahead, else as they are being counted, else counted now. */
export const readTenantFacts = async (deps: CountDeps, tx: Tx): Promise<TenantFacts> => {
  for (;;) {
    const ready = known(tx.tenantId)
    if (ready !== undefined) return ready
    const running = underWay.get(tx.tenantId)
    if (running === undefined) return countAnew(deps, tx, '')
    // A count that fails leaves it to the next one.
    await running.catch(() => undefined)
  }
}

/**
 * Counts a tenant that asks questions, where its count is older than `afterMs` and rows have changed since. What was counted
 * before serves until the new count is there. Gives how many tenants were counted: one or none.
 */
export const countAhead = async (
  { db, ...deps }: AheadDeps,
  tenantId: string,
  afterMs = aheadMs,
): Promise<number> => {
  const last = counts.get(tenantId)
  if (last !== undefined && Date.now() - last.freshAt < afterMs) return 0
  return inTenant(db, tenantId, async (tx) => {
    if (!(await isAskingLately(tx))) {
      // Its next plan counts for itself.
      counts.delete(tenantId)
      return 0
    }
    const begun = Date.now()
    // Read first: what changes during the count is found the next time.
    const mark = await readFactsMark(tx)
    if (last?.mark === mark && begun - last.countedAt < recountMs) {
      counts.set(tenantId, { ...last, freshAt: begun })
      return 0
    }
    await countAnew(deps, tx, mark)
    return 1
  })
}
