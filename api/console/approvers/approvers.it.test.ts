import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readCandidates } from '#services/approvals/approver-candidates.ts'
import { makePerson, makeVerification } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { addPerson, addTenant, callConsole, signIn, type SignedIn } from '../../testing/test-api.ts'
import { useDesk } from '../../testing/use-test-api.ts'

const { api, admin, second } = useDesk({ admin: 'admin', second: 'admin' })

const call = (who: SignedIn, path: string, body?: unknown) =>
  callConsole(api, who, `/api/console/approvers${path}`, {
    ...(body === undefined ? {} : { body, key: randomUUID() }),
  })
const list = async (query = '') => (await call(admin, query)).json
const person = (row: Readonly<Record<string, unknown>> = {}) =>
  makePerson(api.owner, admin.tenantId, { sign_in_subject: `sub-${randomUUID()}`, ...row })
type Whom =
  { readonly kind: 'person'; readonly personId: string } | { readonly kind: 'team'; readonly team: string }
const name = (approverId: string, whom: Whom, who = admin) =>
  call(who, '', { approverId, whom, reason: 'sits beside them' })
const decide = (id: string, decision: string, who: SignedIn) =>
  call(who, `/${id}`, { decision, reason: 'as agreed' })
const end = (id: string, who = admin) => call(who, `/${id}/end`, { reason: 'has left the team' })

/** An approver who is named for a person, by the first admin. */
const named = async () => {
  const participant = await addPerson(api, admin.tenantId, { display_name: 'Pia Participant' })
  const approver = await person({ display_name: 'Nora Named' })
  const naming = await name(approver.id, { kind: 'person', personId: participant.id })
  return { participant, approver, id: naming.json.id as string, naming }
}
const eventsOf = (approverId: string) =>
  api.owner.query<{ type: string; payload: Record<string, unknown> }>(
    `select type, payload from audit where tenant_id = $1 and object_kind = 'person' and object_id = $2 order by seq`,
    [admin.tenantId, approverId],
  )
const noticesAbout = (id: string) =>
  api.owner.query<{ kind: string; n: number }>(
    'select kind, count(*)::integer as n from staff_notices where tenant_id = $1 and about = $2 group by kind order by kind',
    [admin.tenantId, id],
  )
/** The approvers whom a case that begins now could ask. */
const candidatesFor = async (phone: Parameters<typeof makeVerification>[1]) => {
  const { id } = await makeVerification(api.owner, phone, { state: 'answering' })
  const rows = await inTenant(api.db, admin.tenantId, (tx) => readCandidates(tx, id))
  return rows.map(({ personId }) => personId)
}
/** A day later, as far as one naming is concerned. */
const passDay = (id: string) =>
  api.owner.run(
    `update named_approvers set accepted_at = accepted_at - interval '1 day', effective_at = effective_at - interval '1 day'
     where id = $1`,
    [id],
  )

