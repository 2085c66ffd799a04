/** An organisation with one participant, the staff around them, and what a portal would do on their behalf. */
import { randomUUID } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import type { Policy } from '#domain/policy/policy.ts'
import { sealForWorker, type InputPlace } from '#platform/crypto/sealed-inputs.ts'
import { sealTypedPassword } from '#services/actions/typed-password.ts'
import { createDeviceKey } from '#platform/crypto/device-key.ts'
import { sealTypedCode, type TypedCode } from '#services/verifications/typed-code.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { matchCode } from '#platform/crypto/match-code.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import { sealProbe } from '#platform/crypto/case-inputs.ts'
import { probe } from '#domain/risk/testing/facts.ts'
import { addProbe, addSealedInput } from '#services/verifications/portal-inputs.ts'
import { readScreenHash } from '#services/verifications/screen-hash.ts'
import {
  insertRow,
  makeContact,
  makePerson,
  makeStaff,
  makeTenant,
} from '#platform/database/testing/factories.ts'
import { inTenant, type Queryable } from '#platform/database/transaction.ts'
import type { Db } from '#platform/database/connect.ts'
import type { UnattestedDecision } from '#platform/temporal/attest-messages.ts'
import type { VerificationInput } from '#workflows/messages.ts'

/** Keys of both processes, made once per test file. */
export type TestKeys = { readonly api: KeyRing; readonly worker: KeyRing }

/** The account's password before anything happens. */
export const oldPassword = 'correct horse battery staple 1'

/** The options of an organisation that is not the ordinary one. */
export type CaseOptions = {
  readonly policy?: (policy: Policy) => Policy
  readonly person?: Readonly<Record<string, unknown>>
}

/** One organisation, made for one test. */
export type TestCase = Awaited<ReturnType<typeof makeCase>>

/** Last digits of the newest participant's phone; they differ, so that messages to two cases of a file can be kept apart. */
let phones = 10_000

/** Makes tenant, policy, participant with two contacts and an account, an agent and a supervisor. */
export const makeCase = async (owner: Queryable, keys: TestKeys, options: CaseOptions = {}) => {
  const tenant = await makeTenant(owner)
  const { version, ...document } = (options.policy ?? ((policy) => policy))(defaultPolicy())
  await insertRow(owner, 'policies', {
    tenant_id: tenant.id,
    version,
    document: JSON.stringify(document),
    saved_by: 'test',
  })
  const manager = await makePerson(owner, tenant.id)
  const person = await makePerson(owner, tenant.id, { manager_id: manager.id, ...options.person })
  phones += 1
  const phone = `+4477009${String(phones)}`
  const email = `${person.login}@mail.example.org`
  const phoneContact = await makeContact(owner, keys.worker, person, phone)
  const emailContact = await makeContact(owner, keys.worker, person, email)
  await insertRow(owner, 'directory_accounts', {
    tenant_id: tenant.id,
    directory_id: person.directory_id,
    login: person.login,
    password_hash: await hash(oldPassword, { memoryCost: 1024, timeCost: 1 }),
  })
  const agent = await makeStaff(owner, tenant.id)
  const supervisor = await makeStaff(owner, tenant.id, { role: 'supervisor', display_name: 'Sam Supervisor' })
  return { tenantId: tenant.id, person, phone, email, phoneContact, emailContact, agent, supervisor }
}

/** The workflow's input for a case, as the API would make it. */
export const inputFor = (
  of: TestCase,
  change: Partial<VerificationInput> = {},
): Omit<VerificationInput, 'queuePrefix' | 'carried'> => ({
  tenantId: of.tenantId,
  verificationId: randomUUID(),
  purpose: 'password_reset',
  tier: 'standard',
  policyVersion: 1,
  personId: of.person.id,
  referrer: { kind: 'agent', id: of.agent.id },
  channel: 'sms',
  contactId: of.phoneContact.id,
  contactMasked: of.phoneContact.masked,
  ticket: 'INC-1',
  lifetimes: { linkSeconds: 600, codeSeconds: 600, verificationSeconds: 3600, grantSeconds: 600 },
  ...change,
})

