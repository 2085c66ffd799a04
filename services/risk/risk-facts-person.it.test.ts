import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { askOf } from '#domain/risk/asks.ts'
import { defaultScorePolicy } from '#domain/risk/settings.ts'
import { probe } from '#domain/risk/testing/facts.ts'
import { rememberDevice } from './check-rows.ts'
import { insertRow, makePerson } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { ago, day, hour, minute, passed, resultOf, useRiskScene } from '#platform/testing/risk-scene.ts'

const scene = useRiskScene()

describe('the person', () => {
  it('has a history of cases with possession, unless one was disputed', async () => {
    const now = await scene.visit()
    for (let n = 0; n < 2; n += 1) {
      const { verificationId } = await scene.visit(
        { verification: { ...passed, created_at: ago((n + 1) * day) } },
        now.person,
      )
      await insertRow(scene.owner, 'links', {
        tenant_id: scene.tenantId,
        id: randomUUID(),
        verification_id: verificationId,
        person_id: now.person.id,
        purpose: 'password_reset',
        policy_version: 1,
        ordinal: 1,
        channel: 'sms',
        contact_id: randomUUID(),
        contact_value_index: Buffer.from('x'),
        token_hash: Buffer.from(randomUUID()),
        expires_at: ago(day),
        used_at: n === 0 ? ago(day) : null,
      })
    }
    expect((await scene.factsOf(now)).persona.past).toEqual({ possessionVerified: 1, disputed: 0 })
    await scene.owner.run('update links set used_at = now() where person_id = $1', [now.person.id])
    expect(resultOf(await scene.factsOf(now), 'PER_GOOD_HISTORY')).toMatchObject({
      weight: 3,
      mode: 'shadow',
    })
    await insertRow(scene.owner, 'reports', {
      tenant_id: scene.tenantId,
      id: randomUUID(),
      verification_id: now.verificationId,
      person_id: now.person.id,
      source: 'message',
      at: ago(100 * day),
    })
    expect((await scene.factsOf(now)).persona.past).toEqual({ possessionVerified: 2, disputed: 1 })
  })

  it('was reported, and a supervisor took it back: the case needs two kinds, and is not refused', async () => {
    const case_ = await scene.visit()
    const report = async (at: Date, liftedAt: Date | null): Promise<void> => {
      await insertRow(scene.owner, 'reports', {
        tenant_id: scene.tenantId,
        id: randomUUID(),
        verification_id: case_.verificationId,
        person_id: case_.person.id,
        source: 'message',
        at,
        lifted_at: liftedAt,
      })
    }
    await report(ago(40 * day), ago(39 * day))
    await report(ago(3 * day), ago(2 * day))
    const lifted = await scene.factsOf(case_)
    expect(lifted.persona.reports).toEqual([{ at: expect.any(Number), isLifted: true }])
    expect(resultOf(lifted, 'PER_USER_REPORTED')).toMatchObject({ status: 'flag' })
    expect(askOf('PER_USER_REPORTED', defaultScorePolicy)).toBe('two_kinds')
    await report(ago(day), null)
    expect(resultOf(await scene.factsOf(case_), 'PER_USER_REPORTED')).toMatchObject({ status: 'critical' })
  })

  it('was hired, signed in last, and speaks as profile, country and earlier devices say', async () => {
    const case_ = await scene.visit({ person: { hired_on: '2020-02-01', language: 'pt-BR', country: 'CH' } })
    await scene.signIn(case_.person, { at: ago(95 * day), country: 'CH' })
    await inTenant(scene.worker, scene.tenantId, (tx) =>
      rememberDevice(tx, case_.person.id, {
        keyDigest: Buffer.from('key'),
        parts: {},
        partsDigest: Buffer.from('parts'),
        traits: { screen: null, graphics: null, browser: null, asn: null, country: null },
        languages: ['ja'],
      }),
    )
    const { persona } = await scene.factsOf(case_)
    expect(persona.tenure.hiredAt).toBe(Date.UTC(2020, 1, 1))
    expect(persona.locale).toEqual({ expected: ['pt', 'de', 'fr', 'it', 'rm', 'en'], seenBefore: ['ja'] })
    expect(resultOf(await scene.factsOf(case_), 'PER_TENURE')).toMatchObject({ status: 'flag', weight: -4 })
  })

  it('has no signals while none is connected, and no answer where others of the organisation have one', async () => {
    const tenant = await scene.organisation()
    const case_ = await scene.visit({ tenant })
    const { signals } = (await scene.factsOf(case_, tenant)).persona
    expect(Object.values(signals)).toEqual(Array(4).fill({ configured: false }))
    const other = await makePerson(scene.owner, tenant)
    const of = { tenant_id: tenant, person_id: other.id, source: 'provider' }
    await insertRow(scene.owner, 'identity_risks', { ...of, level: 'high', at: ago(day) })
    await insertRow(scene.owner, 'calendars', of)
    expect((await scene.factsOf(case_, tenant)).persona.signals).toMatchObject({
      identityRisk: { configured: true, value: null },
      calendar: { configured: true, value: null },
    })
  })

  it('is at risk by the provider, away by the calendar and signed in elsewhere, each with its source and time', async () => {
    const case_ = await scene.visit()
    const of = { tenant_id: scene.tenantId, person_id: case_.person.id, source: 'provider' }
    await insertRow(scene.owner, 'identity_risks', {
      ...of,
      level: 'medium',
      detections: ['leakedCredentials'],
      at: ago(day),
    })
    await insertRow(scene.owner, 'calendars', {
      ...of,
      leave_from: ago(40 * day),
      leave_until: ago(2 * day),
      meeting_from: ago(minute),
      meeting_until: new Date(Date.now() + hour),
      travel_countries: ['JP'],
      travel_until: new Date(Date.now() + day),
    })
    await scene.signIn(case_.person, { at: ago(2 * minute), asn: 1, interactive: false })
    await scene.signIn(case_.person, {
      at: ago(5 * minute),
      asn: 3320,
      interactive: true,
      fresh_factor: true,
      device_os: 'macos',
    })
    const facts = await scene.factsOf(case_)
    expect(facts.persona.signals).toMatchObject({
      identityRisk: { value: { level: 'medium', source: { name: 'provider' } } },
      calendar: { value: { leaveUntil: null, travelCountries: ['JP'], isInJoinedMeeting: true } },
      recentSignIn: { value: { asn: 3320, os: 'macos', isInteractive: true, hasFreshFactor: true } },
    })
    expect(facts.persona.signals.calendar).not.toMatchObject({ value: { backSince: null } })
    expect(facts.network.expectedCountries).toContain('JP')
    expect(facts.network.phone).toEqual({ contactCode: '44', countryCode: '44' })
    const weights = ['PER_IDP_RISK', 'PER_CALENDAR', 'PER_ACTIVE_ELSEWHERE'].map((code) =>
      resultOf(facts, code),
    )
    expect(weights.map((result) => [result?.mode, result?.weight])).toEqual([
      ['shadow', -6],
      ['shadow', -3],
      ['shadow', -8],
    ])
  })
})