describe('naming an approver', () => {
  it('D13, T9: counts once a second admin has accepted it and a day has passed, for cases that begin after that', async () => {
    const { participant, approver, id, naming } = await named()
    expect([naming.status, naming.json]).toMatchObject([
      200,
      { state: 'proposed', problem: null, person: { name: 'Pia Participant' }, team: null, acceptedBy: null },
    ])
    const { id: caseBefore } = await makeVerification(api.owner, participant.phone, { state: 'answering' })
    expect(await candidatesFor(participant.phone)).toEqual([])
    const accepted = await decide(id, 'accept', second)
    expect(accepted.json).toMatchObject({ state: 'waiting', acceptReason: 'as agreed' })
    const delay = Date.parse(accepted.json.effectiveAt) - Date.parse(accepted.json.acceptedAt)
    expect(delay).toBe(24 * 3_600_000)
    expect(await candidatesFor(participant.phone)).toEqual([])
    await passDay(id)
    expect(await candidatesFor(participant.phone)).toEqual([approver.id])
    const earlier = await inTenant(api.db, admin.tenantId, (tx) => readCandidates(tx, caseBefore))
    expect(earlier).toEqual([])
    expect((await list('?q=nora')).namings).toMatchObject([{ id, state: 'in_force' }])
    expect((await end(id)).json).toMatchObject({ state: 'ended', endReason: 'has left the team' })
    expect(await candidatesFor(participant.phone)).toEqual([])
    expect((await eventsOf(approver.id)).map(({ type }) => type)).toEqual([
      'approver.named',
      'approver.name_accepted',
      'approver.name_ended',
    ])
    expect(await noticesAbout(id)).toEqual([
      { kind: 'approver_accepted', n: 2 },
      { kind: 'approver_ended', n: 2 },
      { kind: 'approver_named', n: 2 },
    ])
  })

  it('for a team: everybody who is in it when their case begins', async () => {
    const participant = await addPerson(api, admin.tenantId, { team: 'Treasury' })
    const approver = await person()
    const { json } = await name(approver.id, { kind: 'team', team: 'Treasury' })
    expect(json).toMatchObject({ team: 'Treasury', people: 1, person: null })
    await decide(json.id, 'accept', second)
    await passDay(json.id)
    expect(await candidatesFor(participant.phone)).toEqual([approver.id])
    expect((await list()).teams).toContainEqual({ team: 'Treasury', people: 1 })
  })

  it('D13: never accepted by who named, never taken back by another; the first of two ends it', async () => {
    const { id } = await named()
    expect((await decide(id, 'accept', admin)).json.code).toBe('second_person_required')
    expect((await decide(id, 'decline', admin)).json.code).toBe('second_person_required')
    expect((await decide(id, 'withdraw', second)).json.code).toBe('second_person_required')
    expect((await end(id)).json.code).toBe('proposal_over')
    const both = await Promise.all([decide(id, 'accept', second), decide(id, 'decline', second)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await decide(id, 'accept', second)).json.code).toBe('proposal_over')
    await expect(
      api.owner.run(
        'update named_approvers set accepted_by = named_by, accepted_at = now(), effective_at = now() where id = $1',
        [(await named()).id],
      ),
    ).rejects.toThrow(/check constraint/)
  })

  it.each([
    ['decline', 'declined', () => second],
    ['withdraw', 'withdrawn', () => admin],
  ] as const)(
    '%s ends it before it ever counted, and admins get no mail of that',
    async (decision, state, who) => {
      const { approver, id } = await named()
      expect((await decide(id, decision, who())).json).toMatchObject({ state, effectiveAt: null })
      expect((await list('?over=yes')).namings[0]).toMatchObject({ id, state, endReason: 'as agreed' })
      expect((await eventsOf(approver.id)).at(-1)).toMatchObject({
        type: 'approver.name_ended',
        payload: { state },
      })
      expect((await noticesAbout(id)).map(({ kind }) => kind)).toEqual(['approver_named'])
    },
  )

  it('is over when nobody accepted it within seven days', async () => {
    const { id } = await named()
    await api.owner.run(`update named_approvers set named_at = now() - interval '7 days' where id = $1`, [id])
    expect((await decide(id, 'accept', second)).json.code).toBe('proposal_over')
    expect((await list('?over=yes')).namings).toContainEqual(
      expect.objectContaining({ id, state: 'expired' }),
    )
  })

  it('T9: no admin names or accepts themself, nor an approver for themself, by whichever link the two are one', async () => {
    const issuer = 'https://sign-in.example.org/approvers'
    await api.owner.run('update tenants set oidc_issuer = $2 where id = $1', [admin.tenantId, issuer])
    const subject = `sub-${randomUUID()}`
    const self = await person({ sign_in_subject: subject })
    const linked = await signIn(api, admin.tenantId, 'admin', { person_id: self.id })
    const known = await signIn(api, admin.tenantId, 'admin', { issuer, subject })
    const other = await person()
    for (const who of [linked, known]) {
      expect((await name(self.id, { kind: 'person', personId: other.id }, who)).json.code).toBe('own_case')
      expect((await name(other.id, { kind: 'person', personId: self.id }, who)).json.code).toBe('own_case')
    }
    const { json } = await name(self.id, { kind: 'person', personId: other.id })
    for (const who of [linked, known])
      expect((await decide(json.id, 'accept', who)).json.code).toBe('own_case')
    expect((await decide(json.id, 'decline', known)).status).toBe(200)
  })

  it('the same twice is one, also at the same moment', async () => {
    const [approver, participant] = [await person(), await person()]
    const whom = { kind: 'person', personId: participant.id } as const
    const both = await Promise.all([name(approver.id, whom), name(approver.id, whom, second)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const again = await name(approver.id, whom)
    expect(again.json.code).toBe('approver_named_already')
    await decide(again.json.id ?? both.find(({ status }) => status === 200)?.json.id, 'withdraw', admin)
  })

  it('names the field that is wrong', async () => {
    const [approver, participant] = [await person(), await person()]
    const issue = async (approverId: string, whom: Whom) => (await name(approverId, whom)).json.issues[0].path
    expect(await issue(randomUUID(), { kind: 'person', personId: participant.id })).toBe('approverId')
    expect(await issue(approver.id, { kind: 'person', personId: randomUUID() })).toBe('whom.personId')
    expect(await issue(approver.id, { kind: 'person', personId: approver.id })).toBe('whom.personId')
    expect(await issue(approver.id, { kind: 'team', team: 'No such team' })).toBe('whom.team')
    const foreign = await makePerson(api.owner, (await addTenant(api)).id)
    expect(await issue(foreign.id, { kind: 'person', personId: participant.id })).toBe('approverId')
  })

  it('tells who could not be asked, and why', async () => {
    const participant = await person()
    const state = async (row: Readonly<Record<string, unknown>>) =>
      (await name((await person(row)).id, { kind: 'person', personId: participant.id })).json.problem
    expect(await state({ account_state: 'disabled' })).toBe('account')
    expect(await state({ never_via_help_desk: true })).toBe('account')
    expect(await state({ sign_in_subject: null })).toBe('cannot_sign_in')
    expect(await state({})).toBeNull()
  })

  it('shows a hundred at most, and says that there are more; a search narrows them', async () => {
    const approver = await person({ display_name: 'Zoe Zealous' })
    for (let at = 0; at < 101; at += 1)
      await api.owner.run(
        `insert into named_approvers (tenant_id, id, team, approver_id, reason, named_by, named_by_name)
         values ($1, $2, $3, $4, 'x', $5, 'x')`,
        [admin.tenantId, randomUUID(), `Crowd ${String(at)}`, approver.id, admin.staffId],
      )
    const page = await list()
    expect([page.namings.length, page.more]).toEqual([100, true])
    expect((await list('?q=crowd%2042')).namings).toMatchObject([{ team: 'Crowd 42' }])
    expect((await list(`?q=${encodeURIComponent('%')}`)).namings).toEqual([])
  })
})
