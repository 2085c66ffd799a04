/** Changes of the policy that weaken it and wait for a second admin (D13). */
import type { Policy } from '#domain/policy/policy.ts'
import type { StaffName } from './elevated-threats.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** Days after which a proposal that nobody decided is over. */
export const proposalDays = 7

/** A proposal that is open. Times are ISO 8601 UTC. */
export type OpenProposal = {
  readonly id: string
  readonly reason: string
  readonly proposedBy: StaffName
  readonly proposedAt: string
  readonly expiresAt: string
  /** As it was proposed; its `version` is the one it was made from. */
  readonly policy: Policy
}

type Row = Omit<OpenProposal, 'policy'> & {
  readonly document: Omit<Policy, 'version'>
  readonly baseVersion: number
}

const columns = `id, reason, json_build_object('id', proposed_by, 'name', proposed_by_name) as "proposedBy",
  iso_instant(proposed_at) as "proposedAt", iso_instant(expires_at) as "expiresAt", document,
  base_version as "baseVersion"`

const proposal = ({ document, baseVersion, ...row }: Row): OpenProposal => ({
  ...row,
  policy: { ...document, version: baseVersion },
})

/** Open proposals, newest first, at most twenty. */
export const openProposals = async (tx: Tx): Promise<readonly OpenProposal[]> => {
  const rows = await tx.query<Row>(
    `select ${columns} from policy_proposals where tenant_id = $1 and state = 'open' and expires_at > now()
     order by proposed_at desc, id desc limit 20`,
    [tx.tenantId],
  )
  return rows.map(proposal)
}

/** Whether any proposal waits for a second admin. */
export const hasOpenProposal = async (tx: Tx): Promise<boolean> => {
  const row = await tx.one<{ waits: boolean }>(
    `select exists (select from policy_proposals where tenant_id = $1 and state = 'open' and expires_at > now()) as waits`,
    [tx.tenantId],
  )
  return row?.waits === true
}

/** A proposal whatever its state, or undefined. */
export const readProposal = async (
  tx: Tx,
  id: string,
): Promise<(OpenProposal & { readonly isOpen: boolean }) | undefined> => {
  const row = await tx.one<Row & { isOpen: boolean }>(
    `select ${columns}, state = 'open' and expires_at > now() as "isOpen" from policy_proposals
     where tenant_id = $1 and id = $2`,
    [tx.tenantId, id],
  )
  if (row === undefined) return undefined
  const { isOpen, ...rest } = row
  return { ...proposal(rest), isOpen }
}

/** What is proposed, by whom and why. */
export type NewProposal = {
  readonly id: string
  readonly policy: Policy
  readonly by: StaffName
  readonly reason: string
  /** Paths of the weakened fields. */
  readonly weakened: readonly string[]
}

/** Stores a proposal; the same id again changes nothing. */
export const addProposal = async (
  tx: Tx,
  { id, policy: { version: base, ...document }, by, reason, weakened }: NewProposal,
): Promise<void> => {
  await tx.run(
    `insert into policy_proposals (tenant_id, id, base_version, document, reason, weakened, proposed_by,
       proposed_by_name, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(days => $9)) on conflict do nothing`,
    [tx.tenantId, id, base, JSON.stringify(document), reason, weakened, by.id, by.name, proposalDays],
  )
}

/** How a proposal ended. */
export type ProposalEnd = {
  readonly state: 'accepted' | 'declined' | 'withdrawn'
  readonly by: StaffName
  readonly reason: string
  readonly savedVersion: number | null
}

/** Ends an open proposal. False: it is over already. */
export const endProposal = async (tx: Tx, id: string, end: ProposalEnd): Promise<boolean> => {
  const changed = await tx.run(
    `update policy_proposals set state = $3, decided_by = $4, decided_by_name = $5, decided_at = now(),
       decision_reason = $6, saved_version = $7
     where tenant_id = $1 and id = $2 and state = 'open' and expires_at > now()`,
    [tx.tenantId, id, end.state, end.by.id, end.by.name, end.reason, end.savedVersion],
  )
  return changed === 1
}