describe('failures of others', () => {
  it('are counted by what they share with this case: network, agent and department of other people', async () => {
    const tenant = await scene.organisation()
    const agent = randomUUID()
    const failed = { state: 'closed', outcome: 'failed', closed_at: ago(minute) }
    const beacon = probe()
    const now = await scene.visit({ tenant, beacon, verification: { referrer_id: agent } })
    for (let n = 0; n < 3; n += 1)
      await scene.visit({
        tenant,
        beacon,
        verification: { ...failed, referrer_id: n === 0 ? randomUUID() : agent },
      })
    await scene.visit({ tenant, verification: { ...failed, closed_at: ago(3 * hour) } })
    await scene.visit({ tenant, verification: failed }, now.person)
    const { campaign } = (await scene.factsOf(now, tenant)).persona
    expect(
      Object.fromEntries((campaign?.shared ?? []).map(({ by, participants }) => [by, participants])),
    ).toEqual({
      network: 3,
      device: 3,
      agent: 2,
      department: 3,
    })
    expect(campaign).toMatchObject({ started: 6, usuallyStarted: 0 })
    const quiet = await scene.organisation()
    const alone = await scene.visit({ tenant: quiet })
    expect((await scene.factsOf(alone, quiet)).persona.campaign).toEqual({
      shared: [],
      started: 0,
      usuallyStarted: 0,
    })
  })
})
