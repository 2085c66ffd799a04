import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { readRaw } from './panel/raw.ts'
import { evidenceOf, isShownTo, shownValue } from './panel/score.ts'
import { actorOf } from '../scope.ts'

/** All evidence of all checks that the role is shown, whatever its sensitivity; every opening is an event. */
export const evidence = (deps: ApiDeps) =>
  bind('console.evidence', async ({ staff, params }) => {
    const raw = await inTenant(deps.db, staff.tenantId, async (tx) => {
      const found = await readRaw(tx, staff, params.verificationId)
      const { id } = found.verification
      await recordEvents(tx, actorOf(staff), id, [
        { type: 'evidence.opened', object: { kind: 'verification', id }, payload: {} },
      ])
      return found
    })
    const all = evidenceOf(deps, staff.tenantId, raw)
    return {
      checks: (raw.scoring?.results ?? []).flatMap((result, index) =>
        isShownTo(staff, result)
          ? [
              {
                code: result.code,
                group: result.group,
                evidence: (all[index] ?? []).map((entry) => ({ ...entry, value: shownValue(entry.value) })),
              },
            ]
          : [],
      ),
    }
  })
