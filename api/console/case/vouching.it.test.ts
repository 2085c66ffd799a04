import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { insertRow, makePerson, makeVerification } from '#platform/database/testing/factories.ts'
import { addPerson, callConsole, signIn, type SignedIn } from '../../testing/test-api.ts'
import { useDesk } from '../../testing/use-test-api.ts'

const { api, agent, supervisor } = useDesk({ agent: 'agent', supervisor: 'supervisor' })

const at = (id: string, verb = '') => `/api/console/verifications/${id}${verb}`
const panelFor = async (who: SignedIn, id: string) => (await callConsole(api, who, at(id))).json
const ask = (who: SignedIn, id: string) =>
  callConsole(api, who, at(id, '/ask-approver'), { key: randomUUID(), body: {} })

/** A case of the agent in which an approver was asked a minute ago. */
const caseWithRequest = async (row: Readonly<Record<string, unknown>> = {}, state = 'awaiting_decision') => {
  const person = await addPerson(api, agent.tenantId)
  const approver = await makePerson(api.owner, agent.tenantId, { display_name: 'Nora Vouching' })
  const { id } = await makeVerification(api.owner, person.phone, { state, referrer_id: agent.staffId })
  await insertRow(api.owner, 'approver_requests', {
    tenant_id: agent.tenantId,
    id: randomUUID(),
    verification_id: id,
    ordinal: 1,
    person_id: person.id,
    approver_id: approver.id,
    relation: 'named',
    policy_version: 1,
    asked_by_kind: 'system',
    asked_by_id: 'policy',
    token_hash: Buffer.from(randomUUID()),
    screen_hash: Buffer.alloc(32),
    expires_at: new Date(Date.now() + 600_000),
    ...row,
  })
  return { id, person, approver }
}

describe('who was asked to vouch', () => {
  it('is shown with relation, times and answer to everybody; by name to those who may see restricted evidence', async () => {
    const { id } = await caseWithRequest({ answer: 'yes', answered_at: new Date() })
    const seen = { relation: 'named', answer: 'yes', name: null, channel: null }
    const [forAgent] = (await panelFor(agent, id)).approvers
    expect(forAgent).toMatchObject(seen)
    expect(Date.parse(forAgent.answeredAt)).toBeGreaterThan(Date.parse(forAgent.expiresAt) - 700_000)
    expect((await panelFor(supervisor, id)).approvers).toMatchObject([{ ...seen, name: 'Nora Vouching' }])
  })

  it.each([
    ['waiting', {}],
    ['silent', { expires_at: new Date(Date.now() - 1000) }],
    ['silent', { voided_at: new Date() }],
    ['no', { answer: 'no', answered_at: new Date() }],
    ['not_sure', { answer: 'not_sure', answered_at: new Date() }],
  ])('%s, by the row', async (answer, row) => {
    const { id } = await caseWithRequest(row)
    expect((await panelFor(agent, id)).approvers).toMatchObject([{ answer }])
  })

  it('shows the message to them among the others', async () => {
    const { id, approver } = await caseWithRequest()
    await insertRow(api.owner, 'deliveries', {
      tenant_id: agent.tenantId,
      id: randomUUID(),
      verification_id: id,
      kind: 'approver_request',
      ordinal: 1,
      person_id: approver.id,
      channel: 'email',
      contact_id: randomUUID(),
      contact_masked: 'n•••@mail.example',
      status: 'accepted',
    })
    const { approvers, deliveries } = await panelFor(agent, id)
    expect(approvers).toMatchObject([{ channel: 'email', contactMasked: 'n•••@mail.example' }])
    expect(deliveries).toMatchObject([{ kind: 'approver_request' }])
  })
})

