import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decide } from '#domain/policy/decide.ts'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import type { Policy } from '#domain/policy/policy.ts'
import { evaluateChecks } from '#domain/risk/evaluate.ts'
import { score } from '#domain/risk/score.ts'
import { contact, facts, now } from '#domain/risk/testing/facts.ts'
import { insertRows } from '#dev/seeds/bulk.ts'
import { makeContact, makePerson, makeVerification } from '#platform/database/testing/factories.ts'
import type { BackTested } from '../../contract/console-policy.ts'
import { addPerson, callConsole } from '../../testing/test-api.ts'
import { useDesk } from '../../testing/use-test-api.ts'

const { api, admin } = useDesk({ admin: 'admin' })
const policy = defaultPolicy()
/** Cases of the long back-test. */
const copies = 700

const reach = (draft: Policy) =>
  callConsole(api, admin, '/api/console/policy/reach', { body: { policy: draft } })
const backTest = (draft: Policy, after: string | null = null) =>
  callConsole(api, admin, '/api/console/policy/back-test', { body: { policy: draft, after } })

/** Second factors ask for no fewer kinds than a password (B15), so they go along. */
const withStandard = (change: Partial<Policy['rules']['password_reset']['standard']>): Policy => {
  const { password_reset, mfa_reset } = policy.rules
  const classesNeeded = Math.max(mfa_reset.standard.classesNeeded, change.classesNeeded ?? 0)
  return {
    ...policy,
    rules: {
      ...policy.rules,
      password_reset: { ...password_reset, standard: { ...password_reset.standard, ...change } },
      mfa_reset: { ...mfa_reset, standard: { ...mfa_reset.standard, classesNeeded } },
    },
  }
}

/** A case as the product stores it: everything clean, two contacts, no questions possible. */
const scoringRow = (verificationId: string) => {
  const given = facts({
    challenge: { isAsked: false },
    possession: {
      matchCode: { isMatched: true, tries: 1 },
      returned: [
        { kind: 'link', at: now, contact: contact() },
        { kind: 'code', at: now, contact: contact({ id: 'contact-2', channel: 'email', lineType: null }) },
      ],
    },
  })
  const results = evaluateChecks(given, policy.score)
  const risk = score(results, policy.score)
  const decision = decide({
    policy,
    purpose: 'password_reset',
    tier: 'standard',
    results,
    score: risk,
    rDecideUnansweredWrong: risk.rDecide,
    questions: 'not_possible',
    obtainable: [],
    isReported: false,
    isNeverViaHelpDesk: false,
    isContactChanged: false,
    isElevatedThreat: false,
  })
  return {
    tenant_id: admin.tenantId,
    verification_id: verificationId,
    ordinal: 1,
    policy_version: 1,
    results: results.map((result) => ({ ...result, evidence: [] })),
    evidence_sealed: Buffer.from(''),
    score: risk,
    decision,
    versions: { score: 1 },
    evidence_digest: Buffer.from(''),
  }
}

type Part = Pick<BackTested, 'cases' | 'worse' | 'done' | 'next'>

