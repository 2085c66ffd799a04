/* eslint-disable max-lines -- one scene serves the facts of network, device and person; each test is short */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import { evaluateChecks } from '#domain/risk/evaluate.ts'
import type { RiskFacts } from '#domain/risk/facts.ts'
import type { ProbeReport } from '#domain/risk/probe.ts'
import { ip as plainIp, probe } from '#domain/risk/testing/facts.ts'
import { sealProbe, type StoredRequest } from './case-inputs.ts'
import { purgeExpired } from './db/housekeeping.ts'
import { rememberDevice } from './db/risk-reads.ts'
import { addSighting, countColleagues } from './db/sightings.ts'
import { connectTest, createTestDatabase, type TestDatabase } from './db/testing/database.ts'
import {
  insertRow,
  makeContact,
  makePerson,
  makeTenant,
  makeVerification,
  testKeys,
  type Row,
} from './db/testing/factories.ts'
import type { Db } from './db/connect.ts'
import { inTenant, outsideTenants, type Queryable } from './db/transaction.ts'
import { createFactTools } from './fact-tools.ts'
import { gatherRiskFacts, noChallenge } from './risk-facts.ts'
import { addressDigests, deviceDigests } from './sighting-facts.ts'

const keys = testKeys()
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const home = '86.128.0.1'
const japan = '153.128.0.1'
const ago = (ms: number): Date => new Date(Date.now() - ms)

let database: TestDatabase
let pools: Db[]
let owner: Queryable
let api: Db
let worker: Db
let tenantId: string
beforeAll(async () => {
  database = await createTestDatabase()
  pools = [connectTest(database.ownerUrl), connectTest(database.apiUrl), connectTest(database.workerUrl)]
  const [ownerDb, apiDb, workerDb] = pools
  if (!ownerDb || !apiDb || !workerDb) throw new Error('three pools were opened')
  owner = outsideTenants(ownerDb)
  api = apiDb
  worker = workerDb
  tenantId = await organisation()
})
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.close()))
  await database.drop()
})

/** A tenant with its policy, under which cases are weighed. */
const organisation = async (): Promise<string> => {
  const { id } = await makeTenant(owner)
  const { version, ...document } = defaultPolicy()
  const row = { tenant_id: id, version, document: JSON.stringify(document), saved_by: 'test' }
  await insertRow(owner, 'policies', row)
  return id
}

const networks: Readonly<Record<string, { asn: number; country: string }>> = {
  [home]: { asn: 2856, country: 'GB' },
  [japan]: { asn: 4713, country: 'JP' },
}
const factTools = {
  ...createFactTools(null),
  lookUp: (address: string) => plainIp({ address, ...networks[address] }),
}
const deps = { keys: keys.api, factTools }

const requestFrom = (address: string, deviceCookie: StoredRequest['deviceCookie']): StoredRequest => ({
  client: { address, hops: 1, problem: null },
  request: { httpVersion: '1.1', isSecureContext: true, headerNames: [] },
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
  hints: null,
  acceptLanguage: ['de'],
  deviceCookie,
})

type Visit = {
  readonly address?: string
  readonly person?: Row
  readonly verification?: Row
  readonly beacon?: ProbeReport
  readonly deviceCookie?: StoredRequest['deviceCookie']
  readonly tenant?: string
}

/** A case whose participant came to the portal, as the API stores it. */
const visit = async (given: Visit = {}, person?: { tenant_id: string; id: string }) => {
  const tenant = given.tenant ?? tenantId
  const who = person ?? (await makePerson(owner, tenant, given.person))
  const contact = await makeContact(owner, keys.worker, who)
  const { id: verificationId } = await makeVerification(owner, contact, given.verification)
  const sessionId = randomUUID()
  await insertRow(owner, 'portal_sessions', {
    tenant_id: tenant,
    id: sessionId,
    verification_id: verificationId,
    person_id: who.id,
    link_id: randomUUID(),
    token_hash: Buffer.from(sessionId),
    probe_nonce: 'nonce',
    absolute_expires_at: new Date(Date.now() + hour),
  })
  const address = given.address ?? home
  const add = async (kind: 'request' | 'collector', report: StoredRequest | ProbeReport) => {
    const id = randomUUID()
    const sealed = sealProbe(keys.api, tenant, id, report)
    const row = {
      tenant_id: tenant,
      id,
      verification_id: verificationId,
      portal_session_id: sessionId,
      kind,
      step: 'checks',
    }
    await insertRow(owner, 'probe_facts', { ...row, report_sealed: sealed, nonce_ok: true })
  }
  await add('request', requestFrom(address, given.deviceCookie ?? null))
  if (given.beacon) await add('collector', given.beacon)
  const digests = addressDigests(keys.api, tenant, address)
  if (digests === null) throw new Error('the address is public')
  await inTenant(api, tenant, (tx) =>
    addSighting(tx, {
      verificationId,
      portalSessionId: sessionId,
      addressDigest: digests.address,
      networkDigest: digests.network,
      deviceDigest: given.beacon ? deviceDigests(keys.api, tenant, given.beacon).whole : null,
      networkClass: null,
      asn: networks[address]?.asn ?? null,
      country: networks[address]?.country ?? null,
    }),
  )
  return { person: who, verificationId, sessionId }
}
type Case = Awaited<ReturnType<typeof visit>>

