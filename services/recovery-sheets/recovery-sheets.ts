/** Printed recovery sheets: made by the API for the browser of their owner, counted and used up by the worker alone. */
import { randomInt } from 'node:crypto'
import { codeAlphabet, codeRandomLength, codesOnSheet, recoveryCodeOf } from '#domain/recovery-code.ts'
import type { EvidenceKind } from '#domain/policy/policy.ts'
import type { Tier } from '#domain/verification/verification.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { recoveryCodeDigest } from '#platform/crypto/sealing.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** A condition on row `s`: somebody said "this was not me" about its case, or since it was made. Lifting the freeze changes nothing. */
const disputed = `exists (select from reports r where r.tenant_id = s.tenant_id and r.person_id = s.person_id
  and (r.verification_id = s.verification_id or r.at >= s.made_at))`

/**
 * A condition that is true if row `s` of `recovery_sheets` counts, its rest left aside: printed, not voided, not disputed, and its
 * owner's account is one that is handled at all. A report needs no write here: the condition reads it, and the sheet is dead.
 */
export const sheetCounts = `(s.activated_at is not null and s.voided_at is null and not ${disputed}
  and exists (select from people o where o.tenant_id = s.tenant_id and o.id = s.person_id
    and o.account_state in ('active', 'locked') and not o.never_via_help_desk))`

/** The moment from which row `s` rests. */
export const sheetRestsFrom = 'greatest(s.made_at, s.activated_at)'

/** A condition on row `s`: it has a code that was not used. */
export const hasCodesLeft = `exists (select from recovery_codes c where c.tenant_id = s.tenant_id and c.sheet_id = s.id
  and c.used_at is null)`

/** A sheet as its owner's browser is shown it, once. */
export type DrawnSheet = { readonly sheetId: string; readonly codes: readonly string[] }

/** The case at whose end a sheet is made. */
export type SheetPlace = {
  readonly personId: string
  readonly verificationId: string
  readonly sessionId: string
}

/** Ten different codes from the random source of the operating system. */
const newCodes = (): readonly string[] => {
  const codes = new Set<string>()
  while (codes.size < codesOnSheet)
    codes.add(recoveryCodeOf(Array.from({ length: codeRandomLength }, () => randomInt(codeAlphabet.length))))
  return [...codes]
}

/** Takes all sheets of a person that are not over, in one order, so that two pages take turns. */
const lockSheets = (tx: Tx, personId: string) =>
  tx.query<{ id: string; sessionId: string; isDrawn: boolean }>(
    `select id, portal_session_id as "sessionId", activated_at is null as "isDrawn" from recovery_sheets
     where tenant_id = $1 and person_id = $2 and voided_at is null order by id for update`,
    [tx.tenantId, personId],
  )

const replace = (tx: Tx, ids: readonly string[]): Promise<number> =>
  tx.run(
    `update recovery_sheets set voided_at = now(), void_reason = 'replaced' where tenant_id = $1 and id = any($2::uuid[])`,
    [tx.tenantId, ids],
  )

/** Makes a sheet that does not count yet. One that was drawn before and never printed is over; one that counts stays. */
export const drawSheet = async (
  tx: Tx,
  keys: KeyRing,
  { personId, verificationId, sessionId }: SheetPlace,
): Promise<DrawnSheet> => {
  const before = await lockSheets(tx, personId)
  await replace(
    tx,
    before.filter(({ isDrawn }) => isDrawn).map(({ id }) => id),
  )
  const codes = newCodes()
  const row = await tx.one<{ id: string }>(
    `insert into recovery_sheets (tenant_id, person_id, verification_id, portal_session_id) values ($1, $2, $3, $4)
     returning id`,
    [tx.tenantId, personId, verificationId, sessionId],
  )
  if (row === undefined) throw new Error('A sheet has a row.')
  const of = { tenantId: tx.tenantId, personId, sheetId: row.id }
  await tx.run(
    `insert into recovery_codes (tenant_id, sheet_id, person_id, ordinal, digest)
     select $1, $2, $3, n, digest from unnest($4::bytea[]) with ordinality as list (digest, n)`,
    [tx.tenantId, row.id, personId, codes.map((code) => recoveryCodeDigest(keys, of, code))],
  )
  return { sheetId: row.id, codes }
}

