/**
 * The base of the models of all capabilities. A model maps one table and its relations, and nothing more: no hooks, no
 * graph writes. Each capability has its models in `services/<capability>/models.ts`.
 */
import {
  Model,
  raw,
  type Constructor,
  type PartialModelObject,
  type QueryBuilderType,
  type Raw,
} from 'objection'
import type { Tx } from './transaction.ts'

type ModelOf<M extends Base> = Constructor<M> & Pick<typeof Base, 'query' | 'tableName'>

/** A table whose rows belong to organisations. */
export class Base extends Model {
  static override idColumn = ['tenantId', 'id']
  static override useLimitInFirst = true

  declare tenantId: string

  /**
   * The rows of the transaction's organisation. Row-level security keeps all others from the processes; this keeps them from
   * an operator whose role may see everything, and every index begins with the organisation.
   */
  static of<M extends Base>(this: ModelOf<M>, tx: Tx): QueryBuilderType<M> {
    return this.query(tx.knex).where(`${this.tableName}.tenantId`, tx.tenantId)
  }

  /** Adds a row to the transaction's organisation. False where one with the same key is there: that one stays as it is. */
  static async add<M extends Base>(
    this: ModelOf<M>,
    tx: Tx,
    row: Omit<PartialModelObject<M>, 'tenantId'>,
  ): Promise<boolean> {
    const whole = { ...row, tenantId: tx.tenantId } as PartialModelObject<M>
    const added: unknown[] = await this.query(tx.knex).insert(whole).onConflict().ignore().toKnexQuery()
    return added.length === 1
  }
}

/** The time of the transaction, by the database's clock. */
export const now = (): Raw => raw('now()')

/** So many seconds after it. */
export const inSeconds = (seconds: number): Raw => raw('now() + make_interval(secs => ?)', seconds)

/** So many days before it. */
export const daysAgo = (days: number): Raw => raw('now() - make_interval(days => ?)', days)

/** So many days after it. */
export const inDays = (days: number): Raw => raw('now() + make_interval(days => ?)', days)

/** A column of times as ISO 8601 UTC. */
export const instant = (column: string, as = column): Raw => raw('iso_instant(??)', column).as(as)

/** Two columns, `xBy` and `xByName`, as one member of staff; null where there is nobody. */
export const idAndName = (column: string): Raw =>
  raw(`case when ?? is not null then json_build_object('id', ??, 'name', ??) end`, [
    column,
    column,
    `${column}Name`,
  ]).as(column)
