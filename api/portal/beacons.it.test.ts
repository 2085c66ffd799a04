/** Beacons that were forged, captured, sent in another order, too large or not at all. */
import { describe, expect, it } from 'vitest'
import { evaluateChecks } from '#domain/risk/evaluate.ts'
import { probeLimits, type ProbeReport } from '#domain/risk/probe.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { createFactTools } from '#platform/facts/fact-tools.ts'
import { gatherRiskFacts, noChallenge } from '#services/risk/risk-facts.ts'
import { addTenant } from '../testing/test-api.ts'
import { enterAs, report, summary, type Visit } from '../testing/visit.ts'
import { usePortal } from '../testing/use-test-api.ts'

const portal = usePortal()
const { api } = portal

const enter = (tenant = portal.tenantId): Promise<Visit> => enterAs(api, tenant)
const send = (visit: Visit, body: unknown) => visit.post('checks', { report: body })
const judged = async ({ verificationId }: Visit, tenant = portal.tenantId) => {
  const deps = { keys: api.keys.api, factTools: createFactTools(null) }
  const facts = await inTenant(api.deps.db, tenant, (tx) =>
    gatherRiskFacts(deps, tx, verificationId, noChallenge, Date.now()),
  )
  const results = evaluateChecks(facts, { checks: {} })
  const of = (code: string) => results.find((result) => result.code === code)
  const forged = of('END_TELEMETRY_FORGED')
  return {
    facts,
    forged: forged && [forged.status, forged.floor?.value ?? null, forged.text.slots['fields'] ?? null],
    silent: of('END_NO_TELEMETRY')?.status,
  }
}

describe('the way in which codes are entered', () => {
  const shown = { codes: [{ step: 'match_code', input: summary }] }

  it('is kept with the request that brought the code, sealed, and read by the checks', async () => {
    const visit = await enter()
    const { facts } = await judged(visit)
    expect(facts.endpoint).toMatchObject(shown)
    await visit.checks()
    // A second code is tried twice: the newest report tells of both.
    const secondCode = (keydowns: number) =>
      visit.post('second-code', { code: '123456', summary: { ...summary, keydowns } })
    for (const keydowns of [6, 12]) expect((await secondCode(keydowns)).status).toBe(200)
    expect((await judged(visit)).facts.endpoint.codes).toEqual([
      ...shown.codes,
      { step: 'second_code', input: { ...summary, keydowns: 12 } },
    ])
    const rows = await api.owner.query<{ step: string; raw: string }>(
      `select step, encode(report_sealed, 'escape') as raw from probe_facts where verification_id = $1 and kind = 'request'`,
      [visit.verificationId],
    )
    expect(rows.map(({ step }) => step)).toEqual(['match_code', 'checks', 'second_code', 'second_code'])
    for (const { raw } of rows) expect(raw).not.toContain('keydowns')
  })

  it.each(['keys', 'text', 'times'])('is counts and times, and never %s', async (field) => {
    const visit = await enter()
    const sent = await visit.post('second-code', { code: '123456', summary: { ...summary, [field]: [1, 2] } })
    expect([sent.status, sent.json.issues[0].path]).toEqual([400, `summary.${field}`])
    expect((await visit.post('second-code', { code: '123456' })).status).toBe(422)
  })
})

