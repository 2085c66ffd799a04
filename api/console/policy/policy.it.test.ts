import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Policy } from '#domain/policy/policy.ts'
import { checks } from '#domain/risk/checks/index.ts'
import { isThreatElevated } from '#services/policy/elevated-threats.ts'
import { currentPolicy } from '#services/policy/policies.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { makeVerification } from '#platform/database/testing/factories.ts'
import { addPerson, callConsole, signIn, type SignedIn } from '../../testing/test-api.ts'
import { useDesk } from '../../testing/use-test-api.ts'

const { api, admin, second } = useDesk({ admin: 'admin', second: 'admin' })

const read = async (as = admin) => (await callConsole(api, as, '/api/console/policy')).json
const save = (policy: object, as = admin, key: string = randomUUID()) =>
  callConsole(api, as, '/api/console/policy', { key, body: { policy, reason: 'As agreed.' } })
const decide = (id: string, decision: string, as: SignedIn) =>
  callConsole(api, as, `/api/console/policy/proposals/${id}`, {
    key: randomUUID(),
    body: { decision, reason: 'As agreed.' },
  })
const inForce = () => inTenant(api.db, admin.tenantId, currentPolicy)
const withLink = async (smsLink: number): Promise<Policy> => {
  const { policy } = await read()
  return { ...policy, lifetimes: { ...policy.lifetimes, smsLink } }
}
const eventsOf = (type: string) =>
  api.owner.query<{ payload: Record<string, unknown>; object_id: string }>(
    'select payload, object_id from audit where tenant_id = $1 and type = $2 order by seq',
    [admin.tenantId, type],
  )

