import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { makeContact, makeVerification } from '#platform/database/testing/factories.ts'
import { addPerson, callConsole, signIn, type SignedIn } from '../../testing/test-api.ts'
import { useDesk } from '../../testing/use-test-api.ts'

const { api, agent } = useDesk({ agent: 'agent' })
beforeEach(() => {
  api.verifications.answers = {}
})

const start = (person: Awaited<ReturnType<typeof addPerson>>) =>
  callConsole(api, agent, '/api/console/verifications', {
    key: randomUUID(),
    body: { personId: person.id, purpose: 'password_reset', contactId: person.phone.id, ticket: null },
  })

describe('steering', () => {
  it('the match code is for who started the case, and for supervisors', async () => {
    const person = await addPerson(api, agent.tenantId)
    const { verificationId } = (await start(person)).json
    const read = async (as: SignedIn) =>
      (await callConsole(api, as, `/api/console/verifications/${verificationId}/match-code`)).status
    expect(await read(agent)).toBe(200)
    expect(await read(await signIn(api, agent.tenantId, 'supervisor'))).toBe(200)
    for (const role of ['agent', 'admin', 'auditor'] as const)
      expect(await read(await signIn(api, agent.tenantId, role))).toBe(403)
    await api.owner.run('update code_challenges set accepted_at = now() where verification_id = $1', [
      verificationId,
    ])
    expect(await read(agent)).toBe(409)
  })

  it('resend and cancel reach the workflow with the caller as actor; a closed case refuses both', async () => {
    const person = await addPerson(api, agent.tenantId)
    const second = await makeContact(api.owner, api.keys.worker, person, '+447700900777')
    const { verificationId } = (await start(person)).json
    const path = `/api/console/verifications/${verificationId}`
    const resent = await callConsole(api, agent, `${path}/resend`, {
      key: randomUUID(),
      body: { contactId: second.id },
    })
    expect(resent.json).toMatchObject({ status: 'recorded', delivery: 'accepted' })
    expect(api.verifications.calls.at(-1)?.args[1]).toMatchObject({
      contactId: second.id,
      actor: { kind: 'agent', id: agent.staffId },
    })
    const cancelled = await callConsole(api, agent, `${path}/cancel`, {
      key: randomUUID(),
      body: { reason: 'Called back.' },
    })
    expect(cancelled.json).toMatchObject({ outcome: 'cancelled' })
    await api.owner.run(`update verifications set state = 'closed', outcome = 'cancelled' where id = $1`, [
      verificationId,
    ])
    for (const [verb, sent] of [
      ['resend', { contactId: second.id }],
      ['cancel', { reason: 'x' }],
    ] as const)
      expect(
        (await callConsole(api, agent, `${path}/${verb}`, { key: randomUUID(), body: sent })).json.code,
      ).toBe('verification_closed')
  })

  it('D4: a decision carries what was shown, and the API answers what the workflow refuses', async () => {
    const person = await addPerson(api, agent.tenantId)
    const { id } = await makeVerification(api.owner, person.phone, { state: 'awaiting_decision' })
    const path = `/api/console/verifications/${id}`
    const { screenHash } = (await callConsole(api, agent, path)).json
    const decide = (more: object) =>
      callConsole(api, agent, `${path}/decision`, {
        key: randomUUID(),
        body: { decision: 'approved', reason: 'All fits.', screenHash, ...more },
      })
    expect((await decide({ screenHash: 'x' })).status).toBe(422)
    await api.owner.run(`update verifications set recommendation = 'refuse' where id = $1`, [id])
    expect((await callConsole(api, agent, path)).json.screenHash).not.toBe(screenHash)
    api.verifications.answers.decide = () => ({
      kind: 'answered',
      value: {
        state: 'awaiting_decision',
        outcome: null,
        decision: null,
        refusal: 'evidence_missing',
      } as never,
    })
    expect((await decide({})).json.code).toBe('evidence_missing')
    expect(api.verifications.calls.at(-1)?.args[1]).toMatchObject({
      screenHash,
      decision: 'approved',
      actor: { kind: 'agent', id: agent.staffId },
    })
  })

  it('K6: words of staff are normalised, and control or bidirectional characters refused', async () => {
    const person = await addPerson(api, agent.tenantId)
    const { id } = await makeVerification(api.owner, person.phone, { state: 'closed', outcome: 'passed' })
    const give = (reason: string) =>
      callConsole(api, agent, `/api/console/verifications/${id}/labels`, {
        key: randomUUID(),
        body: { label: 'genuine', reason, basis: 'outside' },
      })
    for (const bad of ['\u202eevil', 'a\u0000b', 'zero\u200bwidth', '   '])
      expect((await give(bad)).status).toBe(422)
    expect((await give('Cafe\u0301')).json).toEqual({ done: true })
    expect(await api.owner.one('select reason from labels where verification_id = $1', [id])).toEqual({
      reason: 'Caf\u00e9',
    })
  })
})
