/** Changes of the policy that weaken it and wait for a second admin (D13). */
import { raw } from 'objection'
import type { Policy } from '#domain/policy/policy.ts'
import type { StaffName } from './elevated-threats.ts'
import { idAndName, inDays, instant, now } from '#platform/database/model.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { PolicyProposal } from './models.ts'

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

const columns = () => [
  ...['id', 'reason', 'document', 'baseVersion'],
  ...[idAndName('proposedBy'), instant('proposedAt'), instant('expiresAt')],
]

const open = (tx: Tx) => PolicyProposal.of(tx).where({ state: 'open' }).where('expiresAt', '>', now())

const proposal = ({ document, baseVersion, ...row }: Row): OpenProposal => ({
  ...row,
  policy: { ...document, version: baseVersion },
})

/** Open proposals, newest first, at most twenty. */
export const openProposals = async (tx: Tx): Promise<readonly OpenProposal[]> => {
  const newest = open(tx).orderBy('proposedAt', 'desc').orderBy('id', 'desc').limit(20)
  return (await newest.select(columns()).castTo<Row[]>()).map(proposal)
}

/** True if any proposal waits for a second admin. */
export const hasOpenProposal = async (tx: Tx): Promise<boolean> =>
  (await open(tx).select('id').first()) !== undefined

/** A proposal whatever its state, or undefined. */
export const readProposal = async (
  tx: Tx,
  id: string,
): Promise<(OpenProposal & { readonly isOpen: boolean }) | undefined> => {
  const row = await PolicyProposal.of(tx)
    .findOne({ id })
    .select(...columns(), raw("state = 'open' and expires_at > now()").as('isOpen'))
    .castTo<(Row & { isOpen: boolean }) | undefined>()
  if (row === undefined) return undefined
  const { isOpen, ...rest } = row
  return { ...proposal(rest), isOpen }
}

/** A change that is proposed, by whom and why. */
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
  await PolicyProposal.add(tx, {
    ...{ id, baseVersion: base, document, reason, weakened },
    ...{ proposedBy: by.id, proposedByName: by.name, expiresAt: inDays(proposalDays) },
  })
}

/** The end of a proposal. */
export type ProposalEnd = {
  readonly state: 'accepted' | 'declined' | 'withdrawn'
  readonly by: StaffName
  readonly reason: string
  readonly savedVersion: number | null
}

/** Ends an open proposal. False: it is over already. */
export const endProposal = async (tx: Tx, id: string, end: ProposalEnd): Promise<boolean> => {
  const { state, by, reason, savedVersion } = end
  const decided = { decidedBy: by.id, decidedByName: by.name, decidedAt: now(), decisionReason: reason }
  return (
    (await open(tx)
      .where({ id })
      .patch({ state, ...decided, savedVersion })) === 1
  )
}
