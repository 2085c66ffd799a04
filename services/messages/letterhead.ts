/** The organisation, as it signs its messages, and the case that a message is about. */
import type { Tx } from '#platform/database/transaction.ts'

/** A case by the row that is there, or, before it is, by the agent and the ticket that began it. */
export type CaseOf =
  { readonly verificationId: string } | { readonly agentId: string | null; readonly ticket: string | null }

/** The name that a mail comes from, and the address that answers go to, where the organisation named them. */
export type Sender = { readonly name: string | null; readonly replyTo: string | null }

/** Everything that a message says beside its own words. */
export type Letterhead = {
  readonly organisation: string
  readonly sender: Sender
  readonly phone: string | null
  /** The organisation's own time zone. */
  readonly zone: string
  readonly agent: string | null
  readonly ticket: string | null
}

type Row = Omit<Letterhead, 'sender' | 'zone'> & {
  readonly senderName: string | null
  readonly replyTo: string | null
  readonly zone: string | null
}

/** Reads all of it in one statement, since every message of a verification asks. @throws when the tenant is gone */
export const readLetterhead = async (tx: Tx, of: CaseOf | null): Promise<Letterhead> => {
  const [verificationId, agentId, ticket] =
    of === null
      ? [null, null, null]
      : 'verificationId' in of
        ? [of.verificationId, null, null]
        : [null, of.agentId, of.ticket]
  const row = await tx.one<Row>(
    `select t.name as organisation, t.settings ->> 'helpdeskPhone' as phone, t.settings ->> 'timeZone' as zone,
       t.settings ->> 'senderName' as "senderName", t.settings ->> 'replyTo' as "replyTo",
       coalesce(case when v.referrer_kind = 'agent' then v.referrer_name end, s.display_name) as agent,
       coalesce(v.ticket, $4) as ticket
     from tenants t
     left join verifications v on v.tenant_id = t.id and v.id = $2
     left join staff s on s.tenant_id = t.id and s.id = $3
     where t.id = $1`,
    [tx.tenantId, verificationId, agentId, ticket],
    'read_letterhead',
  )
  if (row === undefined) throw new Error('the organisation of this transaction is not there')
  const { senderName: name, replyTo, zone, ...rest } = row
  return { ...rest, zone: zone ?? 'UTC', sender: { name, replyTo } }
}

/** The case of a message that may go out before its row is written. */
export const caseOf = (ref: {
  readonly referrer: { readonly kind: string; readonly id: string }
  readonly ticket: string | null
}): CaseOf => ({ agentId: ref.referrer.kind === 'agent' ? ref.referrer.id : null, ticket: ref.ticket })
