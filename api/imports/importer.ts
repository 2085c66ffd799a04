import type { Actor } from '#domain/verification/verification.ts'
import { readImport, type ImportOrigin, type ImportRow } from '#services/imports/imports.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { ApiClient, StaffCaller } from '../http/callers.ts'
import { actorOf } from '../console/scope.ts'
import { Refused } from '../http/errors.ts'

/** An importer brings facts or says what becomes of them: a member of staff, or an API client. */
export type Importer = {
  readonly tenantId: string
  readonly origin: Exclude<ImportOrigin, 'shell'>
  readonly by: { readonly id: string; readonly name: string }
  readonly actor: Actor
}

/** Staff look at every import of the organisation. */
export const staffAsImporter = (staff: StaffCaller): Importer => ({
  tenantId: staff.tenantId,
  origin: 'console',
  by: { id: staff.staffId, name: staff.name },
  actor: actorOf(staff),
})

/** An API client knows of no imports but those that it brought itself. */
export const clientAsImporter = ({ tenantId, clientId: id, name }: ApiClient): Importer => ({
  tenantId,
  origin: 'api',
  by: { id, name },
  actor: { kind: 'api_client', id },
})

const maySee = ({ origin, by }: Importer, row: ImportRow): boolean =>
  origin === 'console' || (row.origin === 'api' && row.by.id === by.id)

/** @throws Refused not_found, alike for what is missing, another tenant's, or another client's */
export const mustRead = async (tx: Tx, importer: Importer, id: string): Promise<ImportRow> => {
  const row = await readImport(tx, id)
  if (row === undefined || !maySee(importer, row)) throw new Refused('not_found')
  return row
}