/** Does the work of a browser: values are sealed and stored as the API stores them. */
export const createPortal = (db: Db, keys: TestKeys, of: TestCase, verificationId: string) => {
  const { tenantId } = of
  type Kind = 'match_code' | 'second_code' | 'password'
  const store = (kind: Kind, seal: (place: Omit<InputPlace, 'kind'>) => Buffer) => {
    const id = randomUUID()
    const input = { id, verificationId, kind, sealed: seal({ tenantId, verificationId, row: id }) }
    return inTenant(db, tenantId, (tx) => addSealedInput(tx, input)).then(() => id)
  }
  const storeText = (kind: Kind, value: string) =>
    store(kind, (place) => sealForWorker(keys.api, { ...place, kind }, value))
  const linkOf = (token: string) =>
    inTenant(db, tenantId, (tx) =>
      tx.one<{ id: string; ordinal: number }>(
        'select id, ordinal from links where tenant_id = $1 and token_hash = $2',
        [tenantId, tokenHash(token)],
      ),
    )
  const newestSession = async (): Promise<string> => {
    const row = await inTenant(db, tenantId, (tx) =>
      tx.one<{ id: string }>(
        `select coalesce((select s.id from portal_sessions s where s.tenant_id = $1 and s.verification_id = $2
           order by s.started_at desc limit 1), v.decision_session_id, gen_random_uuid()) as id
         from verifications v where v.tenant_id = $1 and v.id = $2`,
        [tenantId, verificationId],
      ),
    )
    return row?.id ?? randomUUID()
  }
  return {
    /** Stores a typed match code; the right one unless another is given, in a browser with a key. Returns the input's id. */
    typeMatchCode: async (
      token: string,
      typed?: string,
      more: Partial<Pick<TypedCode, 'deviceKey' | 'breach'>> = {},
    ): Promise<string> => {
      const link = await linkOf(token)
      const right = matchCode(keys.api, { tenantId, verificationId, ordinal: link?.ordinal ?? 1 })
      const browser = {
        sessionHash: tokenHash(newToken()),
        language: 'en',
        deviceKey: createDeviceKey().publicKey,
        breach: null,
        ...more,
      } as const
      const code = { ...browser, code: typed ?? right, linkId: link?.id ?? randomUUID() }
      return store('match_code', (place) => sealTypedCode(keys.api, place, code))
    },
    typeSecondCode: (code: string): Promise<string> => storeText('second_code', code),
    /** A new password, in the newest session of the case unless another is named. */
    typePassword: async (password: string, session?: string): Promise<string> => {
      const sessionId = session ?? (await newestSession())
      return store('password', (place) => sealTypedPassword(keys.api, place, { password, sessionId }))
    },
    /** The page sends the report of an ordinary browser before anything else. */
    sendReport: (): Promise<boolean> =>
      inTenant(db, tenantId, async (tx) => {
        const session = await tx.one<{ id: string; nonce: string }>(
          `select id, probe_nonce as nonce from portal_sessions
           where tenant_id = $1 and verification_id = $2 order by started_at desc limit 1`,
          [tenantId, verificationId],
        )
        if (session === undefined) return false
        const id = randomUUID()
        const report = probe({ nonce: session.nonce, clockMs: Date.now(), device: null })
        const sealed = sealProbe(keys.api, tenantId, id, report)
        const place = {
          verificationId,
          portalSessionId: session.id,
          kind: 'collector',
          step: 'checks',
        } as const
        return addProbe(tx, { id, ...place, sealed, nonceOk: true }, 8)
      }),
    /** An approval of what is shown now, as the API hands it on. */
    approvedBy: async (staffId: string): Promise<UnattestedDecision> => {
      const shown = (await inTenant(db, tenantId, (tx) => readScreenHash(tx, verificationId))) ?? ''
      const actor = { kind: 'agent', id: staffId } as const
      return {
        decision: 'approved',
        reason: 'voice and ticket fit',
        actor,
        screenHash: shown,
        steppedUpAt: null,
      }
    },
    /** Hash of what a decider would be shown now. */
    shown: async (): Promise<string> =>
      (await inTenant(db, tenantId, (tx) => readScreenHash(tx, verificationId))) ?? '',
  }
}