describe('a beacon', () => {
  it('of this session passes', async () => {
    const visit = await enter()
    await visit.checks()
    expect((await judged(visit)).forged).toEqual(['pass', null, null])
  })

  it('captured in another case and sent again is critical', async () => {
    const victim = await enter()
    await victim.checks()
    const attacker = await enter()
    await send(attacker, report(api, victim.nonce))
    expect((await judged(attacker)).forged).toEqual(['critical', 8.5, null])
    expect((await judged(victim)).forged).toEqual(['pass', null, null])
  })

  it('with a nonce that nobody was given is forged, and so is one of another organisation', async () => {
    const visit = await enter()
    await send(visit, report(api, 'bWFkZSB1cA'))
    expect((await judged(visit)).forged).toEqual(['critical', 8.5, null])
    const other = await enter((await addTenant(api)).id)
    const foreign = await enter()
    await send(foreign, report(api, other.nonce))
    // A nonce that another organisation issued is unknown here: nothing of it is looked at.
    expect((await judged(foreign)).forged).toEqual(['critical', 8.5, null])
  })

  it('sent twice, or in another order, shows a gap', async () => {
    const twice = await enter()
    await twice.checks()
    await twice.checks()
    expect((await judged(twice)).forged).toEqual(['flag', null, 'sequence'])
    const swapped = await enter()
    await swapped.checks({ sequence: 1 })
    await swapped.checks({ sequence: 0 })
    expect((await judged(swapped)).forged).toEqual(['flag', null, 'sequence'])
  })

  it('with a clock that jumps within the session is forged', async () => {
    const visit = await enter()
    await visit.checks()
    await visit.checks({ sequence: 1, clockMs: Date.now() + 600_000 })
    expect((await judged(visit)).forged).toEqual(['flag', null, 'clock'])
  })

  it('with a device signature over another nonce is forged', async () => {
    const visit = await enter()
    const device = { publicKey: 'A'.repeat(87), signature: 'B'.repeat(86) }
    await visit.checks({ device })
    expect((await judged(visit)).forged).toEqual(['flag', null, 'device signature'])
  })

  it('that is too large, or has a field too many or too long, is refused and not kept', async () => {
    const visit = await enter()
    const huge = await send(visit, { ...report(api, visit.nonce), nonce: 'n'.repeat(70_000) })
    expect(huge.status).toBe(413)
    // Every field within its limits, and all of them together too much.
    const { textChars, listItems } = probeLimits
    const names = Array.from({ length: listItems }, () => 'x'.repeat(textChars))
    const tamper = {
      ...report(api, '').tamper,
      ownProperties: names,
      foreignGetters: names,
      iframeDiffers: names,
    }
    const brands = names.map((brand) => ({ brand, version: brand }))
    const full = await send(visit, {
      ...report(api, visit.nonce),
      tamper,
      worker: { ...report(api, '').page, brands },
    })
    expect([full.status, full.json.issues[0].path]).toEqual([422, 'report'])
    const page = { ...report(api, visit.nonce).page, userAgent: 'x'.repeat(probeLimits.userAgentChars + 1) }
    const cases: readonly object[] = [
      { page },
      { nonce: 'n'.repeat(probeLimits.nonceChars + 1) },
      { sequence: -1 },
      { clockMs: 'now' },
      { v: 2 },
    ]
    for (const more of cases)
      expect((await send(visit, { ...report(api, visit.nonce), ...more })).status).toBe(422)
    // A key that nobody knows is no field: the body as a whole is refused.
    expect((await send(visit, { ...report(api, visit.nonce), extra: 1 })).status).toBe(400)
    const kept = await api.owner.query('select from probe_facts where verification_id = $1 and kind = $2', [
      visit.verificationId,
      'collector',
    ])
    expect(kept).toEqual([])
    expect((await judged(visit)).facts.endpoint.probe).toBeNull()
  })

  it('that is withheld, never sent or refused is missed at once; one that comes late is not', async () => {
    const never = await enter()
    expect((await judged(never)).silent).toBe('flag')
    const withheld = await enter()
    await withheld.noChecks()
    expect((await judged(withheld)).silent).toBe('flag')
    for (const body of [{}, { report: {} }, { report: 'none' }, { report: undefined }]) {
      const visit = await enter()
      expect([400, 422]).toContain((await visit.post('checks', body)).status)
      expect((await judged(visit)).silent).toBe('flag')
    }
    expect((await withheld.checks()).status).toBe(200)
    expect((await judged(withheld)).silent).toBe('pass')
  })

  it('with a nonce that is not of this case counts as none, whatever it claims', async () => {
    const other = await enter()
    await other.checks()
    for (const nonce of ['bWFkZSB1cA', '', other.nonce]) {
      const visit = await enter()
      await send(visit, report(api, nonce))
      const { facts, silent } = await judged(visit)
      expect([silent, facts.endpoint.probe, facts.endpoint.device.proof]).toEqual(['flag', null, 'absent'])
      await visit.checks()
      expect((await judged(visit)).silent).toBe('pass')
    }
  })

  it('that claims impossible values is forged', async () => {
    const visit = await enter()
    const more: Partial<ProbeReport> = { page: { ...report(api, visit.nonce).page, cores: 0 } }
    await visit.checks(more)
    expect((await judged(visit)).forged).toEqual(['flag', null, 'cores'])
  })
})
