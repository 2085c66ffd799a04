/** Links: only hashes of their tokens are stored; single use is one guarded write (C2, C4, C11, C12). */
import type { LinkBinding } from '#domain/link.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** A link that is about to be sent. */
export type NewLink = {
  readonly id: string
  readonly verificationId: string
  readonly personId: string
  readonly purpose: string
  readonly policyVersion: number
  readonly ordinal: number
  readonly channel: string
  readonly contactId: string
  readonly contactValueIndex: Buffer
  readonly tokenHash: Buffer
  readonly tokenMark: Buffer
  readonly seconds: number
  readonly maxTries: number
}

/**
 * Stores a new link with its code challenge and kills the older ones of the verification, their portal sessions with
 * them (C11). A repeated attempt replaces the token of the same ordinal. Gives the expiry, ISO 8601 UTC.
 */
export const addLink = async (tx: Tx, link: NewLink): Promise<string> => {
  const older = tx.run(
    `update links set superseded_at = now() where tenant_id = $1 and verification_id = $2 and ordinal <> $3
       and used_at is null and superseded_at is null and voided_at is null`,
    [tx.tenantId, link.verificationId, link.ordinal],
    'supersede_links',
  )
  const sessions = tx.run(
    `update portal_sessions set ended_at = now(), end_reason = 'superseded'
     where tenant_id = $1 and verification_id = $2 and ended_at is null`,
    [tx.tenantId, link.verificationId],
    'supersede_sessions',
  )
  const added = tx.one<{ expires_at: Date }>(
    `insert into links (tenant_id, id, verification_id, person_id, purpose, policy_version, ordinal, channel, contact_id,
       contact_value_index, token_hash, expires_at, token_mark)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, now() + make_interval(secs => $12), $13)
     on conflict (tenant_id, verification_id, ordinal)
     do update set token_hash = excluded.token_hash, token_mark = excluded.token_mark, created_at = now(),
       expires_at = excluded.expires_at
     returning expires_at`,
    [
      tx.tenantId,
      link.id,
      link.verificationId,
      link.personId,
      link.purpose,
      link.policyVersion,
      link.ordinal,
      link.channel,
      link.contactId,
      link.contactValueIndex,
      link.tokenHash,
      link.seconds,
      link.tokenMark,
    ],
    'add_link',
  )
  const challenge = addChallenge(tx, { ...link, kind: 'match', contactId: null })
  const [row] = await Promise.all([added, older, sessions, challenge])
  return (row?.expires_at ?? new Date(0)).toISOString()
}

/** A code that may now be tried. */
export type NewChallenge = {
  readonly verificationId: string
  readonly kind: 'match' | 'second'
  readonly ordinal: number
  readonly personId: string
  readonly contactId: string | null
  readonly seconds: number
  readonly maxTries: number
}

/** Opens a code challenge; the code itself is derived, never stored (C2). */
export const addChallenge = async (tx: Tx, challenge: NewChallenge): Promise<void> => {
  await tx.run(
    `insert into code_challenges (tenant_id, verification_id, kind, ordinal, person_id, contact_id, max_tries, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(secs => $8))
     on conflict (tenant_id, verification_id, kind, ordinal) do update set expires_at = excluded.expires_at, contact_id = excluded.contact_id`,
    [
      tx.tenantId,
      challenge.verificationId,
      challenge.kind,
      challenge.ordinal,
      challenge.personId,
      challenge.contactId,
      challenge.maxTries,
      challenge.seconds,
    ],
    'add_challenge',
  )
}

/** The expiry of a link, ISO 8601 UTC; the epoch when there is none. */
export const linkExpiry = async (tx: Tx, verificationId: string, ordinal: number): Promise<string> => {
  const row = await tx.one<{ expires_at: Date }>(
    'select expires_at from links where tenant_id = $1 and verification_id = $2 and ordinal = $3',
    [tx.tenantId, verificationId, ordinal],
    'link_expiry',
  )
  return (row?.expires_at ?? new Date(0)).toISOString()
}

