import { now } from '#platform/database/model.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { Feedback } from './models.ts'

/** Minutes that a sealed input may wait for the worker (M3). */
const sealedMinutes = 5

/** A value on its way to the worker. */
export type NewSealedInput = {
  readonly id: string
  readonly verificationId: string
  readonly kind:
    | 'match_code'
    | 'second_code'
    | 'passkey'
    | 'provider_sign_in'
    | 'push'
    | 'recovery_code'
    | 'password'
    | 'approver_answer'
  readonly sealed: Buffer
}

/** Stores a sealed input for five minutes. */
export const addSealedInput = (tx: Tx, input: NewSealedInput): Promise<number> =>
  tx.run(
    `insert into sealed_inputs (tenant_id, id, verification_id, kind, sealed, expires_at)
     values ($1, $2, $3, $4, $5, now() + make_interval(mins => $6))`,
    [tx.tenantId, input.id, input.verificationId, input.kind, input.sealed, sealedMinutes],
    'add_sealed_input',
  )

/** The new password that the worker has not taken yet, if one is on its way. */
export const passwordOnItsWay = async (tx: Tx, verificationId: string): Promise<string | null> =>
  (
    await tx.one<{ id: string }>(
      `select id from sealed_inputs where tenant_id = $1 and verification_id = $2 and kind = 'password'
         and expires_at > now() order by created_at desc limit 1`,
      [tx.tenantId, verificationId],
    )
  )?.id ?? null

/** A report of browser or network layer, sealed. */
export type NewProbe = {
  readonly id: string
  readonly verificationId: string
  readonly portalSessionId: string
  readonly kind: 'collector' | 'request'
  readonly step: string
  readonly sealed: Buffer
  readonly nonceOk: boolean | null
}

/** Stores a report, up to `most` of its kind for one portal session. False: there are enough. */
export const addProbe = async (tx: Tx, probe: NewProbe, most: number): Promise<boolean> => {
  const added = await tx.run(
    `insert into probe_facts (tenant_id, id, verification_id, portal_session_id, kind, step, report_sealed, nonce_ok)
     select $1, $2, $3, $4, $5, $6, $7, $8
     where (select count(*) from probe_facts where tenant_id = $1 and portal_session_id = $4 and kind = $5) < $9`,
    [
      tx.tenantId,
      probe.id,
      probe.verificationId,
      probe.portalSessionId,
      probe.kind,
      probe.step,
      probe.sealed,
      probe.nonceOk,
      most,
    ],
  )
  return added === 1
}

/** Stores or replaces a participant's feedback; a comment stays until there is another. */
export const saveFeedback = async (
  tx: Tx,
  { verificationId, rating, commentSealed }: Pick<Feedback, 'verificationId' | 'rating' | 'commentSealed'>,
): Promise<void> => {
  const said = { rating, ...(commentSealed === null ? {} : { commentSealed }), at: now() }
  await Feedback.query(tx.knex)
    .insert({ tenantId: tx.tenantId, verificationId, ...said })
    .onConflict(Feedback.idColumn)
    .merge(said)
}
