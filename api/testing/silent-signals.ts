/** Tests of the silent signal do this beside calling the API. */
import { randomUUID } from 'node:crypto'
import { addCaseCopy, isOnHold, raiseDuress, takeCopiedCases } from '#services/reports/duress.ts'
import { makeVerification } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { addPerson, callConsole, type SignedIn, type TestApi } from './test-api.ts'

/** The signals of one organisation; cases are started by `agent`. */
export const silentSignals = ({ api, agent }: { readonly api: TestApi; readonly agent: SignedIn }) => {
  const makeCase = async (row: object = {}) => {
    const { tenantId, staffId } = agent
    const person = await addPerson(api, tenantId)
    const { id } = await makeVerification(api.owner, person.phone, { referrer_id: staffId, ...row })
    return { id, person }
  }
  const spread = (id: string, seconds: number) =>
    api.owner.run(
      `update case_copies c set at = now() - make_interval(secs => $2 * r.n)
       from (select id, row_number() over (order by id) as n from case_copies where verification_id = $1) r where c.id = r.id`,
      [id, seconds],
    )
  /** Presses within one moment, whatever the machine is busy with; or so far apart. */
  const signal = async (as: SignedIn, id: string, times = 3, apartSeconds = 0) => {
    await inTenant(api.deps.db, as.tenantId, async (tx) => {
      for (let n = 0; n < times; n += 1) await addCaseCopy(tx, id, as.staffId)
    })
    if (apartSeconds > 0) await spread(id, apartSeconds)
  }
  /** Does one round of the worker's loop. */
  const look = (tenantId = agent.tenantId) =>
    inTenant(api.worker, tenantId, async (tx) => {
      for (const id of await takeCopiedCases(tx)) await raiseDuress(tx, id)
    })
  const marks = (id: string) =>
    api.owner.query('select staff_id as by from duress_marks where verification_id = $1', [id])
  const held = (id: string) => inTenant(api.deps.db, agent.tenantId, (tx) => isOnHold(tx, id))
  const press = (as: SignedIn, id: string) =>
    callConsole(api, as, `/api/console/verifications/${id}/copies`, { body: {} })
  const clear = (as: SignedIn, id: string, reason = 'went to see them') =>
    callConsole(api, as, `/api/console/verifications/${id}/clear-alarm`, {
      body: { reason },
      key: randomUUID(),
    })
  const alarmsOf = async (as: SignedIn) => (await callConsole(api, as, '/api/console/alarms')).json.duress
  return { makeCase, signal, look, marks, held, press, clear, alarmsOf }
}