const factsOf = ({ verificationId }: Pick<Case, 'verificationId'>, tenant = tenantId): Promise<RiskFacts> =>
  inTenant(api, tenant, (tx) => gatherRiskFacts(deps, tx, verificationId, noChallenge, Date.now()))
const resultOf = (facts: RiskFacts, code: string) =>
  evaluateChecks(facts, { checks: {} }).find((result) => result.code === code)
const passed = { state: 'closed', outcome: 'passed', closed_at: ago(minute) }
const signIn = (person: { id: string }, row: Row) =>
  insertRow(owner, 'sign_ins', {
    tenant_id: tenantId,
    person_id: person.id,
    succeeded: true,
    at: ago(hour),
    ...row,
  })

describe('people on one address', () => {
  it('are counted once each, within a day, and only in the own organisation', async () => {
    const address = '86.128.7.7'
    const first = await visit({ address })
    await visit({ address }, first.person)
    expect((await factsOf(first)).network.velocity).toEqual({ participants24h: 1, linksOpened1h: 2 })
    const second = await visit({ address })
    await visit({ address: '86.128.7.8' })
    await visit({ address, tenant: await organisation() })
    const facts = await factsOf(second)
    expect(facts.network.velocity).toEqual({ participants24h: 2, linksOpened1h: 3 })
    expect(resultOf(facts, 'NET_IP_VELOCITY')).toMatchObject({ status: 'flag', weight: -3 })
    await owner.run(`update sightings set at = now() - interval '25 hours' where verification_id = $1`, [
      first.verificationId,
    ])
    expect((await factsOf(second)).network.velocity).toEqual({ participants24h: 2, linksOpened1h: 2 })
  })

  it('leave no row of their own for each request, and the device is added when it is known', async () => {
    const seen = await visit()
    const digests = addressDigests(keys.api, tenantId, home)
    const again = (deviceDigest: Buffer | null) =>
      inTenant(api, tenantId, (tx) =>
        addSighting(tx, {
          verificationId: seen.verificationId,
          portalSessionId: seen.sessionId,
          addressDigest: digests?.address ?? Buffer.alloc(0),
          networkDigest: digests?.network ?? Buffer.alloc(0),
          deviceDigest,
          networkClass: null,
          asn: null,
          country: null,
        }),
      )
    await again(Buffer.from('device'))
    await again(Buffer.from('another'))
    await again(null)
    expect(
      await owner.query('select device_digest as digest, asn from sightings where verification_id = $1', [
        seen.verificationId,
      ]),
    ).toEqual([{ digest: Buffer.from('device'), asn: 2856 }])
  })

  it('are forgotten after thirty days', async () => {
    const old = await visit()
    await owner.run(`update sightings set at = now() - interval '31 days' where verification_id = $1`, [
      old.verificationId,
    ])
    expect(await inTenant(worker, tenantId, purgeExpired)).toBeGreaterThanOrEqual(1)
    expect(
      await owner.query('select from sightings where verification_id = $1', [old.verificationId]),
    ).toEqual([])
  })
})

