import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeVerification } from '#platform/database/testing/factories.ts'
import {
  addPerson,
  addTenant,
  callConsole,
  createTestApi,
  signIn,
  type TestApi,
} from '../../testing/test-api.ts'

let api: TestApi
let tenantId: string
beforeAll(async () => {
  api = await createTestApi()
  const few = [{ max: 2, seconds: 3_600 }]
  tenantId = (
    await addTenant(api, (policy) => ({ ...policy, limits: { ...policy.limits, revealsPerAgent: few } }))
  ).id
})
afterAll(() => api.stop())

const made = (personId: string) =>
  api.owner.query('select actor_kind, actor_name, payload from audit where object_id = $1 and type = $2', [
    personId,
    'access_report.made',
  ])

describe('the access report', () => {
  it('D10: is recorded with its reference and maker; what was asked wrongly is not', async () => {
    const admin = await signIn(api, tenantId, 'admin')
    const person = await addPerson(api, tenantId)
    await makeVerification(api.owner, person.phone)
    const path = `/api/console/people/${person.id}/access-report`
    for (const reference of ['', 'a letter of Ada', 'x'.repeat(41)])
      expect((await callConsole(api, admin, path, { body: { reference } })).status).toBe(422)
    expect(await made(person.id)).toEqual([])
    const answer = await callConsole(api, admin, path, { body: { reference: 'DSR-2026-014' } })
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({
      reference: 'DSR-2026-014',
      person: { id: person.id },
      verifications: [{ outcome: null, isDetailWithheld: true }],
    })
    expect(await made(person.id)).toMatchObject([
      { actor_kind: 'agent', payload: { reference: 'DSR-2026-014', verifications: 1 } },
    ])
  })

  it('D8: counts as a reveal: over the limit nothing is shown', async () => {
    const admin = await signIn(api, tenantId, 'admin')
    const people = [
      await addPerson(api, tenantId),
      await addPerson(api, tenantId),
      await addPerson(api, tenantId),
    ]
    const statuses: number[] = []
    for (const { id } of people) {
      const path = `/api/console/people/${id}/access-report`
      statuses.push((await callConsole(api, admin, path, { body: { reference: 'DSR-1' } })).status)
    }
    expect(statuses.slice(0, 2)).toEqual([200, 200])
    expect(statuses[2]).toBeGreaterThanOrEqual(400)
    expect(await made(people[2]?.id ?? '')).toEqual([])
  })

  it('is for admins only: who handles cases makes none', async () => {
    const person = await addPerson(api, tenantId)
    for (const role of ['agent', 'supervisor', 'auditor'] as const) {
      const staff = await signIn(api, tenantId, role)
      const path = `/api/console/people/${person.id}/access-report`
      expect((await callConsole(api, staff, path, { body: { reference: 'DSR-1' } })).status).toBe(403)
    }
  })
})
