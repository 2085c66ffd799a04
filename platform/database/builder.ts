import knex, { type Knex } from 'knex'
import type pg from 'pg'

/** The two methods of knex's client by which it borrows and returns a connection. */
type Borrowing = {
  acquireConnection: () => Promise<unknown>
  releaseConnection: () => Promise<void>
}

/**
 * A query builder that runs on one connection we already hold, so that models work inside `inTenant` and no second
 * pool exists. It opens no connection, ends none and needs no closing.
 */
export function builderOn(client: pg.ClientBase): Knex {
  const builder = knex({ client: 'pg' })
  const borrowing = builder.client as Borrowing
  borrowing.acquireConnection = () => Promise.resolve(client)
  borrowing.releaseConnection = () => Promise.resolve()
  return builder
}
