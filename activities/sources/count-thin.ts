/**
 * The worker counts the thin files of today, so that a page only reads a number: tens of thousands of people take seconds, in
 * small steps between which other work runs.
 */
import { setImmediate as pause } from 'node:timers/promises'
import { ruleFor, type Policy } from '#domain/policy/policy.ts'
import type { Block } from '#domain/questions/cells.ts'
import { changeEpoch, epochOf } from '#domain/questions/epochs.ts'
import { factRowsOf } from '#domain/questions/fact-rows.ts'
import type { FactRow } from '#domain/questions/fact-values.ts'
import { cellFamilies, cellRules, liveValuesOf, tenantFacts } from '#domain/questions/facts.ts'
import type { ParticipantFacts } from '#domain/questions/participant-facts.ts'
import type { PlanTools } from '#domain/questions/plan.ts'
import { createThinCounter, type ThinCounts } from '#domain/questions/thin.ts'
import { readBlocks } from '#services/questions/blocks.ts'
import { databaseNow } from '#platform/database/clock.ts'
import { readTiers } from '#services/people/people.ts'
import { notify } from '#platform/database/notify.ts'
import { currentVersion, listVersions } from '#services/policy/policy-versions.ts'
import { readAllFacts } from '#services/questions/question-facts.ts'
import { isThinCountDue, keepThinCount } from '#services/questions/thin-counts.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import type { ActivityDeps } from '../ports.ts'
import { keepLists } from '../questions/keep-lists.ts'
import { planTools } from '../questions/plan-tools.ts'

/** The dependencies of counting. */
export type ThinDeps = Pick<ActivityDeps, 'db' | 'keys' | 'textTools' | 'log'>

/** The main job of a help desk; facts that this purpose gives away are not asked for. */
const purpose = 'password_reset'

/** People counted without letting anything else run. */
const atOnce = 20

/** The people and facts to count, as one transaction saw them. */
export type ThinMaterial = {
  readonly policy: Policy
  readonly facts: readonly ParticipantFacts[]
  readonly tiers: ReadonlyMap<string, 'standard' | 'privileged'>
  readonly blocks: readonly Block[]
  readonly now: Date
}

/** Reads everything in one transaction; undefined where a tenant has no policy yet. */
export const readThinMaterial = async (deps: ThinDeps, tx: Tx): Promise<ThinMaterial | undefined> => {
  if ((await listVersions(tx, null, 1)).length === 0) return undefined
  const { policy } = await currentVersion(tx)
  return {
    policy,
    facts: await readAllFacts(tx),
    tiers: await readTiers(tx),
    blocks: await readBlocks(tx, deps.keys),
    now: await databaseNow(tx),
  }
}

/** Lists that the job would cut at once for families that have none yet (activities/questions/keep-lists.ts). */
const firstLists = (
  rows: readonly FactRow[],
  { facts, blocks, now }: ThinMaterial,
  tools: PlanTools,
): readonly Block[] => {
  const people = facts.map(({ participantId }) => participantId)
  return cellFamilies
    .filter((family) => !blocks.some((block) => block.family === family))
    .flatMap((family) => {
      const live = liveValuesOf(rows, family, people, [])
      return changeEpoch([], live, cellRules[family], epochOf(now), tools).publish
    })
}

/** Counts with pauses. */
export const countThin = async (
  deps: ThinDeps,
  tenantId: string,
  material: ThinMaterial,
): Promise<ThinCounts> => {
  const { policy, facts, tiers, blocks, now } = material
  const tools = planTools(deps, tenantId)
  const rows: FactRow[] = []
  for (const [index, one] of facts.entries()) {
    rows.push(...factRowsOf(one, tools))
    if (index % 1_000 === 999) await pause()
  }
  const counter = createThinCounter(
    {
      tenant: tenantFacts(rows, [...blocks, ...firstLists(rows, material, tools)]),
      settings: policy.questions,
      ruleOf: (tier) => ruleFor(policy, purpose, tier),
      purpose,
      now: now.getTime(),
    },
    tools,
  )
  for (const [index, one] of facts.entries()) {
    counter.add(one, tiers.get(one.participantId) ?? 'standard')
    if (index % atOnce === atOnce - 1) await pause()
  }
  return counter.counts()
}

/**
 * Counts a tenant whose count is asked for, or older than `oldMinutes`; returns how many people were counted. New lists are
 * cut first.
 */
export const keepThinCounts = async (
  deps: ThinDeps,
  tenantId: string,
  oldMinutes: number | null = null,
): Promise<number> => {
  if (!(await inTenant(deps.db, tenantId, (tx) => isThinCountDue(tx, oldMinutes)))) return 0
  await keepLists(deps, tenantId, new Date())
  const material = await inTenant(deps.db, tenantId, (tx) => readThinMaterial(deps, tx))
  if (material === undefined) return 0
  const counts = await countThin(deps, tenantId, material)
  await inTenant(deps.db, tenantId, async (tx) => {
    await keepThinCount(tx, material.now, counts)
    await notify(tx, 'settings', tenantId)
  })
  return counts.people
}
