/** An organisation's own texts: proposed by one admin, in force once another accepted them (D15, T9). */
import { raw } from 'objection'
import type { Language } from '#domain/languages.ts'
import type { MessageKind } from '#domain/messages/kinds.ts'
import { isComplete, type MessageText } from '#domain/messages/message-text.ts'
import type { Channel } from '#domain/verification/verification.ts'
import type { StaffName } from '../policy/elevated-threats.ts'
import { now } from '#platform/database/model.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { OwnText } from './models.ts'

/** One message as it is written: its kind, on a channel, in a language. */
export type MessageOf = {
  readonly kind: MessageKind
  readonly channel: Channel
  readonly language: Language
}

/** `proposed` waits for a second admin · `in_force` · `replaced` by later ones · `declined` · `withdrawn`. */
export type TextState = 'proposed' | 'in_force' | 'replaced' | 'declined' | 'withdrawn'

/** A row of the history of one message. Times are ISO 8601 UTC; no text: back to the standard words. */
export type TextVersion = MessageOf & {
  readonly id: string
  readonly state: TextState
  readonly subject: string | null
  readonly text: string | null
  readonly reason: string
  readonly proposedBy: StaffName
  readonly proposedAt: string
  readonly decidedBy: StaffName | null
  readonly decidedAt: string | null
}

const columns = `w.id, w.kind, w.channel, w.language, w.subject, w.text, w.reason,
  case when w.ended_at is not null then case when w.ended_by = w.proposed_by then 'withdrawn' else 'declined' end
    when w.accepted_at is null then 'proposed'
    when exists (select from message_texts l where l.tenant_id = w.tenant_id and l.kind = w.kind and l.channel = w.channel
      and l.language = w.language and (l.accepted_at, l.id) > (w.accepted_at, w.id)) then 'replaced'
    else 'in_force' end as state,
  json_build_object('id', w.proposed_by, 'name', w.proposed_by_name) as "proposedBy", iso_instant(w.proposed_at) as "proposedAt",
  case when coalesce(w.accepted_at, w.ended_at) is not null then json_build_object('id', coalesce(w.accepted_by, w.ended_by),
    'name', coalesce(w.accepted_by_name, w.ended_by_name)) end as "decidedBy",
  iso_instant(coalesce(w.accepted_at, w.ended_at)) as "decidedAt"`

/** The texts that are in force or proposed, of every message of the tenant. */
export const listTexts = (tx: Tx): Promise<TextVersion[]> =>
  tx.query<TextVersion>(
    `select * from (select ${columns} from message_texts w where w.tenant_id = $1) w where w.state in ('in_force', 'proposed')`,
    [tx.tenantId],
  )

/** The last versions of one message, newest first. */
export const textHistory = (tx: Tx, of: MessageOf, limit: number): Promise<TextVersion[]> =>
  tx.query<TextVersion>(
    `select ${columns} from message_texts w where w.tenant_id = $1 and w.kind = $2 and w.channel = $3 and w.language = $4
     order by w.proposed_at desc, w.id limit $5`,
    [tx.tenantId, of.kind, of.channel, of.language, limit],
  )

/** One version, or undefined: unknown, or another tenant's. */
export const readText = (tx: Tx, id: string): Promise<TextVersion | undefined> =>
  tx.one<TextVersion>(`select ${columns} from message_texts w where w.tenant_id = $1 and w.id = $2`, [
    tx.tenantId,
    id,
  ])

/** An own text, as a message is written with it. */
export type TextInForce = MessageText & { readonly id: string }

/** The own text in force of a message; null where it has the standard one, or the own text lacks something that the message needs by now. */
export const ownTextOf = async (tx: Tx, of: MessageOf): Promise<TextInForce | null> => {
  const row = await tx.one<{ id: string; subject: string | null; text: string | null }>(
    `select id, subject, text from message_texts
     where tenant_id = $1 and kind = $2 and channel = $3 and language = $4 and accepted_at is not null
     order by accepted_at desc, id desc limit 1`,
    [tx.tenantId, of.kind, of.channel, of.language],
    'own_words',
  )
  if (row === undefined || row.text === null) return null
  const own = { ...row, text: row.text }
  return isComplete(of.kind, own) ? own : null
}

/** A proposed text, or a proposal to go back to the standard text. */
export type NewText = MessageOf & {
  readonly id: string
  readonly messageText: MessageText | null
  readonly reason: string
  readonly by: StaffName
}

/**
 * Stores a proposal; an open one by the same admin for the message is taken back with it. False: another admin's is open. A
 * proposal without words is in force at once, and takes every open proposal with it: standard words need no second admin.
 */
export const addText = async (tx: Tx, { messageText, by, ...row }: NewText): Promise<boolean> => {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`message_texts/${tx.tenantId}`])
  const { kind, channel, language } = row
  await OwnText.of(tx)
    .where({ kind, channel, language, acceptedAt: null, endedAt: null })
    .where(messageText === null ? {} : { proposedBy: by.id })
    .patch({ endedBy: by.id, endedByName: by.name, endedAt: now() })
  return OwnText.add(tx, {
    ...{ ...row, ...messageText, proposedBy: by.id, proposedByName: by.name },
    ...(messageText === null ? acceptedBy(by) : {}),
  })
}

/** By the clock, not the transaction: of two that are accepted at once, the later one holds. */
const acceptedBy = ({ id, name }: StaffName) => ({
  ...{ acceptedBy: id, acceptedByName: name, acceptedAt: raw('clock_timestamp()') },
})

/** Accepts an open proposal, by another admin than its author, or ends it. False: another admin was quicker. */
export const decideText = async (
  tx: Tx,
  id: string,
  { by, isAccepted }: { readonly by: StaffName; readonly isAccepted: boolean },
): Promise<boolean> => {
  const open = OwnText.of(tx).where({ id, acceptedAt: null, endedAt: null })
  const decided = isAccepted
    ? open.where('proposedBy', '<>', by.id).patch(acceptedBy(by))
    : open.patch({ endedBy: by.id, endedByName: by.name, endedAt: now() })
  return (await decided) === 1
}
