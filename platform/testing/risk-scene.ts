/** Cases in a database of their own as the API stores them, for tests of the facts about them. */
import { randomUUID } from 'node:crypto'
import { beforeAll } from 'vitest'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import { evaluateChecks } from '#domain/risk/evaluate.ts'
import type { RiskFacts } from '#domain/risk/facts.ts'
import type { ProbeReport } from '#domain/risk/probe.ts'
import { ip as plainIp } from '#domain/risk/testing/facts.ts'
import { sealProbe, type StoredRequest } from '../crypto/case-inputs.ts'
import { addSighting } from '#services/risk/sightings.ts'
import {
  insertRow,
  makeContact,
  makePerson,
  makeTenant,
  makeVerification,
  testKeys,
  type Row,
} from '../database/testing/factories.ts'
import { useDatabase } from '../database/testing/open.ts'
import { inTenant, type Queryable } from '../database/transaction.ts'
import type { Db } from '../database/connect.ts'
import { createFactTools } from '../facts/fact-tools.ts'
import { gatherRiskFacts, noChallenge } from '#services/risk/risk-facts.ts'
import { addressDigests, deviceDigests } from '#services/risk/sighting-facts.ts'

export const keys = testKeys()
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour
export const home = '86.128.0.1'
export const japan = '153.128.0.1'
export const ago = (ms: number): Date => new Date(Date.now() - ms)
/** A case that passed a minute ago. */
export const passed = { state: 'closed', outcome: 'passed', closed_at: ago(minute) }

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
  input: null,
})

/** The facts of a visit that are not usual. */
type Visit = {
  readonly address?: string
  readonly person?: Row
  readonly verification?: Row
  readonly beacon?: ProbeReport
  readonly deviceCookie?: StoredRequest['deviceCookie']
  readonly tenant?: string
}

/** The result of one check over the facts, whatever a policy says. */
export const resultOf = (facts: RiskFacts, code: string) =>
  evaluateChecks(facts, { checks: {} }).find((result) => result.code === code)

/** A tenant with its policy, under which cases are weighed. */
const makeOrganisation = async (owner: Queryable): Promise<string> => {
  const { id } = await makeTenant(owner)
  const { version, ...document } = defaultPolicy()
  const row = { tenant_id: id, version, document: JSON.stringify(document), saved_by: 'test' }
  await insertRow(owner, 'policies', row)
  return id
}

type Pools = { readonly owner: Queryable; readonly api: Db; readonly tenantId: string }

/** A case whose participant came to the portal, as the API stores it. */
const visitIn = async (
  { owner, api, tenantId }: Pools,
  given: Visit,
  person?: { tenant_id: string; id: string },
) => {
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

/** A database with one organisation, and who acts in it. Call at the top level; use the result inside tests. */
export const useRiskScene = () => {
  const database = useDatabase()
  let tenantId = ''
  beforeAll(async () => {
    tenantId = await makeOrganisation(database.owner)
  })
  return {
    get owner() {
      return database.owner
    },
    get api() {
      return database.api
    },
    get worker() {
      return database.worker
    },
    get tenantId() {
      return tenantId
    },
    organisation: () => makeOrganisation(database.owner),
    visit: (given: Visit = {}, person?: { tenant_id: string; id: string }) =>
      visitIn({ owner: database.owner, api: database.api, tenantId }, given, person),
    factsOf: (
      { verificationId }: { readonly verificationId: string },
      tenant = tenantId,
    ): Promise<RiskFacts> =>
      inTenant(database.api, tenant, (tx) =>
        gatherRiskFacts(deps, tx, verificationId, noChallenge, Date.now()),
      ),
    signIn: (person: { id: string }, row: Row) =>
      insertRow(database.owner, 'sign_ins', {
        tenant_id: tenantId,
        person_id: person.id,
        succeeded: true,
        at: ago(hour),
        ...row,
      }),
  }
}
