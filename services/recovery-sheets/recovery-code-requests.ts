/** Cases that ask their participant for a code of a printed sheet: written by the worker alone. */
import { randomUUID } from 'node:crypto'
import { mostSheetTries, mostSheetTriesPerDay } from '#domain/recovery-sheet.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { recoveryCodeDigest } from '#platform/crypto/sealing.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { sheetCounts, sheetRestsFrom } from './recovery-sheets.ts'

/** Asks for one more kind of evidence: the plan continues with a code of the printed sheet. */
export const askRecoveryCode = async (tx: Tx, verificationId: string, personId: string): Promise<void> => {
  await tx.run(
    `update plans set route = 'recovery_sheet', completed_at = null, completed_reason = null
     where tenant_id = $1 and verification_id = $2`,
    [tx.tenantId, verificationId],
  )
  await tx.run(
    `insert into recovery_code_requests (tenant_id, verification_id, person_id) values ($1, $2, $3) on conflict do nothing`,
    [tx.tenantId, verificationId, personId],
  )
}

/** The state of a case's request. */
export type RecoveryCodeRequest = {
  readonly tries: number
  readonly isProven: boolean
  readonly isGivenUp: boolean
}

const columns = `tries, proven_at is not null as "isProven", given_up_at is not null as "isGivenUp"`

/** The request of a case; undefined where none was made. */
export const readRecoveryCodeRequest = (
  tx: Tx,
  verificationId: string,
): Promise<RecoveryCodeRequest | undefined> =>
  tx.one<RecoveryCodeRequest>(
    `select ${columns} from recovery_code_requests where tenant_id = $1 and verification_id = $2`,
    [tx.tenantId, verificationId],
  )

/** The same, held until the end of the transaction, so that parallel tries take turns. */
export const lockRecoveryCodeRequest = (
  tx: Tx,
  verificationId: string,
): Promise<RecoveryCodeRequest | undefined> =>
  tx.one<RecoveryCodeRequest>(
    `select ${columns} from recovery_code_requests where tenant_id = $1 and verification_id = $2 for update`,
    [tx.tenantId, verificationId],
  )

/** True if a person typed as many wrong codes within a day as anybody may, over all their cases. */
export const areSheetTriesUsedUp = async (tx: Tx, personId: string): Promise<boolean> => {
  const row = await tx.one<{ tries: number }>(
    `select coalesce(sum(tries), 0)::integer as tries from recovery_code_requests
     where tenant_id = $1 and person_id = $2 and tried_at > now() - interval '1 day'`,
    [tx.tenantId, personId],
  )
  return (row?.tries ?? 0) >= mostSheetTriesPerDay
}

/** A code that is tried in a case, and how long the case's policy lets a sheet rest. */
export type TypedCode = {
  readonly personId: string
  readonly verificationId: string
  readonly code: string
  readonly restSeconds: number
}

/**
 * Uses a code up, in one guarded write: of two cases that try it at once, one gets it. A person without a sheet takes the same
 * steps. Null: it is no code that counts.
 */
export const useCode = async (
  tx: Tx,
  keys: KeyRing,
  { personId, verificationId, code, restSeconds }: TypedCode,
): Promise<{ readonly sheetId: string; readonly left: number } | null> => {
  const sheet = await tx.one<{ id: string }>(
    `select s.id from recovery_sheets s where s.tenant_id = $1 and s.person_id = $2 and ${sheetCounts}
       and ${sheetRestsFrom} <= now() - make_interval(secs => $3)`,
    [tx.tenantId, personId, restSeconds],
  )
  const sheetId = sheet?.id ?? randomUUID()
  const digest = recoveryCodeDigest(keys, { tenantId: tx.tenantId, personId, sheetId }, code)
  const used = await tx.run(
    `update recovery_codes set used_at = now(), used_in = $4
     where tenant_id = $1 and sheet_id = $2 and digest = $3 and used_at is null`,
    [tx.tenantId, sheetId, digest, verificationId],
  )
  const row = await tx.one<{ left: number }>(
    `select count(*)::integer as left from recovery_codes where tenant_id = $1 and sheet_id = $2 and used_at is null`,
    [tx.tenantId, sheetId],
  )
  return used === 1 ? { sheetId, left: row?.left ?? 0 } : null
}

/** The code was right: it is evidence of this case from now on. */
export const proveSheet = async (tx: Tx, verificationId: string, sheetId: string): Promise<void> => {
  await tx.run(
    `update recovery_code_requests set proven_at = now(), sheet_id = $3 where tenant_id = $1 and verification_id = $2`,
    [tx.tenantId, verificationId, sheetId],
  )
}

/** Counts a wrong code; returns how many tries are left in this case. None left counts as given up. */
export const countWrongCode = async (tx: Tx, verificationId: string): Promise<number> => {
  const row = await tx.one<{ tries: number }>(
    `update recovery_code_requests set tries = tries + 1, tried_at = now(),
       given_up_at = case when tries + 1 >= $3 then now() else given_up_at end
     where tenant_id = $1 and verification_id = $2 returning tries`,
    [tx.tenantId, verificationId, mostSheetTries],
  )
  return Math.max(0, mostSheetTries - (row?.tries ?? mostSheetTries))
}

/** The participant has none at hand: another way is looked for. */
export const giveUpRecoveryCode = async (tx: Tx, verificationId: string): Promise<void> => {
  await tx.run(
    `update recovery_code_requests set given_up_at = coalesce(given_up_at, now()) where tenant_id = $1 and verification_id = $2`,
    [tx.tenantId, verificationId],
  )
}

/** True if the sheet that gave a case its evidence still counts: one that was voided or disputed since takes it along. */
export const isSheetProofValid = async (tx: Tx, verificationId: string): Promise<boolean> =>
  (await tx.one(
    `select from recovery_code_requests q join recovery_sheets s on s.tenant_id = q.tenant_id and s.id = q.sheet_id
     where q.tenant_id = $1 and q.verification_id = $2 and q.person_id = s.person_id and ${sheetCounts}`,
    [tx.tenantId, verificationId],
  )) !== undefined

/** The facts for silent checks; undefined: this case has not asked for a code. */
export type SheetCaseFacts = {
  readonly isGivenUp: boolean
  readonly proven: { readonly left: number; readonly madeAt: Date } | null
}

/** Reads these facts. A proof by a sheet that is void since is none, and asks for nothing again. */
export const readSheetFacts = async (tx: Tx, verificationId: string): Promise<SheetCaseFacts | undefined> => {
  const [row] = await tx.named<{ isGivenUp: boolean; madeAt: Date | null; left: number }>(
    'read_sheet_facts',
    `select q.given_up_at is not null or (q.proven_at is not null and s.id is null) as "isGivenUp",
       ${sheetRestsFrom} as "madeAt", (select count(*)::integer from recovery_codes c
         where c.tenant_id = s.tenant_id and c.sheet_id = s.id and c.used_at is null) as left
     from recovery_code_requests q left join recovery_sheets s on s.tenant_id = q.tenant_id and s.id = q.sheet_id
       and s.person_id = q.person_id and ${sheetCounts}
     where q.tenant_id = $1 and q.verification_id = $2`,
    [tx.tenantId, verificationId],
  )
  if (row === undefined) return undefined
  const { isGivenUp, madeAt, left } = row
  return { isGivenUp, proven: madeAt === null ? null : { left, madeAt } }
}
