import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { makeVerification } from '#platform/database/testing/factories.ts'
import { addPerson, callConsole } from '../../testing/test-api.ts'
import { useDesk } from '../../testing/use-test-api.ts'

const { api, agent } = useDesk({ agent: 'agent' })
beforeEach(() => {
  api.verifications.answers = {}
})

type Person = Awaited<ReturnType<typeof addPerson>>
const start = (person: Person, more: object = {}) =>
  callConsole(api, agent, '/api/console/verifications', {
    key: randomUUID(),
    body: {
      ...{ personId: person.id, purpose: 'password_reset', contactId: person.phone.id, ticket: null },
      ...more,
    },
  })
const opened = () => api.verifications.calls.filter(({ name }) => name === 'open').length

describe('N2: a disabled account', () => {
  it('gets no link: the form says why before, the start is refused with what to do, and is in the audit', async () => {
    const person = await addPerson(api, agent.tenantId)
    await api.owner.run(`update people set account_state = 'disabled' where id = $1`, [person.id])
    const path = `/api/console/people/${person.id}/send-options?purpose=password_reset`
    expect((await callConsole(api, agent, path)).json.blocked).toEqual({
      key: 'send.account_disabled',
      slots: {},
    })
    const before = opened()
    const answer = await start(person)
    expect([answer.status, answer.json.code]).toEqual([409, 'account_disabled'])
    expect(opened()).toBe(before)
  })
})

describe('T18: a case that was asked for on the public page', () => {
  const asked = async (row: object = {}) => {
    const person = await addPerson(api, agent.tenantId)
    const { id } = await makeVerification(api.owner, person.phone, {
      ...{ referrer_kind: 'self_service', referrer_id: person.id, state: 'link_sent', link_ordinal: 1 },
      ...row,
    })
    return { person, id }
  }
  const blockedOf = async (personId: string) =>
    (await callConsole(api, agent, `/api/console/people/${personId}/send-options?purpose=password_reset`))
      .json.blocked

  it('and nobody opened keeps no agent from helping: their start ends it, with a reason of its own', async () => {
    const { person, id } = await asked()
    expect(await blockedOf(person.id)).toBeNull()
    expect((await start(person)).status).toBe(201)
    const ended = api.verifications.calls.findLast(({ name }) => name === 'cancel')
    expect(ended?.args).toMatchObject([
      { verificationId: id },
      { actor: { kind: 'agent', id: agent.staffId }, reason: 'started_by_desk' },
      {},
    ])
  })

  it.each([
    ['was opened', { state: 'opened', opened_at: new Date() }],
    ['got another link from staff', { link_ordinal: 2 }],
    ['is of an agent', { referrer_kind: 'agent' }],
    ['is of a system', { referrer_kind: 'api_client' }],
  ])('and %s is not ended by a start', async (_how, row) => {
    const { person, id } = await asked(row)
    const before = opened()
    expect((await blockedOf(person.id)).key).toBe('send.open_verification')
    expect((await start(person)).json.code).toBe('open_verification_exists')
    expect(opened()).toBe(before)
    expect(
      await api.owner.one('select state <> $2 as open from verifications where id = $1', [id, 'closed']),
    ).toEqual({
      open: true,
    })
  })

  it('is not ended by a start that is refused for another reason, nor taken for ended before it is', async () => {
    const { person, id } = await asked()
    expect((await start(person, { contactId: randomUUID() })).json.code).toBe('contact_not_on_file')
    api.verifications.answers = { cancel: () => ({ kind: 'pending' }) }
    expect((await start(person)).json).toMatchObject({ code: 'open_verification_exists' })
    expect(await api.owner.one('select state from verifications where id = $1', [id])).toEqual({
      state: 'link_sent',
    })
  })
})

describe('G1: a start that is refused', () => {
  const entries = (personId: string) =>
    api.owner.query(
      `select actor_id as by, payload ->> 'reason' as reason, payload ->> 'purpose' as purpose from audit
       where type = 'start.refused' and object_kind = 'person' and object_id = $1 order by seq`,
      [personId],
    )
  const counted = async (reason: string): Promise<number> => {
    const { values = [] } =
      (await api.deps.metrics.getSingleMetric('countersign_refused_starts_total')?.get()) ?? {}
    return values.find(({ labels }) => labels['by'] === 'agent' && labels['reason'] === reason)?.value ?? 0
  }

  it.each([
    ['account_disabled', `account_state = 'disabled'`],
    ['participant_blocked', `blocked_until = now() + interval '5 minutes'`],
    ['never_via_help_desk', 'never_via_help_desk = true'],
  ])('is an entry of the audit with its reason, and counted: %s', async (reason, set) => {
    const person = await addPerson(api, agent.tenantId)
    await api.owner.run(`update people set ${set} where id = $1`, [person.id])
    const before = await counted(reason)
    expect((await start(person)).json.code).toBe(reason)
    expect(await entries(person.id)).toEqual([{ by: agent.staffId, reason, purpose: 'password_reset' }])
    expect(await counted(reason)).toBe(before + 1)
  })

  it('is one too where another case is open, or the contact is not on file', async () => {
    const person = await addPerson(api, agent.tenantId)
    await start(person)
    expect((await start(person)).json.code).toBe('open_verification_exists')
    const other = await addPerson(api, agent.tenantId)
    expect((await start(other, { contactId: person.phone.id })).json.code).toBe('contact_not_on_file')
    expect(await entries(person.id)).toMatchObject([{ reason: 'open_verification_exists' }])
    expect(await entries(other.id)).toMatchObject([{ reason: 'contact_not_on_file' }])
  })
})
