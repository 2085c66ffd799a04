/** Codes to another contact: why one may not be sent now, and what their participants want. Written by the worker alone. */
import type { RefusalCode } from '#domain/refusal.ts'
import { codeAskRestSeconds, mostCodeAsks } from '#domain/verification/code-asks.ts'
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

/** The newest code of a case lets another one be sent: its message had time to arrive, and its tries are not used up. */
const isOverdue = `exists (
  select from (
    select * from code_challenges where tenant_id = $1 and verification_id = $2 and kind = 'second'
    order by mod(ordinal, 100) desc, ordinal desc limit 1) c
  where c.accepted_at is null and c.tries < c.max_tries and c.created_at <= now() - make_interval(secs => $5))`

/** An ask for the code again. `contactId`: the participant chose this contact; null: as the policy orders them. */
export type CodeAsk = { readonly id: string; readonly contactId: string | null }

/** Counts an ask; false where a code is on its way, its tries are used up, or the participant asked too often. */
export const askForCodeAgain = async (tx: Tx, verificationId: string, ask: CodeAsk): Promise<boolean> =>
  (await tx.run(
    `update plans set code_asks = code_asks + 1, code_ask_id = $3, code_contact_id = $6
     where tenant_id = $1 and verification_id = $2 and code_asks < $4 and (code_refusal is not null or ${isOverdue}) and ${whileWanted}`,
    [tx.tenantId, verificationId, ask.id, mostCodeAsks, codeAskRestSeconds, ask.contactId],
  )) > 0

/** The newest ask of a case; undefined: this one is not. `asks`: how many there were. */
export const readCodeAsk = (
  tx: Tx,
  verificationId: string,
  askId: string,
): Promise<{ readonly asks: number; readonly contactId: string | null } | undefined> =>
  tx.one(
    `select code_asks as asks, code_contact_id as "contactId" from plans
     where tenant_id = $1 and verification_id = $2 and code_ask_id = $3`,
    [tx.tenantId, verificationId, askId],
  )

/** Keeps the contacts that the participant may choose from, for the page that shows the code. */
export const keepCodeChoices = async (
  tx: Tx,
  verificationId: string,
  ids: readonly string[],
): Promise<void> => {
  await tx.run(
    `update plans set code_choices = $3 where tenant_id = $1 and verification_id = $2 and code_choices <> $3`,
    [tx.tenantId, verificationId, ids],
  )
}

/** Tries that the codes to another contact of one link took already. */
export const spentCodeTries = async (
  tx: Tx,
  verificationId: string,
  linkOrdinal: number,
): Promise<number> => {
  const row = await tx.one<{ spent: number }>(
    `select coalesce(sum(tries), 0)::integer as spent from code_challenges
     where tenant_id = $1 and verification_id = $2 and kind = 'second' and mod(ordinal, 100) = $3`,
    [tx.tenantId, verificationId, linkOrdinal],
  )
  return row?.spent ?? 0
}

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