/** The participant printed it: it counts once it has rested, and the one before is over. False: it was replaced meanwhile. */
export const activateSheet = async (
  tx: Tx,
  sheetId: string,
  { personId, sessionId }: Pick<SheetPlace, 'personId' | 'sessionId'>,
): Promise<boolean> => {
  const sheets = await lockSheets(tx, personId)
  const own = sheets.find(({ id }) => id === sheetId)
  if (own?.isDrawn !== true || own.sessionId !== sessionId) return false
  await replace(
    tx,
    sheets.filter(({ id }) => id !== sheetId).map(({ id }) => id),
  )
  await tx.run(`update recovery_sheets set activated_at = now() where tenant_id = $1 and id = $2`, [
    tx.tenantId,
    sheetId,
  ])
  return true
}

/** These parts of a case and its person say whether a sheet may be made at its end. */
export type SheetCase = {
  readonly tier: Tier
  readonly evidence: readonly EvidenceKind[]
  readonly isHandled: boolean
  readonly isDisputed: boolean
  /** One was made at the end of this very case: it counts once it has rested, or is over. */
  readonly made: 'live' | 'over' | null
}

/** Reads them. A report since the case began disputes it, whichever case it names. */
export const readSheetCase = (tx: Tx, verificationId: string): Promise<SheetCase | undefined> =>
  tx.one<SheetCase>(
    `select p.tier, coalesce((select s.decision -> 'evidence' from scorings s
         where s.tenant_id = $1 and s.verification_id = $2 order by s.ordinal desc limit 1), '[]') as evidence,
       p.account_state in ('active', 'locked') and not p.never_via_help_desk as "isHandled",
       exists (select from reports r where r.tenant_id = $1 and r.person_id = v.person_id
         and (r.verification_id = v.id or r.at >= v.created_at)) as "isDisputed",
       (select case when bool_or(s.voided_at is null) then 'live' else 'over' end from recovery_sheets s
         where s.tenant_id = $1 and s.verification_id = v.id and s.activated_at is not null having count(*) > 0) as made
     from verifications v join people p on p.tenant_id = v.tenant_id and p.id = v.person_id
     where v.tenant_id = $1 and v.id = $2`,
    [tx.tenantId, verificationId],
  )

/** The sheet of a person as staff see it. `resting`: the policy's time is not over · `disputed`: it never counts again. */
export type SheetRow = {
  readonly id: string
  readonly madeAt: Date
  readonly countsFrom: Date
  readonly codesLeft: number
  readonly state: 'resting' | 'usable' | 'used_up' | 'disputed'
}

/** Reads it; undefined: there is none. */
export const readSheet = (tx: Tx, personId: string, restSeconds: number): Promise<SheetRow | undefined> =>
  tx.one<SheetRow>(
    `select s.id, ${sheetRestsFrom} as "madeAt", ${sheetRestsFrom} + make_interval(secs => $3) as "countsFrom",
       n.left as "codesLeft",
       case when ${disputed} then 'disputed' when n.left = 0 then 'used_up'
         when ${sheetRestsFrom} > now() - make_interval(secs => $3) then 'resting' else 'usable' end as state
     from recovery_sheets s, lateral (select count(*)::integer as left from recovery_codes c
       where c.tenant_id = s.tenant_id and c.sheet_id = s.id and c.used_at is null) n
     where s.tenant_id = $1 and s.person_id = $2 and s.activated_at is not null and s.voided_at is null`,
    [tx.tenantId, personId, restSeconds],
  )

/** Ends a sheet; false when the person has none such. */
export const voidSheet = async (
  tx: Tx,
  at: { readonly personId: string; readonly sheetId: string },
  by: { readonly staffId: string; readonly reason: string },
): Promise<boolean> =>
  (await tx.run(
    `update recovery_sheets set voided_at = now(), voided_by = $4, void_reason = $5
     where tenant_id = $1 and id = $2 and person_id = $3 and activated_at is not null and voided_at is null`,
    [tx.tenantId, at.sheetId, at.personId, by.staffId, by.reason],
  )) === 1