describe('a journey', () => {
  it('begins at the newest sign-in, and nobody makes it to Japan in an hour', async () => {
    const case_ = await visit({ address: japan })
    await signIn(case_.person, { country: 'FR', asn: 3215, at: ago(3 * hour) })
    await signIn(case_.person, { country: 'GB', asn: 2856 })
    await signIn(case_.person, { country: 'JP', asn: 4713, at: ago(minute), succeeded: false })
    const facts = await factsOf(case_)
    expect(facts.network.lastTrusted).toMatchObject({ label: 'GB', class: null, colleagues30d: 0 })
    expect(facts.network.place).toMatchObject({ label: 'JP' })
    expect(resultOf(facts, 'NET_IMPOSSIBLE_TRAVEL')).toMatchObject({ status: 'flag', weight: -8 })
  })

  it('begins at an earlier case that passed, not at one that failed, nor at this one', async () => {
    const first = await visit({ verification: passed })
    const second = await visit({ address: japan }, first.person)
    expect((await factsOf(second)).network.lastTrusted).toMatchObject({ label: 'GB' })
    await owner.run(`update verifications set outcome = 'failed' where id = $1`, [first.verificationId])
    const facts = await factsOf(second)
    expect(facts.network.lastTrusted).toBeNull()
    expect(resultOf(facts, 'NET_IMPOSSIBLE_TRAVEL')?.status).toBe('not_applicable')
  })

  it('is none from where colleagues of other countries come from: that is a gateway of the company', async () => {
    const case_ = await visit({ address: japan })
    await signIn(case_.person, { country: 'US', asn: 64_500 })
    for (const country of ['GB', 'DE', 'US', 'FR']) {
      const colleague = await makePerson(owner, tenantId, { country })
      await signIn(colleague, { country: 'US', asn: 64_500, at: ago(9 * day) })
    }
    const facts = await factsOf(case_)
    expect(facts.network.lastTrusted?.colleagues30d).toBe(3)
    expect(resultOf(facts, 'NET_IMPOSSIBLE_TRAVEL')?.status).toBe('info')
    const count = (country: string) =>
      inTenant(api, tenantId, (tx) =>
        countColleagues(tx, case_.person.id, { asn: 64_500, country, networkDigest: null }),
      )
    expect([await count('US'), await count('GB')]).toEqual([3, 0])
  })
})

