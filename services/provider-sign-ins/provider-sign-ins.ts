/** Cases that ask their participant to sign in at the organisation's identity provider: written by the worker alone. */
import type { SignInStrength } from '#domain/risk/sign-in-strength.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** Sign-ins of one case that may come to nothing before the next kind of evidence is asked for. */
export const mostSignInTries = 5

/** The reason why a sign-in was no proof. `unanswered`: the provider did not answer, or the participant turned back; it costs no try. */
export type SignInProblem = 'other_account' | 'stale' | 'weak' | 'unanswered'

/** Asks for one more kind of evidence: the plan continues with a sign-in at the provider. */
export const askProviderSignIn = async (tx: Tx, verificationId: string): Promise<void> => {
  await tx.run(
    `update plans set route = 'provider_sign_in', completed_at = null, completed_reason = null
     where tenant_id = $1 and verification_id = $2`,
    [tx.tenantId, verificationId],
  )
  await tx.run(
    `insert into provider_sign_ins (tenant_id, verification_id) values ($1, $2) on conflict do nothing`,
    [tx.tenantId, verificationId],
  )
}

/** The state of a case's request. */
export type SignInRequest = {
  readonly askedAt: Date
  readonly tries: number
  readonly problem: SignInProblem | null
  readonly isProven: boolean
  readonly isGivenUp: boolean
}

const columns = `asked_at as "askedAt", tries, problem, proven_at is not null as "isProven",
  given_up_at is not null as "isGivenUp"`

/** The request of a case; undefined where none was made. */
export const readSignInRequest = (tx: Tx, verificationId: string): Promise<SignInRequest | undefined> =>
  tx.one<SignInRequest>(
    `select ${columns} from provider_sign_ins where tenant_id = $1 and verification_id = $2`,
    [tx.tenantId, verificationId],
  )

/** The same, held until the end of the transaction, so that parallel tries take turns. */
export const lockSignInRequest = (tx: Tx, verificationId: string): Promise<SignInRequest | undefined> =>
  tx.one<SignInRequest>(
    `select ${columns} from provider_sign_ins where tenant_id = $1 and verification_id = $2 for update`,
    [tx.tenantId, verificationId],
  )

/** A sign-in that is proof. */
export type ProvenSignIn = {
  readonly account: string
  readonly methods: readonly string[]
  readonly acr: string | null
  readonly strength: Exclude<SignInStrength, 'weak'>
}

/** The participant's own account signed in: it is evidence of this case from now on. */
export const proveSignIn = async (
  tx: Tx,
  verificationId: string,
  { account, methods, acr, strength }: ProvenSignIn,
): Promise<void> => {
  await tx.run(
    `update provider_sign_ins set proven_at = now(), problem = null, sign_in_subject = $3, methods = $4, acr = $5, strength = $6
     where tenant_id = $1 and verification_id = $2`,
    [tx.tenantId, verificationId, account, methods, acr, strength],
  )
}

/** Keeps that a sign-in was no proof; returns how many tries are left. None left counts as given up. */
export const refuseSignIn = async (
  tx: Tx,
  verificationId: string,
  problem: SignInProblem,
): Promise<number> => {
  const row = await tx.one<{ tries: number }>(
    `update provider_sign_ins set problem = $3, tries = tries + ($3 <> 'unanswered')::integer,
       other_account_at = case when $3 = 'other_account' then now() else other_account_at end,
       weak_at = case when $3 = 'weak' then now() else weak_at end,
       given_up_at = case when $3 <> 'unanswered' and tries + 1 >= $4 then now() else given_up_at end
     where tenant_id = $1 and verification_id = $2 returning tries`,
    [tx.tenantId, verificationId, problem, mostSignInTries],
  )
  return Math.max(0, mostSignInTries - (row?.tries ?? mostSignInTries))
}

/** The participant cannot sign in there now: another way is looked for. */
export const giveUpSignIn = async (tx: Tx, verificationId: string): Promise<void> => {
  await tx.run(
    `update provider_sign_ins set given_up_at = coalesce(given_up_at, now()) where tenant_id = $1 and verification_id = $2`,
    [tx.tenantId, verificationId],
  )
}

/** A row `p` of `people` with its tenant `t` is one that the organisation's provider knows, and that is handled at all. */
const isKnown = `(p.sign_in_subject is not null and t.oidc_issuer is not null
  and p.account_state in ('active', 'locked') and not p.never_via_help_desk)`

/** True if the sign-in that gave a case its evidence still counts: the person has the same account as then. */
export const isSignInProofValid = async (tx: Tx, verificationId: string): Promise<boolean> =>
  (await tx.one(
    `select from provider_sign_ins s join verifications v on v.tenant_id = s.tenant_id and v.id = s.verification_id
       join people p on p.tenant_id = s.tenant_id and p.id = v.person_id join tenants t on t.id = s.tenant_id
     where s.tenant_id = $1 and s.verification_id = $2 and s.sign_in_subject = p.sign_in_subject and ${isKnown}`,
    [tx.tenantId, verificationId],
  )) !== undefined

/** The facts for silent checks; undefined: the organisation's provider does not know this person. */
export type SignInCaseFacts = {
  readonly isGivenUp: boolean
  readonly isWeak: boolean
  readonly otherAccountAt: Date | null
  readonly proven: {
    readonly at: Date
    readonly methods: readonly string[]
    readonly strength: Exclude<SignInStrength, 'weak'>
  } | null
}

type FactRow = {
  readonly isGivenUp: boolean
  readonly isWeak: boolean
  readonly otherAccountAt: Date | null
  readonly at: Date | null
  readonly methods: readonly string[] | null
  readonly strength: Exclude<SignInStrength, 'weak'> | null
}

/** Reads these facts. A proof by an account that is the person's no more is none, and asks for nothing again. */
export const readSignInFacts = async (
  tx: Tx,
  verificationId: string,
  personId: string,
): Promise<SignInCaseFacts | undefined> => {
  const [row] = await tx.named<FactRow>(
    'read_provider_sign_in_facts',
    `select s.given_up_at is not null or (s.proven_at is not null and s.sign_in_subject <> p.sign_in_subject) as "isGivenUp",
       s.weak_at is not null as "isWeak", s.other_account_at as "otherAccountAt",
       case when s.sign_in_subject = p.sign_in_subject then s.proven_at end as at, s.methods, s.strength
     from people p join tenants t on t.id = p.tenant_id
     left join provider_sign_ins s on s.tenant_id = $1 and s.verification_id = $2
     where p.tenant_id = $1 and p.id = $3 and ${isKnown}`,
    [tx.tenantId, verificationId, personId],
  )
  if (row === undefined) return undefined
  const { isGivenUp, isWeak, otherAccountAt, at, methods, strength } = row
  const proven = at === null || strength === null ? null : { at, methods: methods ?? [], strength }
  return { isGivenUp, isWeak, otherAccountAt, proven }
}

/** The account of this identity is that of the person, at the organisation's own provider. */
export const isOwnAccount = async (
  tx: Tx,
  personId: string,
  issuer: string,
  account: string,
): Promise<boolean> =>
  (await tx.one(
    `select from people p join tenants t on t.id = p.tenant_id
     where p.tenant_id = $1 and p.id = $2 and t.oidc_issuer = $3 and p.sign_in_subject = $4 and ${isKnown}`,
    [tx.tenantId, personId, issuer, account],
  )) !== undefined
