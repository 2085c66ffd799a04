import { describe, expect, it } from 'vitest'
import { addDisclosure } from '#platform/server/db/blocks.ts'
import { countQuestionedPeople } from '#platform/server/db/plans-write.ts'
import {
  makeContact,
  makePerson,
  makeStaff,
  makeTenant,
  makeVerification,
  testKeys,
} from '#platform/server/db/testing/factories.ts'
import { useDatabase } from '#platform/server/db/testing/open.ts'
import { inTenant } from '#platform/server/db/transaction.ts'

const database = useDatabase()
const keys = testKeys()
const day = [{ max: 20, seconds: 86_400 }]

const organisation = async () => {
  const { id: tenantId } = await makeTenant(database.owner)
  const agent = await makeStaff(database.owner, tenantId)
  const start = async (
    row: Readonly<Record<string, unknown>> = {},
    of = makePerson(database.owner, tenantId),
  ) => {
    const contact = await makeContact(database.owner, keys.worker, await of)
    return makeVerification(database.owner, contact, { referrer_id: agent.id, ...row })
  }
  const show = (verificationId: string, list: boolean) =>
    inTenant(database.api, tenantId, (tx) =>
      addDisclosure(tx, {
        verificationId,
        family: 'manager',
        factDigest: 'ab',
        list: list ? { blockId: 'b', epoch: '2026-Q4', values: 5, valueDigest: 'cd' } : null,
      }),
    )
  const count = async (verificationId: string) =>
    (await inTenant(database.worker, tenantId, (tx) => countQuestionedPeople(tx, verificationId, day)))[0]
  return { tenantId, start, show, count }
}

describe('people to whom an agent has had lists shown (challenges 7.2)', () => {
  it('are counted once each, by lists only, and without the participant of this case', async () => {
    const { tenantId, start, show, count } = await organisation()
    const known = await makePerson(database.owner, tenantId)
    const [first, second, third] = [await start(), await start({}, Promise.resolve(known)), await start()]
    await show(first.id, true)
    await show(first.id, true)
    await show(second.id, true)
    await show(third.id, false)
    expect(await count((await start()).id)).toBe(2)
    expect(await count((await start({}, Promise.resolve(known))).id)).toBe(1)
  })

  it('leave out other agents, other channels of starting, and lists of yesterday', async () => {
    const { tenantId, start, show, count } = await organisation()
    const other = await makeStaff(database.owner, tenantId)
    await show((await start({ referrer_id: other.id })).id, true)
    await show((await start({ referrer_kind: 'api_client' })).id, true)
    const old = await start()
    await show(old.id, true)
    await database.owner.run(
      `update disclosures set shown_at = now() - interval '25 hours' where verification_id = $1`,
      [old.id],
    )
    expect(await count((await start()).id)).toBe(0)
    expect(await count((await start({ referrer_kind: 'api_client' })).id)).toBe(0)
  })
})
