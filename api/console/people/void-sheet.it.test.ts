import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { insertRow, makePerson } from '#platform/database/testing/factories.ts'
import { callConsole } from '../../testing/test-api.ts'
import { useDesk } from '../../testing/use-test-api.ts'

const desk = useDesk({ agent: 'agent', supervisor: 'supervisor', admin: 'admin', auditor: 'auditor' })
const { api } = desk

const addSheet = async (hours: number, used = 0) => {
  const { tenantId } = desk.agent
  const person = await makePerson(api.owner, tenantId)
  const id = randomUUID()
  const at = new Date(Date.now() - hours * 3_600_000)
  await insertRow(api.owner, 'recovery_sheets', {
    ...{ tenant_id: tenantId, id, person_id: person.id, verification_id: randomUUID() },
    ...{ portal_session_id: randomUUID(), made_at: at, activated_at: at },
  })
  for (let ordinal = 1; ordinal <= 10; ordinal += 1)
    await insertRow(api.owner, 'recovery_codes', {
      ...{ tenant_id: tenantId, sheet_id: id, person_id: person.id, ordinal, digest: Buffer.from([ordinal]) },
      ...(ordinal <= used ? { used_at: new Date(), used_in: randomUUID() } : {}),
    })
  return { person, id, at }
}
type Made = Awaited<ReturnType<typeof addSheet>>
type Staff = typeof desk.agent
const cardOf = async (staff: Staff, { person }: Made) =>
  (await callConsole(api, staff, `/api/console/people/${person.id}`)).json.sheet
const end = (staff: Staff, { person, id }: Made, reason = 'They lost it') =>
  callConsole(api, staff, `/api/console/people/${person.id}/sheets/${id}/void`, { body: { reason } })

describe('the printed sheet on the person card', () => {
  it.each([
    ['resting', 1, 0],
    ['usable', 25, 3],
    ['used_up', 25, 10],
  ])('is %s, with its age and the codes that are left', async (state, hours, used) => {
    const made = await addSheet(hours, used)
    expect(await cardOf(desk.agent, made)).toEqual({
      ...{ id: made.id, state, codesLeft: 10 - used, madeAt: made.at.toISOString() },
      countsFrom: new Date(made.at.getTime() + 86_400_000).toISOString(),
    })
  })

  it('B9: is disputed once its owner said "not me", and to an agent not there', async () => {
    const made = await addSheet(25)
    await insertRow(api.owner, 'reports', {
      ...{ tenant_id: desk.agent.tenantId, id: randomUUID(), verification_id: randomUUID() },
      ...{ person_id: made.person.id, source: 'message', lifted_at: new Date() },
    })
    expect(await cardOf(desk.agent, made)).toBeNull()
    expect(await cardOf(desk.supervisor, made)).toMatchObject({ state: 'disputed' })
  })

  it('is voided with a reason, once, and audited', async () => {
    for (const staff of [desk.agent, desk.supervisor, desk.admin]) {
      const made = await addSheet(25)
      expect((await end(staff, made, '')).status).toBe(422)
      expect((await end(staff, made)).status).toBe(200)
      expect((await end(staff, made)).status).toBe(404)
      expect(await cardOf(staff, made)).toBeNull()
      const row = await api.owner.one('select voided_by, void_reason from recovery_sheets where id = $1', [
        made.id,
      ])
      expect(row).toEqual({ voided_by: staff.staffId, void_reason: 'They lost it' })
      const audit = await api.owner.query<{ payload: unknown }>(
        `select payload from audit where object_id = $1 and type = 'recovery_sheet.voided'`,
        [made.person.id],
      )
      expect(audit).toEqual([{ payload: { sheetId: made.id, reason: 'They lost it' } }])
    }
  })

  it('is not voided by an auditor, nor by the name of another person', async () => {
    const [made, other] = [await addSheet(25), await addSheet(25)]
    expect((await end(desk.auditor, made)).status).toBe(403)
    expect((await end(desk.agent, { ...made, person: other.person })).status).toBe(404)
    expect(await cardOf(desk.agent, made)).toMatchObject({ state: 'usable' })
  })
})
