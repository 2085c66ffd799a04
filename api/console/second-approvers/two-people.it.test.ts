import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { freeze } from '#services/reports/freeze.ts'
import { makePerson, makeVerification } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { silentSignals } from '../../testing/silent-signals.ts'
import { addPerson, callConsole, signIn, type SignedIn } from '../../testing/test-api.ts'
import { useDesk } from '../../testing/use-test-api.ts'

const desk = useDesk({ admin: 'admin', third: 'admin', supervisor: 'supervisor', agent: 'agent' })
const { api } = desk
const signals = silentSignals(desk)

/** Every way in which another account is known to belong to a person, and one that is known of nobody. */
const accounts = ['by the link', 'by the subject', 'by the verified mail address', 'not linked'] as const
type How = (typeof accounts)[number]

const providerOf = 'https://sign-in.example.org'
beforeAll(() =>
  api.owner.run('update tenants set oidc_issuer = $2 where id = $1', [desk.admin.tenantId, providerOf]),
)

/** A person of the staff with the account that acts first, and the other accounts that they have. */
const somebody = async (role: 'admin' | 'supervisor') => {
  const { tenantId } = desk.admin
  const subject = randomUUID()
  const person = await makePerson(api.owner, tenantId, { sign_in_subject: subject })
  const first = await signIn(api, tenantId, role, { person_id: person.id })
  const rows: Readonly<Record<How, object>> = {
    'by the link': { person_id: person.id },
    'by the subject': { person_id: null, subject },
    'by the verified mail address': {
      person_id: null,
      verified_email: person.work_email.toUpperCase(),
    },
    'not linked': { person_id: null },
  }
  const others = await Promise.all(
    accounts.map(async (how) => [how, await signIn(api, tenantId, role, { ...rows[how] })] as const),
  )
  return { first, others }
}

const post = (as: SignedIn, path: string, body: object) =>
  callConsole(api, as, `/api/console/${path}`, { body, key: randomUUID() })
const idOf = ({ status, json }: Awaited<ReturnType<typeof post>>, key = 'id'): string => {
  expect(status).toBe(200)
  return String(json[key])
}
const reason = 'as agreed'

const proposeWeaker = async (by: SignedIn): Promise<string> => {
  const { policy } = (await callConsole(api, by, '/api/console/policy')).json
  const smsLink = Number(policy.lifetimes.smsLink) + 1
  const draft = { ...policy, lifetimes: { ...policy.lifetimes, smsLink } }
  return idOf(await post(by, 'policy', { policy: draft, reason }), 'proposalId')
}
/** A weakening that waits for its time, proposed and accepted by these two. */
const waitingVersion = async (by: SignedIn, acceptedBy: SignedIn): Promise<string> =>
  idOf(
    await post(acceptedBy, `policy/proposals/${await proposeWeaker(by)}`, { decision: 'accept', reason }),
    'version',
  )
const hasten = (as: SignedIn, version: string) => post(as, `policy/scheduled/${version}/hasten`, { reason })
const endWaiting = async (by: SignedIn): Promise<void> => {
  const { scheduled } = (await callConsole(api, by, '/api/console/policy')).json
  if (scheduled !== null) await post(by, `policy/scheduled/${String(scheduled.version)}/call-off`, { reason })
}

type Kind = {
  readonly name: string
  readonly role: 'admin' | 'supervisor'
  /** The first of the two acts; gives the id of what waits then. */
  readonly first: (by: SignedIn) => Promise<string>
  readonly second: (as: SignedIn, id: string) => ReturnType<typeof post>
  /** Another account of the same person gets this refusal. */
  readonly refusal?: string
}

const kinds: readonly Kind[] = [
  {
    name: 'a weakening of the policy',
    role: 'admin',
    first: async (by) => {
      await endWaiting(by)
      return proposeWeaker(by)
    },
    second: (as, id) => post(as, `policy/proposals/${id}`, { decision: 'accept', reason }),
  },
  {
    name: 'a weakening that the proposer would hasten',
    role: 'admin',
    first: async (by) => {
      await endWaiting(by)
      return waitingVersion(by, desk.third)
    },
    second: hasten,
  },
  {
    name: 'a weakening that the acceptor would hasten',
    role: 'admin',
    first: async (by) => {
      await endWaiting(by)
      return waitingVersion(desk.third, by)
    },
    second: hasten,
  },
  {
    name: 'who may vouch',
    role: 'admin',
    first: async (by) => {
      const { tenantId } = by
      const [approver, whom] = await Promise.all([addPerson(api, tenantId), addPerson(api, tenantId)])
      const of = { approverId: approver.id, whom: { kind: 'person', personId: whom.id }, reason }
      return idOf(await post(by, 'approvers', of))
    },
    second: (as, id) => post(as, `approvers/${id}`, { decision: 'accept', reason }),
  },
  {
    name: 'who may give second approvals',
    role: 'admin',
    first: async (by) => {
      const { staffId } = await signIn(api, by.tenantId, 'agent')
      return idOf(await post(by, 'second-approvers', { staffId, reason }))
    },
    second: (as, id) => post(as, `second-approvers/${id}`, { decision: 'accept', reason }),
  },
  {
    name: 'an account that comes off the list',
    role: 'admin',
    first: async (by) => {
      const { id } = await addPerson(api, by.tenantId)
      await post(by, `people/${id}/protection`, { reason })
      expect((await post(by, `people/${id}/protection/off`, { decision: 'ask', reason })).status).toBe(200)
      return id
    },
    second: (as, id) => post(as, `people/${id}/protection/off`, { decision: 'accept', reason }),
  },
  {
    name: 'the elevated threat',
    role: 'admin',
    first: async (by) => {
      await post(by, 'threat/raise', { reason })
      expect((await post(by, 'threat/lower', {})).json).toEqual({ isOn: true })
      return ''
    },
    second: (as) => post(as, 'threat/lower', {}),
  },
  {
    name: 'words of a message',
    role: 'admin',
    first: async (by) => {
      const text = `{organisation} ${randomUUID().slice(0, 4)}: within {minutes} min: {link} {warning}`
      const messageText = { subject: null, text }
      return idOf(
        await post(by, 'messages', { kind: 'link', channel: 'sms', language: 'en', messageText, reason }),
      )
    },
    second: (as, id) => post(as, `messages/texts/${id}`, { decision: 'accept', reason }),
  },
  {
    name: 'a freeze of a case that they started',
    role: 'supervisor',
    first: async (by) => {
      const person = await addPerson(api, by.tenantId)
      const { id: verificationId } = await makeVerification(api.owner, person.phone, {
        referrer_id: by.staffId,
      })
      const terms = { blockSeconds: 900, locking: 'never', reportSeconds: 3600 } as const
      const report = {
        reportId: randomUUID(),
        verificationId,
        personId: person.id,
        source: 'message',
      } as const
      await inTenant(api.deps.db, by.tenantId, (tx) => freeze(tx, { ...report, ...terms }))
      return person.id
    },
    second: (as, id) => post(as, `people/${id}/lift-freeze`, { reason }),
    refusal: 'own_part',
  },
  {
    name: 'a case that is held by the silent signal, and that they started',
    role: 'supervisor',
    first: async (by) => {
      const { id } = await signals.makeCase({ referrer_id: by.staffId })
      await signals.signal(desk.agent, id)
      await signals.look()
      return id
    },
    second: (as, id) => signals.clear(as, id),
    refusal: 'own_part',
  },
  {
    name: 'a case for which they gave the silent signal',
    role: 'supervisor',
    first: async (by) => {
      const { id } = await signals.makeCase()
      await signals.signal(by, id)
      await signals.look()
      return id
    },
    second: (as, id) => signals.clear(as, id),
    refusal: 'state_does_not_allow',
  },
]