describe('D1: who was asked to vouch does not handle that case', () => {
  it('may look, but neither decide, read the code out, send anew, call off, nor ask another approver', async () => {
    const { id, approver } = await caseWithRequest()
    const vouching = await signIn(api, agent.tenantId, 'supervisor', { person_id: approver.id })
    const { actions, screenHash } = await panelFor(vouching, id)
    const refused = { allowed: false, reason: { key: 'refusal.asked_to_vouch', slots: {} } }
    expect(actions.refuse).toEqual(refused)
    expect(actions.cancel).toEqual(refused)
    expect(actions.askApprover).toEqual(refused)
    const decide = (decision: string) =>
      callConsole(api, vouching, at(id, '/decision'), {
        key: randomUUID(),
        body: { decision, reason: 'I know them', screenHash },
      })
    const tried = [
      await decide('approved'),
      await decide('refused'),
      await callConsole(api, vouching, at(id, '/match-code')),
      await callConsole(api, vouching, at(id, '/cancel'), { key: randomUUID(), body: { reason: 'x' } }),
      await ask(vouching, id),
    ]
    expect(tried.map(({ status, json }) => [status, json.code])).toEqual(
      tried.map(() => [403, 'asked_to_vouch']),
    )
    expect(api.verifications.calls.filter(({ name }) => name === 'decide')).toEqual([])
    const denied = await api.owner.query(
      `select seq from audit where tenant_id = $1 and type = 'access.denied' and payload ->> 'reason' = 'asked_to_vouch'`,
      [agent.tenantId],
    )
    expect(denied).toHaveLength(tried.length)
    expect((await panelFor(supervisor, id)).actions.cancel.allowed).toBe(true)
  })

  it('also where only the identity provider knows that both are one', async () => {
    const { id, approver } = await caseWithRequest()
    const issuer = 'https://sign-in.example.org/one'
    await api.owner.run('update tenants set oidc_issuer = $2 where id = $1', [agent.tenantId, issuer])
    await api.owner.run('update people set sign_in_subject = $2 where id = $1', [approver.id, 'sub-nora'])
    const vouching = await signIn(api, agent.tenantId, 'supervisor', { issuer, subject: 'sub-nora' })
    const stranger = await signIn(api, agent.tenantId, 'supervisor', {
      issuer: `${issuer}/other`,
      subject: 'sub-nora',
    })
    const cancelBy = (who: SignedIn) =>
      callConsole(api, who, at(id, '/cancel'), { key: randomUUID(), body: { reason: 'x' } })
    expect((await cancelBy(vouching)).json.code).toBe('asked_to_vouch')
    expect((await cancelBy(stranger)).status).toBe(200)
  })
})

describe('asking an approver', () => {
  /** A case whose participant has a manager who can be asked. */
  const askableCase = async (manager: Readonly<Record<string, unknown>> = {}) => {
    const boss = await addPerson(api, agent.tenantId, {
      display_name: 'Bea Boss',
      sign_in_subject: `sub-${randomUUID()}`,
      ...manager,
    })
    const person = await addPerson(api, agent.tenantId, { manager_id: boss.id })
    const verification = { state: 'answering', referrer_id: agent.staffId }
    return (await makeVerification(api.owner, person.phone, verification)).id
  }

  it("shows the relation of the approver who would be asked, and asks in the agent's name, with nothing else to say", async () => {
    const id = await askableCase()
    const { actions, nextApprover } = await panelFor(agent, id)
    expect(actions.askApprover).toEqual({ allowed: true, reason: null })
    expect(nextApprover).toEqual({ relation: 'manager', name: null })
    expect((await panelFor(supervisor, id)).nextApprover).toEqual({ relation: 'manager', name: 'Bea Boss' })
    expect((await ask(agent, id)).json).toEqual({ status: 'asked' })
    const [call] = api.verifications.calls.filter(({ name }) => name === 'askApprover')
    expect(call?.args.slice(0, 2)).toEqual([
      { tenantId: agent.tenantId, verificationId: id },
      { actor: { kind: 'agent', id: agent.staffId } },
    ])
  })

  it.each([
    ['account', { account_state: 'locked' }],
    ['cannot_sign_in', { sign_in_subject: null }],
  ])('is greyed where nobody can be asked, with the reason: %s', async (problem, manager) => {
    const { actions, nextApprover } = await panelFor(agent, await askableCase(manager))
    expect(actions.askApprover).toEqual({
      allowed: false,
      reason: { key: `ask_approver.${problem}`, slots: {} },
    })
    expect(nextApprover).toBeNull()
  })

  it('is for those who steer the case, while it may be asked', async () => {
    const id = await askableCase()
    const other = await signIn(api, agent.tenantId)
    expect([(await ask(other, id)).status, (await ask(other, id)).json.code]).toEqual([403, 'not_permitted'])
    expect((await panelFor(other, id)).nextApprover).toBeNull()
    const { id: early } = await caseWithRequest({}, 'link_sent')
    expect((await ask(agent, early)).json.code).toBe('state_does_not_allow')
    expect((await panelFor(agent, early)).actions.askApprover.reason.key).toBe('refusal.state_does_not_allow')
  })

  it('tells why nobody was asked, and that it may still happen', async () => {
    const id = await askableCase()
    const { answers } = api.verifications
    answers.askApprover = () => ({
      kind: 'answered',
      value: { asked: false, refusal: 'send_limit_reached' } as never,
    })
    expect((await ask(agent, id)).json.code).toBe('send_limit_reached')
    answers.askApprover = () => ({ kind: 'pending' })
    const pending = await ask(agent, id)
    expect([pending.status, pending.json]).toEqual([202, { status: 'pending' }])
    delete answers.askApprover
  })
})
