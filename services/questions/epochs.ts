/** Epoch changes of question lists: what was done, and what former facts offer as canaries. */
import type { CellValue } from '#domain/questions/cells.ts'
import type { CellFamily } from '#domain/questions/facts.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** Families of these whose change to an epoch is not done. */
export const familiesBehind = async (
  tx: Tx,
  epoch: string,
  families: readonly CellFamily[],
): Promise<readonly CellFamily[]> => {
  const done = await tx.query<{ family: string }>(
    'select family from question_epochs where tenant_id = $1 and epoch = $2',
    [tx.tenantId, epoch],
  )
  return families.filter((family) => !done.some((row) => row.family === family))
}

/** The result of an epoch change. */
export type EpochRecord = {
  readonly family: CellFamily
  readonly epoch: string
  readonly published: number
  readonly retired: number
  readonly waiting: number
}

/** Notes that a family's change is done; call it in the transaction that publishes and retires. */
export const recordEpoch = async (tx: Tx, record: EpochRecord): Promise<void> => {
  await tx.run(
    `insert into question_epochs (tenant_id, family, epoch, published, retired, waiting)
     values ($1, $2, $3, $4, $5, $6)`,
    [tx.tenantId, record.family, record.epoch, record.published, record.retired, record.waiting],
  )
}

/** Takes lists out of use. They stay in the table: what was shown once is never forgotten. */
export const retireBlocks = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return
  await tx.run(
    'update question_blocks set retired_at = now() where tenant_id = $1 and id = any($2) and retired_at is null',
    [tx.tenantId, ids],
  )
}

/** Former values read in one go; a list takes one at most. */
const mostOld = 500

const named = (value: string, text: string): CellValue => ({
  value,
  label: { kind: 'text', text },
  holders: 0,
})

/** Values that were true more than three years ago, by family; whether they are true again is the caller's to see. */
export const readOldValues = async (tx: Tx): Promise<ReadonlyMap<CellFamily, readonly CellValue[]>> => {
  const managers = await tx.query<{ id: string; name: string }>(
    `select distinct p.id, p.display_name as name from facts f
     join people p on p.tenant_id = f.tenant_id and p.id::text = f.value
     where f.tenant_id = $1 and f.family = 'manager' and f.valid_to < now() - interval '3 years' limit ${mostOld}`,
    [tx.tenantId],
  )
  const models = await tx.query<{ model: string }>(
    `select distinct f.value::jsonb ->> 'model' as model from facts f
     where f.tenant_id = $1 and f.family = 'device' and f.valid_to < now() - interval '3 years' limit ${mostOld}`,
    [tx.tenantId],
  )
  return new Map<CellFamily, readonly CellValue[]>([
    ['manager', managers.map(({ id, name }) => named(id, name))],
    ['device_model', models.map(({ model }) => named(model, model))],
  ])
}
