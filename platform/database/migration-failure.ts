/** Something the database refused, as one sentence for the operator: what, the code, what to do. No SQL, no value. */
export class StepError extends Error {
  override readonly name = 'StepError'
}

const another = 'something of that name is in the database already, so name an empty one in DATABASE_URL'
const extensions = 'install the extensions pg_trgm and btree_gin beside PostgreSQL (its contrib package)'
const running = 'see that the database server of DATABASE_URL runs and can be reached'
const owner =
  'let DATABASE_URL name a superuser or, from PostgreSQL 16 on, the owner of the database with CREATEROLE and BYPASSRLS'
const roles =
  'a role of Countersign is missing, so restore the roles first (pg_dumpall --globals-only), then the database'

/** The advice for the operator, by a SQLSTATE or its class, or by the code of a connection that failed. */
const advice: Readonly<Record<string, string>> = {
  '42501': owner,
  '42704': roles,
  '42P06': another,
  '42P07': another,
  '42710': another,
  '42723': another,
  '0A000': extensions,
  '58P01': extensions,
  '3D000': 'make the database that DATABASE_URL names',
  '28': 'see that DATABASE_URL has the right name and password',
  '53': 'give the database server more room (disk, memory or connections)',
  '08': running,
  '57': running,
  ECONNREFUSED: running,
  ECONNRESET: running,
  ENOTFOUND: running,
  EAI_AGAIN: running,
  ETIMEDOUT: running,
}
const otherAdvice = 'take away what stands in its way, which the log of the database server names'

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'

/**
 * Does what a step does.
 * @param what the step, as the sentence begins
 * @throws StepError instead of the driver's error, whose message holds the whole SQL
 */
export async function explained<T>(what: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    const code = codeOf(error)
    const todo = advice[code] ?? advice[code.slice(0, 2)] ?? otherAdvice
    throw new StepError(`${what} failed (${code}) and changed nothing: ${todo}, then migrate again.`)
  }
}