describe('reach', () => {
  it('counts who has no route by both policies, and names some of those who lose theirs', async () => {
    const both = await addPerson(api, admin.tenantId, { display_name: 'Ada Lindt' })
    const one = await makePerson(api.owner, admin.tenantId, { display_name: 'Jonas Weber' })
    await makeContact(api.owner, api.keys.worker, one, '+447700900124')
    const own = await makePerson(api.owner, admin.tenantId, { display_name: 'Own Mailbox' })
    await makeContact(api.owner, api.keys.worker, own, own.work_email, { label: 'work' })
    await makePerson(api.owner, admin.tenantId, { display_name: 'Nobody Reached' })
    await makePerson(api.owner, admin.tenantId, { never_via_help_desk: true })
    for (const { id } of [both, one, own])
      await insertRows(
        api.owner,
        'facts',
        ['start_date', 'device', 'ticket'].map((family, index) => ({
          tenant_id: admin.tenantId,
          id: randomUUID(),
          person_id: id,
          family,
          source: ['hr', 'inventory', 'tickets'][index],
          value: 'x',
          read_at: new Date().toISOString(),
        })),
      )
    const cell = (answer: Awaited<ReturnType<typeof reach>>) =>
      answer.json.cells.find(
        (each: { purpose: string; tier: string }) =>
          each.purpose === 'password_reset' && each.tier === 'standard',
      )
    const same = await reach(policy)
    expect(same.json).toMatchObject({ people: 5, notHandled: 1, stranded: [] })
    expect(cell(same)).toMatchObject({ people: 4, withoutRoute: { before: 2, after: 2 } })
    // Nothing is known of the third person that could be asked, and no way round it either.
    expect(same.json.thin).toMatchObject({ people: 1 })
    expect(same.json.thin.routes).toContainEqual({ route: 'in_person', people: 1 })
    const draft = await reach(withStandard({ classesNeeded: 2 }))
    expect(cell(draft)).toMatchObject({ people: 4, withoutRoute: { before: 2, after: 3 } })
    expect(draft.json.stranded).toEqual([
      {
        id: one.id,
        name: 'Jonas Weber',
        tier: 'standard',
        purposes: ['password_reset'],
        reason: 'one_kind_only',
      },
    ])
    expect(draft.text).not.toContain('900124')
    // A draft that takes the mailbox of the account alone finds a way for its owner, and the way back names them.
    const loose = await reach(withStandard({ twoKindsForOwnMailbox: false }))
    expect(cell(loose)).toMatchObject({ people: 4, withoutRoute: { before: 2, after: 1 } })
  })
})

describe('back-test', () => {
  it('decides stored cases again, part by part, and says what changes', async () => {
    const person = await addPerson(api, admin.tenantId)
    const { id } = await makeVerification(api.owner, person.phone, {
      state: 'closed',
      outcome: 'passed',
      created_at: new Date(Date.now() - 3_600_000),
    })
    await insertRows(api.owner, 'scorings', [scoringRow(id)])
    const old = await makeVerification(api.owner, person.phone, {
      created_at: new Date(Date.now() - 91 * 86_400_000),
    })
    await insertRows(api.owner, 'scorings', [scoringRow(old.id)])
    const same = (await backTest(policy)).json
    expect(same).toMatchObject({ cases: 1, notReplayable: 0, better: 0, worse: 0, next: null, done: 1 })
    const draft = (await backTest(withStandard({ classesNeeded: 3 }))).json
    expect(draft).toMatchObject({ cases: 1, notReplayable: 0, better: 0, worse: 1 })
    expect(draft.changed[0]).toMatchObject({
      verificationId: id,
      outcome: 'passed',
      before: { answer: 'approve' },
      after: { answer: 'hold' },
    })
    expect((await backTest(policy, 'nowhere')).status).toBe(422)
  })

  it('goes through many cases by key, each once, and says how far it is', async () => {
    const person = await addPerson(api, admin.tenantId)
    const first = await makeVerification(api.owner, person.phone, {
      created_at: new Date(Date.now() - 7_200_000),
    })
    // Several share a moment, so that only the id tells them apart.
    const rows = Array.from({ length: copies }, (_, index) => ({
      ...first,
      id: randomUUID(),
      created_at: new Date(Date.now() - 30 * 86_400_000 + Math.floor(index / 4) * 60_000),
    }))
    await insertRows(api.owner, 'verifications', rows)
    const scoring = scoringRow(first.id)
    await insertRows(
      api.owner,
      'scorings',
      [first, ...rows].map(({ id }) => ({ ...scoring, verification_id: id })),
    )
    const begun = performance.now()
    const draft = withStandard({ classesNeeded: 3 })
    const seen: Part[] = []
    let next: string | null = null
    do {
      const part = (await backTest(draft, next)).json as Part
      seen.push(part)
      next = part.next
    } while (next !== null)
    const seconds = (performance.now() - begun) / 1000
    process.stdout.write(`back-test: ${String(copies)} cases in ${seconds.toFixed(1)} s\n`)
    const total = (of: 'cases' | 'worse') => seen.reduce((sum, part) => sum + part[of], 0)
    // One more of the test before.
    expect([total('cases'), total('worse')]).toEqual([copies + 2, copies + 2])
    const shares = seen.map(({ done }) => done)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares.at(-1)).toBe(1)
  })
})
