import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PolicyDecision } from '#domain/policy/decide.ts'
import { evaluateChecks } from '#domain/risk/evaluate.ts'
import { score } from '#domain/risk/score.ts'
import { defaultScorePolicy } from '#domain/risk/settings.ts'
import { facts } from '#domain/risk/testing/facts.ts'
import { sealPlan } from '#platform/crypto/case-inputs.ts'
import { addScoring } from '#services/risk/scorings.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { insertRow, makeVerification } from '#platform/database/testing/factories.ts'
import {
  addPerson,
  addTenant,
  callConsole,
  createTestApi,
  signIn,
  type SignedIn,
  type TestApi,
} from '../../testing/test-api.ts'

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
  it('B9: that a report stopped what was approved shows to those who watch, and to agents as cancelled', async () => {
    const person = await addPerson(api, tenantId)
    const { id } = await makeVerification(api.owner, person.phone, { state: 'closed', outcome: 'passed' })
    await insertRow(api.owner, 'actions', {
      tenant_id: tenantId,
      verification_id: id,
      kind: 'password_reset',
      person_id: person.id,
      state: 'failed',
      reason: 'reported',
      run_id: id,
      run_started_at: new Date(),
      seq: 2,
    })
    const as = (who: SignedIn) => callConsole(api, who, `/api/console/verifications/${id}`)
    expect((await as(staff.supervisor)).json.action.reason.key).toBe('refusal.reported')
    const agent = await as(staff.agent)
    expect(agent.json.action).toMatchObject({ state: 'failed', reason: { key: 'refusal.cancelled' } })
    expect(agent.text).not.toContain('reported')
  })

  it('agents see outcome, band and instruction; supervisors the score, checks and device too', async () => {
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
      basis: 'panel',
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
      gives: null,
    })
  })

  it('D4: the screen and its hash are of one moment, also while the case moves', async () => {
    const { id } = await makeVerification(api.owner, (await addPerson(api, tenantId)).phone, {
      state: 'awaiting_decision',
      recommendation: 'hold',
    })
    let isOver = false
    const moving = (async () => {
      while (!isOver)
        await api.owner.query(
          `update verifications set recommendation = case recommendation when 'hold' then 'refuse' else 'hold' end where id = $1`,
          [id],
        )
    })()
    const hashes = new Map<string, Set<string>>()
    for (let read = 0; read < 40; read += 1) {
      const { json } = await callConsole(api, staff.agent, `/api/console/verifications/${id}`)
      const seen = hashes.get(json.recommendation) ?? new Set()
      hashes.set(json.recommendation, seen.add(json.screenHash))
    }
    isOver = true
    await moving
    expect([...hashes.values()].map(({ size }) => size)).toEqual([1, 1])
  })

  it('tells what happened in the order in which it was recorded, whatever the clocks said', async () => {
    const { id } = await makeVerification(api.owner, (await addPerson(api, tenantId)).phone)
    const object = { kind: 'verification', id } as const
    const sent = { delivery: 'accepted', ordinal: 1, channel: 'email', contact: 'a•••@mail.example' }
    const told = [
      ['code.tried', '12:00:02', { accepted: true, tries: 1 }],
      ['verification.opened', '12:00:02', { route: 'second_contact' }],
      ['second_code.sent', '12:00:01', sent],
      ['second_code.sent', '12:00:03', { delivery: 'refused', ordinal: 2, refusal: 'contact_not_on_file' }],
      ['second_code.sent', '12:00:04', { delivery: 'refused', ordinal: 2, refusal: 'send_limit_reached' }],
    ] as const
    await inTenant(api.db, tenantId, (tx) =>
      recordEvents(
        tx,
        { kind: 'system', id: 'workflow' },
        id,
        told.map(([type, clock, payload]) => ({
          type,
          object,
          payload,
          occurredAt: `2026-11-24T${clock}.000Z`,
        })),
      ),
    )
    const { json } = await callConsole(api, staff.agent, `/api/console/verifications/${id}`)
    expect(json.timeline.map(({ event }: { event: { key: string } }) => event.key)).toEqual([
      'event.code.tried',
      'event.verification.opened',
      'event.second_code.sent',
      'event.second_code.not_sent',
      'event.second_code.limit_reached',
    ])
    expect(json.timeline[2].event.slots).toMatchObject({ contact: 'a•••@mail.example', delivery: 'accepted' })
  })

  it('says that a second code was not sent, from when on it can be, and what to do; not once it is given up', async () => {
    const { id } = await makeVerification(api.owner, (await addPerson(api, tenantId)).phone, {
      state: 'answering',
      instruction: 'second_contact',
    })
    const at = '2026-11-24T12:00:00.000Z'
    await insertRow(api.owner, 'plans', {
      ...{ tenant_id: tenantId, verification_id: id, route: 'second_contact' },
      plan_sealed: sealPlan(api.keys.worker, tenantId, id, {
        ...{ route: 'second_contact', reason: 'too_few_sources' },
      }),
      ...{ question_count: 0, code_refusal: 'send_limit_reached', code_next_at: at, code_other_way: 'agent' },
    })
    const panel = async () => {
      const { json } = await callConsole(api, staff.agent, `/api/console/verifications/${id}`)
      return [json.progress.codeRefused, json.instruction.key, json.progress.isCodeGivenUp]
    }
    expect(await panel()).toEqual([
      { sendAt: at, isUndelivered: false },
      'instruction.second_code_refused',
      false,
    ])
    await api.owner.run(`update plans set code_refusal = 'not_delivered' where verification_id = $1`, [id])
    expect(await panel()).toEqual([
      { sendAt: at, isUndelivered: true },
      'instruction.second_code_refused',
      false,
    ])
    await api.owner.run(
      'update plans set completed_at = now(), code_given_up_at = now() where verification_id = $1',
      [id],
    )
    expect(await panel()).toEqual([null, 'instruction.second_contact', true])
  })

  /** A case that was weighed, with every check of the catalogue. */
  const weighed = async (decision: object = { recommendation: 'hold' }) => {
    const { id } = await makeVerification(api.owner, (await addPerson(api, tenantId)).phone)
    const results = evaluateChecks(facts(), { checks: {} })
    const tx = { ...api.owner, tenantId } as unknown as Tx
    await addScoring(tx, api.keys.worker, {
      verificationId: id,
      ordinal: 1,
      policyVersion: 1,
      results,
      score: score(results, defaultScorePolicy),
      decision: decision as PolicyDecision,
      isMobile: null,
    })
    return { id, results }
  }

  it('names what the policy would have asked for to those who see checks', async () => {
    const recorded = { demand: 'findings', reasons: ['NET_TOR_EXIT'], hasWay: true }
    const { id } = await weighed({ wouldAsk: [recorded] })
    const as = async (who: SignedIn) => (await callConsole(api, who, `/api/console/verifications/${id}`)).json
    expect((await as(staff.supervisor)).wouldAsk).toEqual([
      { key: 'policy.sign', slots: { check: 'NET_TOR_EXIT' } },
    ])
    expect((await as(staff.agent)).wouldAsk).toEqual([])
  })

  it('shows checks in shadow to those who set the rules, and to nobody who decides a case', async () => {
    const { id, results } = await weighed()
    const admin = await signIn(api, tenantId, 'admin')
    const auditor = await signIn(api, tenantId, 'auditor')
    const codesIn = (checks: readonly { code: string }[]) => new Set(checks.map(({ code }) => code))
    const seenBy = async (who: SignedIn) =>
      codesIn((await callConsole(api, who, `/api/console/verifications/${id}`)).json.checks)
    const shadow = results.filter(({ mode }) => mode === 'shadow').map(({ code }) => code)
    expect(shadow.length).toBeGreaterThanOrEqual(20)
    expect(await seenBy(admin)).toEqual(codesIn(results))
    const live = codesIn(results.filter(({ mode }) => mode === 'live'))
    expect(await seenBy(staff.supervisor)).toEqual(live)
    expect(await seenBy(auditor)).toEqual(live)
    const opened = await callConsole(api, staff.supervisor, `/api/console/verifications/${id}/evidence`)
    expect(codesIn(opened.json.checks)).toEqual(live)
  })

  it('names the data files that the checks used, each with its version', async () => {
    const { id } = await weighed()
    const { json } = await callConsole(api, staff.supervisor, `/api/console/verifications/${id}`)
    expect(json.versions.data).toEqual(
      expect.arrayContaining([
        { name: 'asn', version: '2026-06-17' },
        { name: 'asn-classes', version: '2026-06-17' },
        { name: 'country', version: '2026-06-17' },
      ]),
    )
    expect(JSON.stringify(json.versions.data)).not.toContain('portal requests')
  })

  it('links the workflow for admins only, where the install has a page for it', async () => {
    const { id } = await makeVerification(api.owner, (await addPerson(api, tenantId)).phone)
    const admin = await signIn(api, tenantId, 'admin')
    const urlFor = async (who: SignedIn) =>
      (await callConsole(api, who, `/api/console/verifications/${id}`)).json.workflowUrl
    expect(await urlFor(admin)).toBeNull()
    const { settings } = api.deps
    Object.assign(settings, { temporalUiUrl: 'https://temporal.test/namespaces/default' })
    expect(await urlFor(admin)).toBe(
      `https://temporal.test/namespaces/default/workflows/${tenantId}%2Fverification%2F${id}`,
    )
    for (const who of [staff.agent, staff.supervisor]) expect(await urlFor(who)).toBeNull()
    Object.assign(settings, { temporalUiUrl: null })
  })

  it('quotes the reason of a person who decided, and nobody where the policy did', async () => {
    const decided = {
      state: 'closed',
      outcome: 'failed',
      decision: 'refused',
      decided_at: new Date(),
      closed_at: new Date(),
    }
    const reasonOf = async (by: object) => {
      const { phone } = await addPerson(api, tenantId)
      const { id } = await makeVerification(api.owner, phone, { ...decided, ...by })
      const { json } = await callConsole(api, staff.supervisor, `/api/console/verifications/${id}`)
      return (json as { decidedBy: unknown }).decidedBy
    }
    expect(await reasonOf({ decided_by_kind: 'policy', decision_reason: 'policy' })).toMatchObject({
      name: 'policy',
      reason: null,
    })
    const alex = { decided_by_kind: 'staff', decided_by_id: staff.agent.staffId, decided_by_name: 'Alex' }
    expect(await reasonOf({ ...alex, decision_reason: 'Unknown voice' })).toMatchObject({
      name: 'Alex',
      reason: 'Unknown voice',
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
