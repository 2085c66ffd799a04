/** Links of every state, and people who may and may not start themselves, for `timing`. */
import { randomUUID } from 'node:crypto'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import {
  insertRow,
  makeContact,
  makePerson,
  makeTenant,
  makeVerification,
  testKeys,
} from '#platform/database/testing/factories.ts'
import type { Queryable } from '#platform/database/transaction.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'

const many = [{ max: 1_000_000, seconds: 86_400 }]

/** An organisation whose limits of self-service are out of the way: what is timed is the answer, not its refusal by a limit. */
const openTenant = async (owner: Queryable): Promise<string> => {
  const tenant = await makeTenant(owner)
  const { version, ...policy } = defaultPolicy()
  const limits = { ...policy.limits, selfStartsPerTenant: many, sendsPerTenant: many }
  await insertRow(owner, 'policies', {
    ...{ tenant_id: tenant.id, version, saved_by: 'bench' },
    document: JSON.stringify({ ...policy, limits }),
  })
  return tenant.id
}

/** Numbers differ, so that no limit of one number is met. */
let made = 0

const addPerson = async (owner: Queryable, tenantId: string, row: object = {}) => {
  const person = await makePerson(owner, tenantId, { ...row })
  const { api: keys } = testKeys()
  const phone = await makeContact(owner, keys, person, `+4479111${String(10_000 + (made += 1))}`)
  await makeContact(owner, keys, person, person.work_email)
  return { ...person, phone }
}

const hour = 3_600_000
const inMs = (ms: number): Date => new Date(Date.now() + ms)

/** A link of a case and a "this was not me" link, in a state; their tokens. */
const addLinks = async (owner: Queryable, tenantId: string, expiresAt: Date, usedAt: Date | null) => {
  const { id: personId, phone } = await addPerson(owner, tenantId)
  const { id } = await makeVerification(owner, phone)
  const [link, report] = [newToken(), newToken()]
  const common = { tenant_id: tenantId, verification_id: id, person_id: personId }
  const state = { expires_at: expiresAt, used_at: usedAt }
  await insertRow(owner, 'links', {
    ...{ ...common, ...state, id: randomUUID(), purpose: 'password_reset', policy_version: 1, ordinal: 1 },
    ...{ channel: 'sms', contact_id: phone.id, contact_value_index: Buffer.alloc(32) },
    token_hash: tokenHash(link),
  })
  await insertRow(owner, 'code_challenges', {
    ...{ ...common, kind: 'match', ordinal: 1, expires_at: expiresAt },
  })
  await insertRow(owner, 'report_links', { ...common, ...state, token_hash: tokenHash(report) })
  return { link, report }
}

/** Fills a database; `rounds`: people who may start, since each may only once. */
export const makeScene = async (owner: Queryable, rounds: number) => {
  const tenantId = await openTenant(owner)
  const other = await openTenant(owner)
  const known: string[] = []
  for (let n = 0; n < rounds; n += 1) known.push((await addPerson(owner, tenantId)).login)
  const frozen = await addPerson(owner, tenantId, { blocked_until: inMs(24 * hour) })
  return {
    known,
    frozen: frozen.login,
    used: await addLinks(owner, tenantId, inMs(hour), inMs(-1_000)),
    expired: await addLinks(owner, tenantId, inMs(-1_000), null),
    live: await addLinks(owner, other, inMs(24 * hour), null),
  }
}

/** The scene of a run. */
export type Scene = Awaited<ReturnType<typeof makeScene>>
