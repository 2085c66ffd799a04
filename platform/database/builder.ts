import knex, { type Knex } from 'knex'
import { knexSnakeCaseMappers } from 'objection'
import type pg from 'pg'

/** The two methods of knex's client by which it borrows and returns a connection. */
type Borrowing = {
  acquireConnection: () => Promise<unknown>
  releaseConnection: () => Promise<void>
}

/** Properties of models are camelCase, columns snake_case. */
const mappers = knexSnakeCaseMappers()

/**
 * A query builder that runs on one connection as long as we hold it, so that models work inside `inTenant` and no second
 * pool exists. It opens no connection, ends none and needs no closing.
 */
export function builderOn(connection: () => pg.ClientBase): Knex {
  const builder = knex({ client: 'pg', ...mappers })
  const borrowing = builder.client as Borrowing
  borrowing.acquireConnection = () => Promise.resolve().then(connection)
  borrowing.releaseConnection = () => Promise.resolve()
  return builder
}
