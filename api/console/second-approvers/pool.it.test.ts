import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makePerson, makeVerification } from '#platform/database/testing/factories.ts'
import { isNamedSecond } from '#services/approvals/second-approver-namings.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { addPerson, callConsole, signIn, type SignedIn } from '../../testing/test-api.ts'
import { useDesk } from '../../testing/use-test-api.ts'

const { api, admin, second, agent, supervisor } = useDesk({
  ...{ admin: 'admin', second: 'admin', agent: 'agent', supervisor: 'supervisor' },
})

const post = (who: SignedIn, path: string, body: unknown) =>
  callConsole(api, who, `/api/console/second-approvers${path}`, { body, key: randomUUID() })
const name = (staffId: string, who = admin) => post(who, '', { staffId, reason: 'knows the accounts' })
const accept = (id: string, who: SignedIn) => post(who, `/${id}`, { decision: 'accept', reason: 'as agreed' })
const end = (id: string, who = admin) => post(who, `/${id}/end`, { reason: 'has moved' })
const poolOf = async () => (await callConsole(api, admin, '/api/console/second-approvers')).json
const caseNow = async () =>
  (await makeVerification(api.owner, (await addPerson(api, admin.tenantId)).phone)).id
const maySecond = (staffId: string, verificationId: string) =>
  inTenant(api.db, admin.tenantId, (tx) => isNamedSecond(tx, staffId, verificationId))
/** A day later, as far as one naming is concerned. */
const passDay = (id: string) =>
  api.owner.run(
    `update second_approvers set accepted_at = accepted_at - interval '1 day', effective_at = effective_at - interval '1 day'
     where id = $1`,
    [id],
  )

describe('who may give second approvals', () => {
  it('D1: supervisors by their role; agents may be named for it, nobody else', async () => {
    const pool = await poolOf()
    expect(pool.byRole).toContainEqual(expect.objectContaining({ id: supervisor.staffId }))
    expect(pool.nameable.map(({ id }: { id: string }) => id)).toContain(agent.staffId)
    for (const { staffId } of [supervisor, second]) expect((await name(staffId)).status).toBe(404)
    for (const who of [agent, supervisor]) expect((await name(agent.staffId, who)).status).toBe(403)
  })

  it('D13, T9: counts once a second admin accepted it and a day has passed, for cases that begin after that', async () => {
    const { staffId } = await signIn(api, admin.tenantId)
    const naming = await name(staffId)
    const { id } = naming.json
    expect([naming.status, naming.json.state]).toEqual([200, 'proposed'])
    const before = await caseNow()
    expect((await accept(id, admin)).json.code).toBe('second_person_required')
    const accepted = await accept(id, second)
    expect(accepted.json).toMatchObject({ state: 'waiting', acceptedBy: { id: second.staffId } })
    expect(await maySecond(staffId, before)).toBe(false)
    expect(await maySecond(staffId, await caseNow())).toBe(false)
    await passDay(id)
    const after = await caseNow()
    expect([await maySecond(staffId, before), await maySecond(staffId, after)]).toEqual([false, true])
    expect((await end(id)).status).toBe(200)
    expect(await maySecond(staffId, after)).toBe(false)
    const events = await api.owner.query<{ type: string }>(
      'select type from audit where object_id = $1 and type like $2 order by seq',
      [staffId, 'second_approver.%'],
    )
    expect(events.map(({ type }) => type)).toEqual([
      'second_approver.named',
      'second_approver.accepted',
      'second_approver.ended',
    ])
    const told = await api.owner.query(
      'select kind, count(*)::integer as n from staff_notices where about = $1 group by kind order by kind',
      [id],
    )
    expect(told).toEqual([
      { kind: 'second_accepted', n: 2 },
      { kind: 'second_ended', n: 2 },
      { kind: 'second_named', n: 2 },
    ])
  })

  it('T9, D16: no admin names or accepts themself by another account, nor the same person twice', async () => {
    const person = await makePerson(api.owner, admin.tenantId)
    const self = await signIn(api, admin.tenantId, 'admin', { person_id: person.id })
    const other = await signIn(api, admin.tenantId, 'agent', { person_id: person.id })
    const twin = await signIn(api, admin.tenantId, 'admin', { person_id: person.id })
    expect((await name(other.staffId, self)).json.code).toBe('own_case')
    const { id } = (await name(other.staffId)).json
    expect((await accept(id, self)).json.code).toBe('own_case')
    expect((await name(other.staffId, second)).json.code).toBe('approver_named_already')
    const another = (await name((await signIn(api, admin.tenantId)).staffId, self)).json
    expect((await accept(another.id, twin)).json.code).toBe('second_person_required')
  })

  it('is over when nobody accepted it within seven days, and makes room for the next', async () => {
    const { staffId } = await signIn(api, admin.tenantId)
    const { id } = (await name(staffId)).json
    await api.owner.run(`update second_approvers set named_at = now() - interval '7 days' where id = $1`, [
      id,
    ])
    expect((await accept(id, second)).status).toBe(404)
    expect((await name(staffId)).status).toBe(200)
  })

  it('the first of two ends it', async () => {
    const { id } = (await name((await signIn(api, admin.tenantId)).staffId)).json
    const both = await Promise.all([accept(id, second), accept(id, second)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  })
})
