import { describe, expect, it } from 'vitest'
import { countQuestionedPeople } from '#services/questions/plans.ts'
import { makePerson, makeStaff, makeTenant, type Row } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { useDeps } from '../testing/use-deps.ts'

const { database, makeCaseOf, show } = useDeps()
const day = [{ max: 20, seconds: 86_400 }]

const organisation = async () => {
  const { id: tenantId } = await makeTenant(database.owner)
  const agent = await makeStaff(database.owner, tenantId)
  const start = (row: Row = {}, person?: Parameters<typeof makeCaseOf>[2]) =>
    makeCaseOf(tenantId, { referrer_id: agent.id, ...row }, person)
  const count = async (verificationId: string) =>
    (await inTenant(database.worker, tenantId, (tx) => countQuestionedPeople(tx, verificationId, day)))[0]
  return { tenantId, start, count }
}

describe('people to whom an agent has had lists shown', () => {
  it('are counted once each, by lists only, and without the participant of this case', async () => {
    const { tenantId, start, count } = await organisation()
    const known = await makePerson(database.owner, tenantId)
    const [first, second, third] = [await start(), await start({}, known), await start()]
    await show(first, 'manager')
    await show(first, 'manager')
    await show(second, 'manager')
    await show(third, 'manager', null)
    expect(await count((await start()).id)).toBe(2)
    expect(await count((await start({}, known)).id)).toBe(1)
  })

  it('leave out other agents, other channels of starting, and lists of yesterday', async () => {
    const { tenantId, start, count } = await organisation()
    const other = await makeStaff(database.owner, tenantId)
    await show(await start({ referrer_id: other.id }), 'manager')
    await show(await start({ referrer_kind: 'api_client' }), 'manager')
    const old = await start()
    await show(old, 'manager')
    await database.owner.run(
      `update disclosures set shown_at = now() - interval '25 hours' where verification_id = $1`,
      [old.id],
    )
    expect(await count((await start()).id)).toBe(0)
    expect(await count((await start({ referrer_kind: 'api_client' })).id)).toBe(0)
  })
})
