/** Invitations to set up a passkey: asked for by staff, sent by the worker's loop of notices, within the budgets of messages. */
import { mayEnrol } from '../passkeys/enrolments.ts'
import { takeSendTurn } from './send-counts.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** Days in which a person gets one invitation at most. */
export const invitationRestDays = 7

/** Invitations of one organisation within a day. */
const mostInvitationsPerDay = 500

/**
 * Adds an invitation for each of these people who may set up a passkey, has none, was not invited lately, and has a mailbox on
 * file: that of their work, if there is one. Gives whom.
 */
export const addInvitations = async (
  tx: Tx,
  personIds: readonly string[],
  excluded: readonly string[],
): Promise<readonly string[]> => {
  await takeSendTurn(tx)
  const rows = await tx.query<{ personId: string }>(
    `insert into notices (tenant_id, verification_id, person_id, kind, contact_id, channel)
     select $1, gen_random_uuid(), p.id, 'passkey_invitation', c.id, 'email'
     from people p cross join lateral (
       select id from contacts where tenant_id = $1 and person_id = p.id and kind = 'email' and removed_at is null
       order by label <> 'work', first_seen_at, id limit 1) c
     where p.tenant_id = $1 and p.id = any($2::uuid[]) and p.id <> all ($3::uuid[]) and ${mayEnrol}
       and not exists (select from passkeys k where k.tenant_id = $1 and k.person_id = p.id and k.removed_at is null)
       and not exists (select from notices n where n.tenant_id = $1 and n.person_id = p.id
         and n.kind = 'passkey_invitation' and n.created_at > now() - make_interval(days => $4))
     order by p.id
     limit greatest(0, $5 - (select count(*) from notices n where n.tenant_id = $1
       and n.kind = 'passkey_invitation' and n.created_at > now() - interval '1 day'))
     returning person_id as "personId"`,
    [tx.tenantId, personIds, excluded, invitationRestDays, mostInvitationsPerDay],
  )
  return rows.map(({ personId }) => personId)
}
