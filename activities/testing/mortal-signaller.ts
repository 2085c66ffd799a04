/**
 * A process that presses the control of a case, or looks at presses as the worker does, and kills itself (SIGKILL) around one
 * statement, for `kill-signal.it.test.ts`. Told by its environment: SIGNALLER (JSON) and KILL_AT = `<ordinal of the
 * statement>:<before|after>`, or empty; then it says how many statements there were.
 */
import { connect, type Db } from '#platform/database/connect.ts'
import { addCaseCopy } from '#services/reports/duress.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { watchDuress } from '../maintenance/watch-duress.ts'

/** A mortal signaller gets these settings. */
export type MortalSignaller = {
  readonly databaseUrl: string
  readonly tenantId: string
  /** The agent who presses in this case; null: it looks at the presses of others. */
  readonly press: { readonly verificationId: string; readonly staffId: string } | null
}

const told = JSON.parse(process.env['SIGNALLER'] ?? '{}') as MortalSignaller
let statements = 0

const dieAt = (statement: number, point: 'before' | 'after'): void => {
  if (process.env['KILL_AT'] === `${String(statement)}:${point}`) process.kill(process.pid, 'SIGKILL')
}

type Ask = (...statement: readonly unknown[]) => Promise<unknown>

/** Each statement of each connection is counted; `begin` and `commit` are some. */
const mortal = (db: Db): Db => {
  db.pool.on('connect', (client) => {
    const asked = client as unknown as { query: Ask }
    const ask = asked.query.bind(client)
    asked.query = async (...statement) => {
      // Its own ordinal: the next one may be on its way before this one is answered.
      const own = (statements += 1)
      dieAt(own, 'before')
      const answer = await ask(...statement)
      dieAt(own, 'after')
      return answer
    }
  })
  return db
}

const db = mortal(
  connect({ url: told.databaseUrl, max: 1, applicationName: 'mortal-signaller', statementTimeoutMs: 8_000 }),
)
const { tenantId, press } = told
const silent = { info: () => undefined, warn: () => undefined } as never
if (press === null) await watchDuress({ db, log: silent }, tenantId)
else await inTenant(db, tenantId, (tx) => addCaseCopy(tx, press.verificationId, press.staffId))
await db.close()
process.send?.(statements)
process.disconnect?.()
