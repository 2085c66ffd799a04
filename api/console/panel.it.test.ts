import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertRow, makeVerification } from '#platform/server/db/testing/factories.ts'
import {
  addPerson,
  addTenant,
  callConsole,
  createTestApi,
  signIn,
  type SignedIn,
  type TestApi,
} from '../testing/test-api.ts'

let api: TestApi
let tenantId: string
let staff: Record<'agent' | 'supervisor', SignedIn>
beforeAll(async () => {
  api = await createTestApi()
  tenantId = (await addTenant(api)).id
  staff = { agent: await signIn(api, tenantId), supervisor: await signIn(api, tenantId, 'supervisor') }
})
afterAll(() => api.stop())

describe('the panel', () => {
  it('product.md 4: agents see outcome, band and instruction; supervisors the score, checks and device too', async () => {
    const person = await addPerson(api, tenantId)
    const { id } = await makeVerification(api.owner, person.phone, {
      state: 'awaiting_decision',
      risk_tenths: 34,
      band: 'guarded',
      recommendation: 'hold',
      recommendation_reasons: ['risk_elevated'],
      instruction: 'agent',
    })
    await insertRow(api.owner, 'labels', {
      tenant_id: tenantId,
      verification_id: id,
      label: 'unsure',
      reason: 'x',
      by_id: staff.agent.staffId,
      by_name: 'Alex',
    })
    const as = async (who: SignedIn) => (await callConsole(api, who, `/api/console/verifications/${id}`)).json
    const agentSees = await as(staff.agent)
    expect(agentSees).toMatchObject({
      row: { risk: null, band: 'guarded' },
      instruction: { key: 'instruction.agent' },
      score: null,
      checks: null,
      device: null,
      recommendationReasons: [],
    })
    const supervisorSees = await as(staff.supervisor)
    expect(supervisorSees).toMatchObject({
      row: { risk: 3.4 },
      recommendationReasons: [{ key: 'policy.risk_elevated' }],
    })
    expect(supervisorSees.actions.approve).toEqual({
      allowed: false,
      reason: { key: 'refusal.evidence_missing', slots: {} },
    })
  })

  it('openings of transcript and evidence are recorded, and agents may do neither', async () => {
    const { id } = await makeVerification(api.owner, (await addPerson(api, tenantId)).phone)
    for (const part of ['transcript', 'evidence']) {
      expect((await callConsole(api, staff.agent, `/api/console/verifications/${id}/${part}`)).status).toBe(
        403,
      )
      expect(
        (await callConsole(api, staff.supervisor, `/api/console/verifications/${id}/${part}`)).status,
      ).toBe(200)
      expect(
        await api.owner.one(`select count(*) as n from audit where type = $1 and object_id = $2`, [
          `${part}.opened`,
          id,
        ]),
      ).toEqual({ n: 1 })
    }
  })
})
