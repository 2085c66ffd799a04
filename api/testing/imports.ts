/** Does the worker's part of imports between two calls. */
import { nextImport, readChunk } from '#services/imports/imports.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { checkImport, performImport } from '#services/imports/port.ts'
import type { TestApi } from './test-api.ts'

/** Looks at the next import, or does it; gives what became of it. */
export const workOnImport = async (api: TestApi, tenantId: string): Promise<string> => {
  const row = await inTenant(api.worker, tenantId, nextImport)
  if (row === undefined) throw new Error('nothing waits')
  if (row.state === 'confirmed') return performImport(api.worker, tenantId, row)
  const bytes = async function* () {
    for (let ordinal = 0; ; ordinal += 1) {
      const piece = await inTenant(api.worker, tenantId, (tx) =>
        readChunk(tx, api.keys.worker, row.id, ordinal),
      )
      if (piece === undefined) return
      yield piece
    }
  }
  return (await checkImport(api.worker, tenantId, row, bytes())).state
}
