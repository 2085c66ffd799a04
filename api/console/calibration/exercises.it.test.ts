import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makeVerification } from '#platform/database/testing/factories.ts'
import { cohortDecisions } from '#services/verifications/remarks.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { addPerson, callConsole, signIn, type SignedIn } from '../../testing/test-api.ts'
import { useDesk } from '../../testing/use-test-api.ts'

const { api, admin } = useDesk({ admin: 'admin' })

describe('an exercise', () => {
  const mark = (as: SignedIn, id: string, body: object = { isExercise: true, reason: 'Red-team round.' }) =>
    callConsole(api, as, `/api/console/verifications/${id}/exercise`, { key: randomUUID(), body })

  it('is marked by supervisors and admins, on closed cases of others, and shown to those who may know', async () => {
    const { phone } = await addPerson(api, admin.tenantId)
    const { id } = await makeVerification(api.owner, phone, { state: 'closed', outcome: 'failed' })
    const agent = await signIn(api, admin.tenantId, 'agent')
    expect((await mark(agent, id)).status).toBe(403)
    expect((await mark(await signIn(api, admin.tenantId, 'auditor'), id)).status).toBe(403)
    expect((await mark(admin, id)).status).toBe(200)
    const panel = async (as: SignedIn) =>
      (await callConsole(api, as, `/api/console/verifications/${id}`)).json
    expect((await panel(admin)).exercise).toMatchObject({ isExercise: true, reason: 'Red-team round.' })
    expect((await panel(agent)).exercise).toBe(null)
    expect(
      (await panel(agent)).timeline.map((one: { event: { key: string } }) => one.event.key),
    ).not.toContain('event.exercise.marked')
    const open = await makeVerification(api.owner, (await addPerson(api, admin.tenantId)).phone)
    const early = await mark(admin, open.id)
    expect([early.status, early.json.code]).toEqual([409, 'state_does_not_allow'])
    expect((await mark(admin, randomUUID())).status).toBe(404)
    expect((await mark(admin, id, { isExercise: true, reason: '  ' })).status).toBe(422)
  })

  it('D7: is not marked by a participant on their own case', async () => {
    const person = await addPerson(api, admin.tenantId)
    const own = await makeVerification(api.owner, person.phone, { state: 'closed', outcome: 'failed' })
    for (const role of ['supervisor', 'admin'] as const) {
      const staff = await signIn(api, admin.tenantId, role, { person_id: person.id })
      expect((await mark(staff, own.id)).json.code).toBe('own_case')
    }
  })
})

describe('a decision on an uneven group', () => {
  it('is put on record with its reason by an admin, once for a request, and shown with the group', async () => {
    const key = randomUUID()
    const decide = (as: SignedIn, body: object) =>
      callConsole(api, as, '/api/console/reports/calibration/cohorts', { key, body })
    const body = { dimension: 'device', value: 'mobile', reason: 'Phones change their network on the way.' }
    expect((await decide(await signIn(api, admin.tenantId, 'auditor'), body)).status).toBe(403)
    expect((await decide(admin, { ...body, dimension: 'nationality' })).status).toBe(422)
    expect((await decide(admin, body)).status).toBe(200)
    expect((await decide(admin, body)).status).toBe(200)
    expect(await inTenant(api.db, admin.tenantId, cohortDecisions)).toMatchObject([body])
    const events = await api.owner.query(
      `select payload from audit where tenant_id = $1 and type = 'cohort.decided'`,
      [admin.tenantId],
    )
    expect(events).toHaveLength(1)
  })
})