describe('saving a policy', () => {
  it('H9: one that sets every check apart is taken by every route of policies, and by those alone', async () => {
    const { policy } = await read()
    const all = Object.fromEntries(
      checks.map(({ code, defaultWeights }) => [code, { mode: 'shadow', weights: defaultWeights }]),
    )
    const draft = { ...policy, score: { ...policy.score, checks: all } }
    const answerOf = async (path: string, body: object) =>
      (await callConsole(api, admin, `/api/console${path}`, { key: randomUUID(), body })).status
    expect(await answerOf('/policy/preview', { policy: draft })).toBe(200)
    expect(await answerOf('/policy/reach', { policy: draft })).toBe(200)
    expect(await answerOf('/policy/back-test', { policy: draft, after: null })).toBe(200)
    expect((await save(draft)).json).toMatchObject({ status: 'proposed' })
    expect(await answerOf('/people/search', { policy: draft })).toBe(400)
  })

  it('D15: a tightening is the next version at once, attributed, compared and audited; older ones stay', async () => {
    const before = await read()
    const draft = await withLink(300)
    const preview = await callConsole(api, admin, '/api/console/policy/preview', { body: { policy: draft } })
    expect(preview.json).toEqual({
      changes: [{ path: 'lifetimes.smsLink', before: 600, after: 300 }],
      weakened: [],
    })
    expect((await save(draft)).json).toEqual({
      status: 'saved',
      version: before.current.version + 1,
      proposalId: null,
    })
    const after = await read()
    expect([after.policy.lifetimes.smsLink, after.current.version]).toEqual([300, before.current.version + 1])
    expect((await inForce()).lifetimes.smsLink).toBe(300)
    const version = await callConsole(api, admin, `/api/console/policy/versions/${after.current.version}`)
    expect(version.json).toMatchObject({
      comparedWith: before.current.version,
      weakened: [],
      ...preview.json,
    })
    expect((await eventsOf('policy.saved')).at(-1)).toMatchObject({
      object_id: String(after.current.version),
      payload: { madeFrom: before.current.version, changed: ['lifetimes.smsLink'] },
    })
    await expect(
      inTenant(api.db, admin.tenantId, (tx) =>
        tx.run(`update policies set document = '{}' where tenant_id = $1`, [admin.tenantId]),
      ),
    ).rejects.toThrow(/permission denied/)
  })

  it('a draft of another version is refused, and of two saves at once one is made', async () => {
    const draft = await withLink(290)
    const answers = await Promise.all([save(draft, admin), save({ ...draft, labBanner: false }, second)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const late = await save(draft)
    expect([late.status, late.json.code]).toEqual([409, 'policy_changed'])
  })

  it('the same request again gives the same version', async () => {
    const draft = await withLink(280)
    const key = randomUUID()
    const first = await save(draft, admin, key)
    expect((await save(draft, admin, key)).json).toEqual(first.json)
    expect((await read()).current.version).toBe(first.json.version)
  })

  it('no difference is no version', async () => {
    const { policy, current } = await read()
    expect((await save(policy)).json).toEqual({
      status: 'unchanged',
      version: current.version,
      proposalId: null,
    })
  })

  it('B4, B5, B6: what no policy may leave is refused with its field', async () => {
    const { policy } = await read()
    const rule = policy.rules.password_reset
    for (const [path, draft] of [
      ['policy.lifetimes.matchCode', { ...policy, lifetimes: { ...policy.lifetimes, matchCode: 601 } }],
      ['policy.limits.codeTriesPerCode', { ...policy, limits: { ...policy.limits, codeTriesPerCode: 6 } }],
      [
        'policy.rules.password_reset.standard.classesNeeded',
        {
          ...policy,
          rules: {
            ...policy.rules,
            password_reset: { ...rule, standard: { ...rule.standard, classesNeeded: 0 } },
          },
        },
      ],
      [
        'policy.rules.password_reset.privileged.classesNeeded',
        {
          ...policy,
          rules: {
            ...policy.rules,
            password_reset: { ...rule, privileged: { ...rule.privileged, classesNeeded: 1 } },
          },
        },
      ],
      [
        'policy.score.checks.END_NOT_YET',
        { ...policy, score: { ...policy.score, checks: { END_NOT_YET: { mode: 'off' } } } },
      ],
    ] as const) {
      const answer = await save(draft)
      expect([answer.status, answer.json.issues[0].path]).toEqual([422, path])
    }
  })
})

describe('D13: a change that weakens', () => {
  const propose = async () => {
    const draft = await withLink(1200)
    const saved = await save(draft)
    expect(saved.json.status).toBe('proposed')
    return { id: saved.json.proposalId as string, draft }
  }

  it('waits for another admin, is shown to all with what it weakens, and changes nothing meanwhile', async () => {
    const { id } = await propose()
    expect((await inForce()).lifetimes.smsLink).not.toBe(1200)
    const page = await read(second)
    expect(page.proposals[0]).toMatchObject({
      id,
      isOutdated: false,
      weakened: [{ path: 'lifetimes.smsLink', by: 'up' }],
    })
    const banners = async (as: SignedIn) => (await callConsole(api, as, '/api/console/session')).json.banners
    expect(await banners(second)).toContain('policy_changing')
    expect(await banners(await signIn(api, admin.tenantId, 'agent'))).not.toContain('policy_changing')
    const own = await decide(id, 'accept', admin)
    expect([own.status, own.json.code]).toEqual([409, 'second_person_required'])
    expect((await decide(id, 'withdraw', second)).json.code).toBe('second_person_required')
    expect((await decide(id, 'accept', await signIn(api, admin.tenantId, 'supervisor'))).status).toBe(403)
    expect((await decide(id, 'withdraw', admin)).status).toBe(200)
    expect((await decide(id, 'accept', second)).json.code).toBe('proposal_over')
    expect((await eventsOf('policy.withdrawn')).at(-1)?.object_id).toBe(id)
  })

  it('once accepted takes effect after 24 hours, unless a later version came first', async () => {
    const { id } = await propose()
    const accepted = await decide(id, 'accept', second)
    const { version, effectiveAt } = accepted.json
    expect(Date.parse(effectiveAt) - Date.now()).toBeGreaterThan(23.9 * 3_600_000)
    expect((await inForce()).lifetimes.smsLink).not.toBe(1200)
    expect((await read()).scheduled).toMatchObject({ version })
    await api.owner.run('update policies set effective_at = now() where tenant_id = $1 and version = $2', [
      admin.tenantId,
      version,
    ])
    expect((await inForce()).lifetimes.smsLink).toBe(1200)
    expect((await eventsOf('policy.accepted')).at(-1)?.payload).toMatchObject({
      version,
      proposedBy: admin.staffId,
    })

    const next = await withLink(1800)
    const { proposalId } = (await save(next)).json
    const waiting = (await decide(proposalId, 'accept', second)).json.version as number
    expect((await save(await withLink(100))).json).toMatchObject({ status: 'saved', version: waiting + 1 })
    await api.owner.run('update policies set effective_at = now() where tenant_id = $1 and version = $2', [
      admin.tenantId,
      waiting,
    ])
    expect((await inForce()).lifetimes.smsLink).toBe(100)
  })

  it('is over after seven days, and when the policy changed under it', async () => {
    const { id } = await propose()
    await api.owner.run('update policy_proposals set expires_at = now() where id = $1', [id])
    expect((await decide(id, 'accept', second)).json.code).toBe('proposal_over')
    const { id: other } = await propose()
    await save(await withLink(90))
    expect((await read()).proposals[0]).toMatchObject({ id: other, isOutdated: true })
    expect((await decide(other, 'accept', second)).json.code).toBe('proposal_over')
    expect((await decide(other, 'decline', second)).status).toBe(200)
  })

  it('D14: cannot be accepted by its author in the database either', async () => {
    const { id } = await propose()
    await expect(
      api.owner.run(
        `update policy_proposals set state = 'accepted', decided_by = proposed_by, saved_version = 9 where id = $1`,
        [id],
      ),
    ).rejects.toThrow(/check constraint/)
  })
})

describe('reading the policy', () => {
  it('is for supervisors, admins and auditors; writing for admins', async () => {
    for (const [role, status] of [
      ['agent', 403],
      ['supervisor', 200],
      ['auditor', 200],
    ] as const) {
      const staff = await signIn(api, admin.tenantId, role)
      expect((await callConsole(api, staff, '/api/console/policy')).status).toBe(status)
      expect((await save({}, staff)).status).toBe(403)
    }
  })

  it('pages through versions by key, newest first', async () => {
    const all = (await callConsole(api, admin, '/api/console/policy/versions?limit=100')).json.versions
    const numbers: number[] = []
    let before = ''
    do {
      const page = (await callConsole(api, admin, `/api/console/policy/versions?limit=2${before}`)).json
      numbers.push(...page.versions.map(({ version }: { version: number }) => version))
      before = page.nextBefore === null ? '' : `&before=${page.nextBefore}`
    } while (before !== '')
    expect(numbers).toEqual(all.map(({ version }: { version: number }) => version))
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a))
  })
})

