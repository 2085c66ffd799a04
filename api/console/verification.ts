import { readExercise } from '#platform/server/db/exercises.ts'
import { shownHash } from '#platform/server/db/shown.ts'
import { inTenant } from '#platform/server/db/transaction.ts'
import { bind } from '../bind.ts'
import type { ApiDeps } from '../deps.ts'
import { panelOf } from './panel/panel.ts'
import { readRaw } from './panel/raw.ts'
import { readVouching } from './panel/vouching.ts'

/** The summary panel, from the first click on. */
export const verification = (deps: ApiDeps) =>
  bind('console.verification', async ({ staff, params: { verificationId } }) => {
    // The hash first: should the case move in between, a decision on the older screen is void, never the other way round.
    const { hash, exercise } = await inTenant(deps.db, staff.tenantId, async (tx) => ({
      hash: await shownHash(tx, verificationId),
      exercise: await readExercise(tx, verificationId),
    }))
    const raw = await readRaw(deps, staff, verificationId)
    const vouching = await inTenant(deps.db, staff.tenantId, (tx) => readVouching(deps, tx, staff, raw))
    return panelOf(deps, staff, { ...raw, vouching }, hash ?? '', exercise ?? null)
  })
