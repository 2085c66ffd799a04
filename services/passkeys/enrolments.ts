/** Enrolments: people who set up a passkey while they can still sign in. Each is a session that can do nothing else. */
import { isThreatElevated } from '../policy/elevated-threats.ts'
import { currentPolicy } from '../policy/policies.ts'
import type { SignInStrength } from '#domain/risk/sign-in-strength.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { isTokenMarked, tokenMark } from '#platform/crypto/token-mark.ts'
import type { Db } from '#platform/database/connect.ts'
import { outsideTenants, type Tx } from '#platform/database/transaction.ts'
import { mostPasskeys } from './passkeys.ts'

/** Seconds from the sign-in to the end of the session. */
export const enrolmentSeconds = 600

/**
 * The levels of sign-in that the provider is asked for, before it is known who comes; null where no organisation of this
 * provider lets its people set up a passkey.
 */
export const enrolmentLevels = async (db: Db, issuer: string): Promise<readonly string[] | null> => {
  const [row] = await outsideTenants(db).query<{ levels: readonly string[] | null }>(
    'select enrolment_levels($1) as levels',
    [issuer],
  )
  return row?.levels ?? null
}

/** The one person whom this provider knows by this account; null where there is none, or more than one. */
export const resolveAccount = async (
  db: Db,
  issuer: string,
  account: string,
): Promise<{ readonly tenantId: string; readonly personId: string } | null> => {
  const [row] = await outsideTenants(db).query<{ tenantId: string | null; personId: string | null }>(
    'select tenant_id as "tenantId", person_id as "personId" from resolve_account($1, $2)',
    [issuer, account],
  )
  return row?.tenantId && row.personId ? { tenantId: row.tenantId, personId: row.personId } : null
}

/** True if the organisation lets its people set up a passkey now. Under an elevated threat nobody gets a lasting key. */
export const isEnrolmentOpen = async (tx: Tx): Promise<boolean> => {
  const { signIn } = await currentPolicy(tx)
  return signIn.enrolPasskeys && !(await isThreatElevated(tx))
}

/** A row `p` of `people` may set up a passkey: its account is in use, the help desk handles it, and nobody reported it. */
export const mayEnrol = `(p.sign_in_subject is not null and p.account_state = 'active' and not p.never_via_help_desk
  and coalesce(p.blocked_until <= now(), true))`

/** True if this person may set up a passkey now, as far as the account goes. */
export const isEnrollable = async (tx: Tx, personId: string): Promise<boolean> =>
  (await tx.one(`select from people p where p.tenant_id = $1 and p.id = $2 and ${mayEnrol}`, [
    tx.tenantId,
    personId,
  ])) !== undefined

/** A session that is about to begin. */
export type NewEnrolment = {
  readonly id: string
  readonly personId: string
  readonly tokenHash: Buffer
  readonly account: string
  readonly methods: readonly string[]
  readonly strength: Exclude<SignInStrength, 'weak'>
  readonly policyVersion: number
}

/** Begins a session; an older one of the same person ends. */
export const startEnrolment = async (tx: Tx, keys: KeyRing, enrolment: NewEnrolment): Promise<void> => {
  const { id, personId, tokenHash } = enrolment
  const { tenantId } = tx
  await tx.run(
    'update enrolments set ended_at = now() where tenant_id = $1 and person_id = $2 and ended_at is null',
    [tenantId, personId],
  )
  await tx.run(
    `insert into enrolments (tenant_id, id, person_id, token_hash, token_mark, sign_in_subject, methods, strength,
       policy_version, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, now() + make_interval(secs => $10))`,
    [
      ...[tenantId, id, personId, tokenHash],
      tokenMark(keys, 'enrolments', { tenantId, tokenHash, enrolmentId: id, personId }),
      ...[enrolment.account, enrolment.methods, enrolment.strength, enrolment.policyVersion],
      enrolmentSeconds,
    ],
  )
}

/** A session by its cookie. */
export type Enrolment = { readonly tenantId: string; readonly enrolmentId: string; readonly personId: string }

/** Where a cookie leads; whether that session still lives is asked inside its tenant. */
export const resolveEnrolment = async (
  db: Db,
  tokenHash: Buffer,
): Promise<{ readonly tenantId: string; readonly id: string } | null> => {
  const [row] = await outsideTenants(db).query<{ tenantId: string; id: string }>(
    'select r.tenant_id as "tenantId", r.id from resolve_enrolment($1) r',
    [tokenHash],
  )
  return row ?? null
}

/**
 * The session, if it lives: neither over nor used, of a person who may still set up a passkey and has the same account, and
 * whom nobody reported since. Its row is held, so that two tabs take turns.
 */
export const holdEnrolment = async (
  tx: Tx,
  keys: KeyRing,
  id: string,
  tokenHash: Buffer,
): Promise<Enrolment | undefined> => {
  const row = await tx.one<Enrolment & { readonly tokenMark: Buffer }>(
    `select e.tenant_id as "tenantId", e.id as "enrolmentId", e.person_id as "personId", e.token_mark as "tokenMark"
     from enrolments e join people p on p.tenant_id = e.tenant_id and p.id = e.person_id
     where e.tenant_id = $1 and e.id = $2 and e.ended_at is null and e.expires_at > now()
       and e.sign_in_subject = p.sign_in_subject and ${mayEnrol}
       and not exists (select from reports r where r.tenant_id = $1 and r.person_id = e.person_id and r.at >= e.started_at)
     for update of e`,
    [tx.tenantId, id],
  )
  if (row === undefined) return undefined
  const { tokenMark: mark, ...enrolment } = row
  return isTokenMarked(keys, 'enrolments', { ...enrolment, tokenHash }, mark) ? enrolment : undefined
}

/** Ends a session. False: it was over already. */
export const endEnrolment = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.run(
    'update enrolments set ended_at = now() where tenant_id = $1 and id = $2 and ended_at is null',
    [tx.tenantId, id],
  )) === 1

/** The place of an event in the records: with its case, or with the person. */
export type EventPlace = {
  readonly verificationId: string | null
  readonly object: { readonly kind: 'verification' | 'person'; readonly id: string }
}

/** The place of an event that is about a person and no case. */
export const placeOfPerson = (personId: string): EventPlace => ({
  verificationId: null,
  object: { kind: 'person', id: personId },
})

/**
 * Where an event about a notice or a report is recorded. These name an enrolment where others name a case, and figures are
 * made of cases alone: an event of an enrolment is an entry about its person.
 */
export const placeOf = async (
  tx: Tx,
  { verificationId, personId }: { readonly verificationId: string; readonly personId: string },
): Promise<EventPlace> => {
  const isEnrolment =
    (await tx.one('select from enrolments where tenant_id = $1 and id = $2', [
      tx.tenantId,
      verificationId,
    ])) !== undefined
  return isEnrolment
    ? placeOfPerson(personId)
    : { verificationId, object: { kind: 'verification', id: verificationId } }
}

/** True if a person with so many passkeys may have one more. */
export const hasRoom = (passkeys: number): boolean => passkeys < mostPasskeys