describe('B16: the elevated threat', () => {
  const raise = (as: SignedIn) =>
    callConsole(api, as, '/api/console/threat/raise', {
      key: randomUUID(),
      body: { reason: 'A wave of calls.' },
    })
  const lower = (as: SignedIn) =>
    callConsole(api, as, '/api/console/threat/lower', { key: randomUUID(), body: {} })

  it('one person turns it on and everybody gets a notification; two different people turn it off', async () => {
    const supervisor = await signIn(api, admin.tenantId, 'supervisor')
    const agent = await signIn(api, admin.tenantId, 'agent')
    const isOn = () => inTenant(api.db, admin.tenantId, isThreatElevated)
    expect((await raise(agent)).status).toBe(403)
    expect((await raise(supervisor)).status).toBe(200)
    expect(await isOn()).toBe(true)
    expect((await callConsole(api, agent, '/api/console/session')).json.banners).toContain('elevated_threat')
    expect((await raise(admin)).json.code).toBe('threat_unchanged')
    expect((await lower(admin)).json).toEqual({ isOn: true })
    const again = await lower(admin)
    expect([again.status, again.json.code]).toEqual([409, 'second_person_required'])
    expect(await isOn()).toBe(true)
    expect((await lower(supervisor)).json).toEqual({ isOn: false })
    expect(await isOn()).toBe(false)
    expect((await lower(supervisor)).json.code).toBe('threat_unchanged')
    for (const type of ['threat.raised', 'threat.lowering_asked', 'threat.lowered'])
      expect(await eventsOf(type)).toHaveLength(1)
  })
})

describe('D6: who approved a case within a day', () => {
  it('neither saves, proposes nor accepts a policy; a day later they do', async () => {
    const person = await addPerson(api, admin.tenantId)
    const former = await signIn(api, admin.tenantId, 'admin')
    const { id } = await makeVerification(api.owner, person.phone, {
      ...{ state: 'closed', outcome: 'passed', decision: 'approved', decided_by_kind: 'agent' },
      ...{ decided_by_id: former.staffId, decided_by_name: 'F', decided_at: new Date() },
    })
    expect((await save(await withLink(290), former)).json.code).toBe('policy_and_cases')
    expect((await save(await withLink(599), former)).json.code).toBe('policy_and_cases')
    const { json: proposed } = await save(await withLink(600))
    expect(proposed.status).toBe('proposed')
    expect((await decide(proposed.proposalId, 'accept', former)).json.code).toBe('policy_and_cases')
    await api.owner.run(`update verifications set decided_at = now() - interval '25 hours' where id = $1`, [
      id,
    ])
    expect((await decide(proposed.proposalId, 'accept', former)).status).toBe(200)
  })
})
