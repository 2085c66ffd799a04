/** Codes to another contact that may not be sent now, and what their participants want: written by the worker alone. */
import type { RefusalCode } from '#domain/refusal.ts'
import { mostCodeAsks } from '#domain/verification/code-asks.ts'
import { completePlan } from '../questions/plans.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** A case can ask for one of these in the place of a code. */
export type OtherWay = 'passkey' | 'provider_sign_in' | 'push' | 'recovery_sheet' | 'approver' | 'agent'

/** A plan keeps this where a provider refused the message: the code went to nobody, and another may be sent. */
export const notDelivered = 'not_delivered'

/** A code that was not sent. */
export type RefusedCode = {
  readonly refusal: RefusalCode | typeof notDelivered
  /** When the limits let the next one through; null: no waiting helps. */
  readonly nextAt: Date | null
  readonly otherWay: OtherWay
}

/** Keeps with the plan that its code was refused, or with null that it was sent. */
export const keepRefusedCode = async (
  tx: Tx,
  verificationId: string,
  refused: RefusedCode | null,
): Promise<void> => {
  await tx.run(
    `update plans set code_refusal = $3, code_next_at = $4, code_other_way = $5
     where tenant_id = $1 and verification_id = $2 and ($3::text is not null or code_refusal is not null)
     returning pg_notify('verification', tenant_id::text || '/' || verification_id::text)`,
    [
      tx.tenantId,
      verificationId,
      refused?.refusal ?? null,
      refused?.nextAt ?? null,
      refused?.otherWay ?? null,
    ],
  )
}

const whileWanted = 'completed_at is null and code_given_up_at is null'

/** Counts that the participant asks for the code again; false where none was refused, or they asked too often. */
export const askForCodeAgain = async (tx: Tx, verificationId: string, askId: string): Promise<boolean> =>
  (await tx.run(
    `update plans set code_asks = code_asks + 1, code_ask_id = $3
     where tenant_id = $1 and verification_id = $2 and code_asks < $4 and code_refusal is not null and ${whileWanted}`,
    [tx.tenantId, verificationId, askId, mostCodeAsks],
  )) > 0

/** The participant continues without the code, for good: the plan is done. False where none is asked for. */
export const giveUpCode = async (tx: Tx, verificationId: string, askId: string): Promise<boolean> => {
  const isGivenUp =
    (await tx.run(
      `update plans set code_given_up_at = now(), code_ask_id = $3
       where tenant_id = $1 and verification_id = $2 and ${whileWanted} and (code_refusal is not null or exists (
         select from code_challenges c where c.tenant_id = $1 and c.verification_id = $2 and c.kind = 'second' and c.accepted_at is null))`,
      [tx.tenantId, verificationId, askId],
    )) > 0
  if (isGivenUp) await completePlan(tx, verificationId, 'second_code_given_up')
  return isGivenUp
}

/** Finds what an input did whose first run left no answer; null: it is not the newest, or none of these. */
export const codeAskOf = async (
  tx: Tx,
  verificationId: string,
  askId: string,
): Promise<'again' | 'without' | null> => {
  const row = await tx.one<{ isGivenUp: boolean }>(
    `select code_given_up_at is not null as "isGivenUp" from plans
     where tenant_id = $1 and verification_id = $2 and code_ask_id = $3`,
    [tx.tenantId, verificationId, askId],
  )
  if (row === undefined) return null
  return row.isGivenUp ? 'without' : 'again'
}
