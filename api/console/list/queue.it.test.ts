import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { insertRow, makePerson, makeVerification } from '#platform/database/testing/factories.ts'
import { addPerson, callConsole, signIn, type SignedIn } from '../../testing/test-api.ts'
import { useDesk } from '../../testing/use-test-api.ts'

const { api, agent, supervisor, auditor } = useDesk({
  ...{ agent: 'agent', supervisor: 'supervisor', auditor: 'auditor' },
})

const queueOf = async (who: SignedIn): Promise<{ id: string; kind: string; firstBy: string | null }[]> =>
  (await callConsole(api, who, '/api/console/queue')).json.items
const idsOf = async (who: SignedIn) => (await queueOf(who)).map(({ id }) => id)

const waiting = async (row: Readonly<Record<string, unknown>> = {}, who = agent) => {
  const person = await addPerson(api, agent.tenantId)
  const { id } = await makeVerification(api.owner, person.phone, {
    ...{
      state: 'awaiting_decision',
      referrer_id: who.staffId,
      recommendation: 'approve',
      instruction: 'agent',
    },
    ...{ scored_at: new Date(), ...row },
  })
  return { id, person }
}
/** A first approval as far as lists look at it: only the opened case checks if it is genuine. */
const approveFirst = (id: string, personId: string, by: SignedIn, minutes = 15) =>
  insertRow(api.owner, 'approvals', {
    ...{ tenant_id: agent.tenantId, id: randomUUID(), verification_id: id, person_id: personId, ordinal: 1 },
    ...{ staff_id: by.staffId, staff_name: 'Fay First', reason: 'x', screen_hash: Buffer.alloc(32) },
    ...{ approved_at: new Date(), expires_at: new Date(Date.now() + minutes * 60_000) },
    ...{ key_id: 'k', signature: Buffer.alloc(64) },
  })

describe('the queue', () => {
  it('holds an agent’s own cases and those that no agent started, and nobody else’s', async () => {
    const mine = await waiting()
    const nobodys = await waiting({ referrer_kind: 'self_service', referrer_id: null })
    const others = await waiting({}, supervisor)
    const running = await waiting({ state: 'answering' })
    const ids = await idsOf(agent)
    expect(ids).toEqual(expect.arrayContaining([mine.id, nobodys.id]))
    for (const { id } of [others, running]) expect(ids).not.toContain(id)
  })

  it('holds escalations for supervisors who did not start them', async () => {
    const escalated = { recommendation: 'hold', instruction: 'supervisor' }
    const [theirs, own] = [await waiting(escalated), await waiting(escalated, supervisor)]
    expect(await queueOf(supervisor)).toContainEqual(
      expect.objectContaining({ id: theirs.id, kind: 'escalation' }),
    )
    expect(await idsOf(supervisor)).not.toContain(own.id)
    expect(await idsOf(agent)).not.toContain(theirs.id)
  })

  it('D1: holds a second approval for staff who may give it, and no longer for the person who gave the first', async () => {
    const { id, person } = await waiting({ recommendation: 'hold', instruction: 'second_approval' })
    expect(await idsOf(agent)).toContain(id)
    expect(await idsOf(supervisor)).not.toContain(id)
    await approveFirst(id, person.id, agent)
    expect(await queueOf(supervisor)).toContainEqual(
      expect.objectContaining({ id, kind: 'second_approval', firstBy: 'Fay First' }),
    )
    expect(await idsOf(agent)).not.toContain(id)
    const line = await makePerson(api.owner, agent.tenantId)
    const starter = await makePerson(api.owner, agent.tenantId, { manager_id: line.id })
    await api.owner.run('update staff set person_id = $1 where id = $2', [starter.id, agent.staffId])
    const manager = await signIn(api, agent.tenantId, 'supervisor', { person_id: line.id })
    expect(await idsOf(manager)).not.toContain(id)
    await api.owner.run('update staff set person_id = null where id = $1', [agent.staffId])
  })

  it('D5: a first approval whose time is over waits for its owner again', async () => {
    const { id, person } = await waiting({ recommendation: 'hold', instruction: 'second_approval' })
    await approveFirst(id, person.id, agent, -1)
    expect(await idsOf(supervisor)).not.toContain(id)
    expect(await idsOf(agent)).toContain(id)
  })

  it('D7: never holds a case of oneself, one’s manager or one’s reports', async () => {
    const { id, person } = await waiting({ referrer_kind: 'self_service', referrer_id: null })
    const self = await signIn(api, agent.tenantId, 'agent', { person_id: person.id })
    expect(await idsOf(self)).not.toContain(id)
    expect(await idsOf(agent)).toContain(id)
  })

  it('is for those who decide', async () => {
    expect((await callConsole(api, auditor, '/api/console/queue')).status).toBe(403)
  })
})
