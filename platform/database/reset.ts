import pg from 'pg'
import { migrate } from './migrate.ts'

/**
 * Throws away everything in a database and makes its tables anew. For development; the operator's shell refuses it in
 * production.
 * @param url address with an owner's rights
 */
export async function resetDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'countersign-reset' })
  await client.connect()
  try {
    await client.query('drop schema public cascade')
    await client.query('create schema public')
    await client.query('grant usage on schema public to public')
  } finally {
    await client.end()
  }
  await migrate(url)
}