/** A link that nobody may use any more. */
export const voidLink = async (tx: Tx, linkId: string): Promise<void> => {
  await tx.run(
    `update links set voided_at = now() where tenant_id = $1 and id = $2
       and used_at is null and superseded_at is null and voided_at is null`,
    [tx.tenantId, linkId],
  )
}

/** Counts live links of other verifications of this person (C11: at most two in all). */
export const countOtherLiveLinks = async (
  tx: Tx,
  personId: string,
  verificationId: string,
): Promise<number> => {
  const row = await tx.one<{ n: number }>(
    `select count(*) as n from links where tenant_id = $1 and person_id = $2 and verification_id <> $3
       and used_at is null and superseded_at is null and voided_at is null and expires_at > now()`,
    [tx.tenantId, personId, verificationId],
    'count_other_live_links',
  )
  return row?.n ?? 0
}

/**
 * Consumes a link: one guarded write, by the database's clock, only while everything it is bound to is as it was when it
 * was sent (C3, C4, C10, C12). False: it was used, superseded, void, too old, or it is of another case, person, purpose,
 * channel, policy or contact.
 */
export const consumeLink = async (
  tx: Tx,
  linkId: string,
  verificationId: string,
  codeSeconds: number,
): Promise<boolean> => {
  const changed = await tx.run(
    `update links l set used_at = now()
     where l.tenant_id = $1 and l.id = $2 and l.verification_id = $3
       and l.used_at is null and l.superseded_at is null and l.voided_at is null and l.expires_at > now()
       and l.created_at > now() - make_interval(secs => $4)
       and exists (select from contacts c where c.tenant_id = l.tenant_id and c.id = l.contact_id
         and c.person_id = l.person_id and c.removed_at is null and c.value_index = l.contact_value_index
         and c.kind = case l.channel when 'sms' then 'phone' else 'email' end)
       and exists (select from verifications v where v.tenant_id = l.tenant_id and v.id = l.verification_id
         and v.person_id = l.person_id and v.purpose = l.purpose and v.policy_version = l.policy_version)`,
    [tx.tenantId, linkId, verificationId, codeSeconds],
    'consume_link',
  )
  return changed > 0
}

/**
 * Reads what a link was bound to when it was sent, and what is there now; undefined when there is no such link (C10).
 */
export const readBindings = async (
  tx: Tx,
  linkId: string,
  verificationId: string,
): Promise<{ readonly sent: LinkBinding; readonly now: LinkBinding } | undefined> => {
  const row = await tx.one<{ sent: LinkBinding; now: LinkBinding }>(
    `select jsonb_build_object('tenantId', l.tenant_id, 'verificationId', l.verification_id, 'personId', l.person_id,
         'purpose', l.purpose, 'channel', l.channel, 'contactId', l.contact_id,
         'contactIndex', encode(l.contact_value_index, 'hex'), 'policyVersion', l.policy_version) as sent,
       jsonb_build_object('tenantId', v.tenant_id, 'verificationId', v.id, 'personId', v.person_id,
         'purpose', v.purpose, 'channel', case c.kind when 'phone' then 'sms' when 'email' then 'email' end,
         'contactId', c.id, 'contactIndex', encode(c.value_index, 'hex'), 'policyVersion', v.policy_version) as now
     from links l join verifications v on v.tenant_id = l.tenant_id and v.id = $3
     left join contacts c on c.tenant_id = l.tenant_id and c.id = l.contact_id and c.person_id = v.person_id
       and c.removed_at is null
     where l.tenant_id = $1 and l.id = $2`,
    [tx.tenantId, linkId, verificationId],
  )
  return row
}

/** Voids what is still live of a verification that has ended. */
export const voidLinks = async (tx: Tx, verificationId: string): Promise<void> => {
  await tx.run(
    `update links set voided_at = now() where tenant_id = $1 and verification_id = $2
       and used_at is null and superseded_at is null and voided_at is null`,
    [tx.tenantId, verificationId],
    'void_links',
  )
}