describe('what takes two people', () => {
  it.each(kinds)(
    'B9, B16, D1, D3, D13: $name: no other account of the same person is the second',
    async (kind) => {
      const { first, others } = await somebody(kind.role)
      const id = await kind.first(first)
      for (const [how, account] of others) {
        const { status, json } = await kind.second(account, id)
        const expected =
          how === 'not linked' ? 'account_not_linked' : (kind.refusal ?? 'second_person_required')
        expect([how, json.code]).toEqual([how, expected])
        expect(status).toBeGreaterThanOrEqual(400)
      }
      const another = await signIn(api, desk.admin.tenantId, kind.role)
      expect((await kind.second(another, id)).status).toBe(200)
    },
  )

  it.each(kinds)('$name: nobody is the second beside an account that is nobody’s yet', async (kind) => {
    const { first } = await somebody(kind.role)
    const id = await kind.first(first)
    await api.owner.run('update staff set person_id = null, display_name = $2 where id = $1', [
      first.staffId,
      'Una Unlinked',
    ])
    const another = await signIn(api, desk.admin.tenantId, kind.role)
    const { json } = await kind.second(another, id)
    expect([json.code, json.slots]).toEqual(['other_not_linked', { name: 'Una Unlinked' }])
    await api.owner.run('update staff set person_id = $2 where id = $1', [first.staffId, randomUUID()])
    expect((await kind.second(another, id)).status).toBe(200)
  })

  it('an account that is nobody’s yet does not take the first step either, and gets the reason', async () => {
    await endWaiting(desk.admin)
    const stranger = await signIn(api, desk.admin.tenantId, 'admin', { person_id: null })
    const { policy } = (await callConsole(api, stranger, '/api/console/policy')).json
    const weaker = { ...policy, lifetimes: { ...policy.lifetimes, smsLink: 1111 } }
    const [person, whom] = await Promise.all([
      addPerson(api, stranger.tenantId),
      addPerson(api, stranger.tenantId),
    ])
    await post(desk.admin, `people/${person.id}/protection`, { reason })
    await post(desk.admin, 'threat/raise', { reason })
    const messageText = { subject: null, text: '{organisation}: {minutes} Min.: {link} {warning}' }
    const steps: readonly (readonly [path: string, body: object])[] = [
      ['policy', { policy: weaker, reason }],
      ['approvers', { approverId: person.id, whom: { kind: 'person', personId: whom.id }, reason }],
      ['second-approvers', { staffId: desk.agent.staffId, reason }],
      [`people/${person.id}/protection/off`, { decision: 'ask', reason }],
      ['threat/lower', {}],
      ['messages', { kind: 'link', channel: 'sms', language: 'de', messageText, reason }],
    ]
    for (const [path, body] of steps)
      expect([path, (await post(stranger, path, body)).json.code]).toEqual([path, 'account_not_linked'])
  })

  it('D6: nobody edits the policy with one account and approves with another', async () => {
    const { first, others } = await somebody('admin')
    const person = await addPerson(api, first.tenantId)
    const approver = others.find(([how]) => how === 'by the link')?.[1]
    await makeVerification(api.owner, person.phone, {
      ...{ state: 'closed', outcome: 'passed', decision: 'approved', decided_by_kind: 'agent' },
      ...{ decided_by_id: approver?.staffId, decided_by_name: 'F', decided_at: new Date() },
    })
    const { policy } = (await callConsole(api, first, '/api/console/policy')).json
    const draft = { ...policy, lifetimes: { ...policy.lifetimes, smsLink: policy.lifetimes.smsLink - 1 } }
    expect((await post(first, 'policy', { policy: draft, reason })).json.code).toBe('policy_and_cases')
  })
})
