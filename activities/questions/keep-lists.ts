/**
 * The lists of options of a tenant's families, kept up as a job: cut when a family has its first
 * values, changed once in each calendar quarter. Each family is one transaction that also notes that it is done, so the
 * job may be killed anywhere, run twice, or run in two workers at once.
 */
import { changeEpoch, epochOf } from '#domain/questions/epochs.ts'
import { factRowsOf } from '#domain/questions/fact-rows.ts'
import type { FactRow } from '#domain/questions/fact-values.ts'
import { cellFamilies, cellRules, liveValuesOf, type CellFamily } from '#domain/questions/facts.ts'
import type { CellValue } from '#domain/questions/cells.ts'
import { publishBlocks, readBlocks, takePublishTurn } from '#services/questions/blocks.ts'
import { familiesBehind, readOldValues, recordEpoch, retireBlocks } from '#services/questions/epochs.ts'
import { readAllFacts } from '#services/questions/question-facts.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { ActivityDeps } from '../ports.ts'
import { planTools } from './plan-tools.ts'

type ListDeps = Pick<ActivityDeps, 'db' | 'keys' | 'textTools' | 'log'>

/** The facts of all sources, read once for all families. */
type Material = {
  readonly rows: readonly FactRow[]
  readonly people: readonly string[]
  readonly old: ReadonlyMap<CellFamily, readonly CellValue[]>
}

/** Brings the lists of a tenant to the epoch of `now`; gives how many families were changed. */
export const keepLists = async (deps: ListDeps, tenantId: string, now: Date): Promise<number> => {
  const epoch = epochOf(now)
  const behind = await inTenant(deps.db, tenantId, (tx) => familiesBehind(tx, epoch, cellFamilies))
  if (behind.length === 0) return 0
  const material = await readMaterial(deps, tenantId)
  let changed = 0
  for (const family of behind) if (await change(deps, tenantId, family, epoch, material)) changed += 1
  return changed
}

const readMaterial = (deps: ListDeps, tenantId: string): Promise<Material> =>
  inTenant(deps.db, tenantId, async (tx) => {
    const facts = await readAllFacts(tx)
    return {
      rows: facts.flatMap((one) => factRowsOf(one, deps.textTools)),
      people: facts.map((one) => one.participantId),
      old: await readOldValues(tx),
    }
  })

/** One family. False when another worker was faster, or the family has no list yet and too few values for one. */
const change = (
  deps: ListDeps,
  tenantId: string,
  family: CellFamily,
  epoch: string,
  { rows, people, old }: Material,
): Promise<boolean> =>
  inTenant(deps.db, tenantId, async (tx) => {
    await takePublishTurn(tx)
    if ((await familiesBehind(tx, epoch, [family])).length === 0) return false
    const tools = planTools(deps, tenantId)
    const current = (await readBlocks(tx, deps.keys)).filter((block) => block.family === family)
    const live = liveValuesOf(rows, family, people, old.get(family) ?? [])
    const { publish, retire, waiting } = changeEpoch(current, live, cellRules[family], epoch, tools)
    // A source that is connected later in the quarter gets its first lists then, not at the next change.
    if (current.length === 0 && publish.length === 0) return false
    await publishBlocks(tx, deps.keys, publish)
    await retireBlocks(
      tx,
      retire.map((block) => block.id),
    )
    await recordEpoch(tx, {
      family,
      epoch,
      published: publish.length,
      retired: retire.length,
      waiting: waiting.length,
    })
    return true
  })
