/** Gives the processes' database roles a password, so that neither runs with the owner's rights. */
import pg from 'pg'
import type { Secrets } from '../keys.ts'

export interface DatabaseLogins {
  api: string
  worker: string
}

/**
 * Lets the roles that the migrations made log in, and returns their addresses.
 * @param ownerUrl address whose user may alter roles
 * @throws one sentence when it may not
 */
export async function openDatabaseLogins(ownerUrl: string, secrets: Secrets): Promise<DatabaseLogins> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'countersign-start' })
  await client.connect()
  try {
    await allow(client, 'countersign_api', secrets.databaseApi)
    await allow(client, 'countersign_worker', secrets.databaseWorker)
  } catch (error) {
    throw new Error('DATABASE_URL must name a user who may alter roles (CREATEROLE).', { cause: error })
  } finally {
    await client.end()
  }
  return {
    api: addressFor(ownerUrl, 'countersign_api', secrets.databaseApi),
    worker: addressFor(ownerUrl, 'countersign_worker', secrets.databaseWorker),
  }
}

async function allow(client: pg.Client, role: string, password: string): Promise<void> {
  await client.query(
    `alter role ${client.escapeIdentifier(role)} login password ${client.escapeLiteral(password)}`,
  )
}

function addressFor(ownerUrl: string, role: string, password: string): string {
  const address = new URL(ownerUrl)
  address.username = role
  address.password = encodeURIComponent(password)
  return address.href
}
