/** Deliveries: one row per message begun towards a provider, written before the provider is called (R2). */
import type { NumberOutcome } from '#domain/policy/number-check.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** The kind of message of a delivery. */
export type DeliveryKind = 'link' | 'second_code' | 'entry_code' | 'notice' | 'approver_request'

/** The state of a delivery. */
export type DeliveryStatus = 'begun' | 'accepted' | 'refused' | 'unknown' | 'delivered' | 'undelivered'

/** Names an attempt: unique per verification. */
export type Attempt = {
  readonly verificationId: string
  readonly kind: DeliveryKind
  readonly ordinal: number
}

/** A delivery as far as its sender needs it. */
export type Delivery = {
  readonly id: string
  readonly status: DeliveryStatus
  readonly errorCode: string | null
}

/** A provider refused in a way that proves it took nothing; only then the same attempt may begin again. */
export const notTaken = 'not_taken'

/** Open consoles show messages as they go out, so the notification goes with the row. */
const toConsoles = "pg_notify('verification', tenant_id::text || '/' || verification_id::text)"

/** The row of an attempt, if it has one. */
export const findDelivery = async (tx: Tx, attempt: Attempt): Promise<Delivery | undefined> =>
  tx.one<Delivery>(
    `select id, status, error_code as "errorCode" from deliveries
     where tenant_id = $1 and verification_id = $2 and kind = $3 and ordinal = $4 for update`,
    [tx.tenantId, attempt.verificationId, attempt.kind, attempt.ordinal],
    'find_delivery',
  )

/** The contact that the message of an attempt went to, as screens show it; undefined when none was begun. */
export const readRecipient = async (
  tx: Tx,
  attempt: Attempt,
): Promise<
  | { readonly channel: 'sms' | 'email'; readonly contact: string; readonly contactLabel: string | null }
  | undefined
> =>
  tx.one(
    `select d.channel, d.contact_masked as contact, c.label as "contactLabel"
     from deliveries d left join contacts c on c.tenant_id = d.tenant_id and c.id = d.contact_id
     where d.tenant_id = $1 and d.verification_id = $2 and d.kind = $3 and d.ordinal = $4`,
    [tx.tenantId, attempt.verificationId, attempt.kind, attempt.ordinal],
  )

/** A delivery that is about to be begun. */
export type NewDelivery = Attempt & {
  readonly id: string
  readonly personId: string
  readonly channel: string
  readonly contactId: string
  readonly contactMasked: string
  /** Blind indexes of a phone number and its prefix; null for e-mail. */
  readonly numberIndex: Buffer | null
  readonly prefixIndex: Buffer | null
  /** The carrier's answer about the number (B20); null: it was not asked. */
  readonly numberCheck: NumberOutcome | null
  /** The organisation's own text that it is written with; null: the standard one (D15). */
  readonly textId: string | null
}

/**
 * Writes the row, or begins again the one whose message no provider took: its contact is then the new one. Last in its
 * transaction: the commit goes with it, and the tenant's next message has its turn.
 */
export const beginDelivery = async (tx: Tx, delivery: NewDelivery): Promise<void> => {
  await tx.last(
    'begin_delivery',
    `insert into deliveries (tenant_id, id, verification_id, person_id, kind, ordinal, channel, contact_id, contact_masked,
       number_index, prefix_index, number_check, text_id, status)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'begun')
     on conflict (tenant_id, verification_id, kind, ordinal)
     do update set status = 'begun', error_code = null, begun_at = now(), finished_at = null,
       channel = excluded.channel, contact_id = excluded.contact_id, contact_masked = excluded.contact_masked,
       number_index = excluded.number_index, prefix_index = excluded.prefix_index, number_check = excluded.number_check, text_id = excluded.text_id
     returning ${toConsoles}`,
    [
      tx.tenantId,
      delivery.id,
      delivery.verificationId,
      delivery.personId,
      delivery.kind,
      delivery.ordinal,
      delivery.channel,
      delivery.contactId,
      delivery.contactMasked,
      delivery.numberIndex,
      delivery.prefixIndex,
      delivery.numberCheck,
      delivery.textId,
    ],
  )
}

/** Stores the provider's answer; a later report of the same message is not overwritten. */
export const finishDelivery = async (
  tx: Tx,
  id: string,
  status: 'accepted' | 'refused' | 'unknown',
  providerId: string | null,
  errorCode: string | null,
): Promise<void> => {
  await tx.run(
    `update deliveries set status = $3, provider_id = coalesce($4, provider_id), error_code = $5, finished_at = now()
     where tenant_id = $1 and id = $2 and status in ('begun', 'unknown')
     returning ${toConsoles}`,
    [tx.tenantId, id, status, providerId, errorCode],
    'finish_delivery',
  )
}

/**
 * Stores a provider's later report: information, never evidence (Q2). The first final report stays. `code`: why it did not
 * arrive.
 */
export const reportDelivery = async (
  tx: Tx,
  id: string,
  status: 'delivered' | 'undelivered',
  code: string | null = null,
): Promise<boolean> => {
  const changed = await tx.run(
    `update deliveries set status = $3, reported_at = now(), report_code = $4
     where tenant_id = $1 and id = $2 and status not in ('delivered', 'undelivered')
     returning ${toConsoles}`,
    [tx.tenantId, id, status, code],
  )
  return changed > 0
}

/**
 * Notes that a message went out, or that it waits at the recipient's server. Neither is an end: a late one changes no final
 * report.
 */
export const noteOnTheWay = async (
  tx: Tx,
  id: string,
  status: 'sent' | 'delayed',
  { at, code }: { readonly at: Date; readonly code: string | null },
): Promise<void> => {
  await tx.run(
    `update deliveries set sent_at = case when $3 = 'sent' then coalesce(sent_at, $4) else sent_at end,
       delayed_at = case when $3 = 'delayed' then coalesce(delayed_at, $4) else delayed_at end,
       report_code = case when status in ('delivered', 'undelivered') then report_code else coalesce($5, report_code) end
     where tenant_id = $1 and id = $2 and status <> 'refused'
     returning ${toConsoles}`,
    [tx.tenantId, id, status, at, code],
  )
}

/** Contacts that the code of a case without an agent went to; another kind of evidence comes by another contact. */
export const entryContacts = async (tx: Tx, verificationId: string): Promise<ReadonlySet<string>> => {
  const rows = await tx.query<{ id: string }>(
    `select contact_id as id from deliveries where tenant_id = $1 and verification_id = $2 and kind = 'entry_code'`,
    [tx.tenantId, verificationId],
    'entry_contacts',
  )
  return new Set(rows.map(({ id }) => id))
}