describe('the person', () => {
  it('has a history of cases with possession, unless one was disputed', async () => {
    const now = await visit()
    for (let n = 0; n < 2; n += 1) {
      const { verificationId } = await visit(
        { verification: { ...passed, created_at: ago((n + 1) * day) } },
        now.person,
      )
      await insertRow(owner, 'links', {
        tenant_id: tenantId,
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
    expect((await factsOf(now)).persona.past).toEqual({ possessionVerified: 1, disputed: 0 })
    await owner.run('update links set used_at = now() where person_id = $1', [now.person.id])
    expect(resultOf(await factsOf(now), 'PER_GOOD_HISTORY')).toMatchObject({ weight: 3, mode: 'shadow' })
    await insertRow(owner, 'reports', {
      tenant_id: tenantId,
      id: randomUUID(),
      verification_id: now.verificationId,
      person_id: now.person.id,
      source: 'message',
      at: ago(100 * day),
    })
    expect((await factsOf(now)).persona.past).toEqual({ possessionVerified: 2, disputed: 1 })
  })

  it('was hired, signed in last, and speaks as profile, country and earlier devices say', async () => {
    const case_ = await visit({ person: { hired_on: '2020-02-01', language: 'pt-BR', country: 'CH' } })
    await signIn(case_.person, { at: ago(95 * day), country: 'CH' })
    await inTenant(worker, tenantId, (tx) =>
      rememberDevice(tx, case_.person.id, {
        publicKey: 'point',
        keyDigest: Buffer.from('key'),
        parts: {},
        partsDigest: Buffer.from('parts'),
        languages: ['ja'],
      }),
    )
    const { persona } = await factsOf(case_)
    expect(persona.tenure.hiredAt).toBe(Date.UTC(2020, 1, 1))
    expect(persona.locale).toEqual({ expected: ['pt', 'de', 'fr', 'it', 'rm', 'en'], seenBefore: ['ja'] })
    expect(resultOf(await factsOf(case_), 'PER_TENURE')).toMatchObject({ status: 'flag', weight: -4 })
  })

  it('has no signals while none is connected, and no answer where others of the organisation have one', async () => {
    const tenant = await organisation()
    const case_ = await visit({ tenant })
    const { signals } = (await factsOf(case_, tenant)).persona
    expect(Object.values(signals)).toEqual(Array(4).fill({ configured: false }))
    const other = await makePerson(owner, tenant)
    const of = { tenant_id: tenant, person_id: other.id, source: 'provider' }
    await insertRow(owner, 'identity_risks', { ...of, level: 'high', at: ago(day) })
    await insertRow(owner, 'calendars', of)
    expect((await factsOf(case_, tenant)).persona.signals).toMatchObject({
      identityRisk: { configured: true, value: null },
      calendar: { configured: true, value: null },
    })
  })

  it('is at risk by the provider, away by the calendar and signed in elsewhere, each with its source and time', async () => {
    const case_ = await visit()
    const of = { tenant_id: tenantId, person_id: case_.person.id, source: 'provider' }
    await insertRow(owner, 'identity_risks', {
      ...of,
      level: 'medium',
      detections: ['leakedCredentials'],
      at: ago(day),
    })
    await insertRow(owner, 'calendars', {
      ...of,
      leave_from: ago(40 * day),
      leave_until: ago(2 * day),
      meeting_from: ago(minute),
      meeting_until: new Date(Date.now() + hour),
      travel_countries: ['JP'],
      travel_until: new Date(Date.now() + day),
    })
    await signIn(case_.person, { at: ago(2 * minute), asn: 1, interactive: false })
    await signIn(case_.person, {
      at: ago(5 * minute),
      asn: 3320,
      interactive: true,
      fresh_factor: true,
      device_os: 'macos',
    })
    const facts = await factsOf(case_)
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
    const tenant = await organisation()
    const agent = randomUUID()
    const failed = { state: 'closed', outcome: 'failed', closed_at: ago(minute) }
    const beacon = probe()
    const now = await visit({ tenant, beacon, verification: { referrer_id: agent } })
    for (let n = 0; n < 3; n += 1)
      await visit({
        tenant,
        beacon,
        verification: { ...failed, referrer_id: n === 0 ? randomUUID() : agent },
      })
    await visit({ tenant, verification: { ...failed, closed_at: ago(3 * hour) } })
    await visit({ tenant, verification: failed }, now.person)
    const { campaign } = (await factsOf(now, tenant)).persona
    expect(
      Object.fromEntries((campaign?.shared ?? []).map(({ by, participants }) => [by, participants])),
    ).toEqual({
      network: 3,
      device: 3,
      agent: 2,
      department: 3,
    })
    expect(campaign).toMatchObject({ started: 6, usuallyStarted: 0 })
    const quiet = await organisation()
    const alone = await visit({ tenant: quiet })
    expect((await factsOf(alone, quiet)).persona.campaign).toEqual({
      shared: [],
      started: 0,
      usuallyStarted: 0,
    })
  })
})

describe('a known device', () => {
  it('is known by its cookie where the case of that session passed and was of this person', async () => {
    const before = await visit({ verification: passed })
    const cookie = { sessionId: before.sessionId }
    const mine = await factsOf(await visit({ deviceCookie: cookie }, before.person))
    expect(mine.endpoint.device.cookie).toMatchObject({ state: 'known' })
    const other = await factsOf(await visit({ deviceCookie: cookie }))
    expect(other.endpoint.device.cookie).toEqual({ state: 'foreign' })
    const failed = await visit({
      verification: { state: 'closed', outcome: 'failed', closed_at: ago(minute) },
    })
    const again = await factsOf(await visit({ deviceCookie: { sessionId: failed.sessionId } }, failed.person))
    expect(again.endpoint.device.cookie).toEqual({ state: 'foreign' })
    expect((await factsOf(await visit())).endpoint.device.cookie).toEqual({ state: 'absent' })
  })

  it('is alike in its parts, and like everybody’s where others have the same', async () => {
    const beacon = probe({ device: null })
    const { parts, whole } = deviceDigests(keys.worker, tenantId, beacon)
    const remember = (personId: string, key: string) =>
      inTenant(worker, tenantId, (tx) =>
        rememberDevice(tx, personId, {
          publicKey: key,
          keyDigest: Buffer.from(key),
          parts,
          partsDigest: whole,
          languages: [],
        }),
      )
    const case_ = await visit({ beacon: { ...beacon, fonts: ['Arial'] } })
    expect((await factsOf(case_)).endpoint.device.similar).toBeNull()
    await remember(case_.person.id, 'one')
    const { similar } = (await factsOf(case_)).endpoint.device
    expect(similar?.share).toBeGreaterThanOrEqual(0.9)
    expect(similar).toMatchObject({ othersAlike: 0 })
    expect(similar?.matched).not.toContain('fonts')
    await remember((await makePerson(owner, tenantId)).id, 'two')
    expect((await factsOf(case_)).endpoint.device.similar?.othersAlike).toBe(1)
  })
})
