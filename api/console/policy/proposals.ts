import { notify } from '#platform/database/notify.ts'
import { endProposal, readProposal, type OpenProposal } from '#services/policy/policy-proposals.ts'
import { currentVersion, saveVersion } from '#services/policy/policy-versions.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { tellAdmins } from '#services/staff/staff-notices.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { hasApproved } from '#services/staff/two-roles.ts'
import { bind } from '../../http/bind.ts'
import type { StaffCaller } from '../../http/callers.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { actorOf } from '../scope.ts'
import { requireAnother } from '../second-approvers/two-people.ts'
import { delaySeconds } from './delay.ts'

type Decision = { readonly decision: 'accept' | 'decline' | 'withdraw'; readonly reason: string }

const ends = { accept: 'accepted', decline: 'declined', withdraw: 'withdrawn' } as const

/**
 * The person who proposed may take it back, and nothing else; accepting is for another person, declining for another
 * account.
 */
const requirePerson = async (
  tx: Tx,
  staff: StaffCaller,
  { proposedBy }: OpenProposal,
  { decision }: Decision,
): Promise<void> => {
  const isProposer = proposedBy.id === staff.staffId
  if (isProposer !== (decision === 'withdraw')) throw new Refused('second_person_required')
  if (decision === 'accept') await requireAnother(tx, staff, [proposedBy.id])
}

const accept = async (tx: Tx, staff: StaffCaller, proposal: OpenProposal) => {
  const { policy: current } = await currentVersion(tx)
  // The proposal was shown and weighed as a change of another policy.
  if (current.version !== proposal.policy.version) throw new Refused('proposal_over')
  const saved = await saveVersion(tx, {
    policy: proposal.policy,
    by: proposal.proposedBy,
    reason: proposal.reason,
    acceptedBy: { id: staff.staffId, name: staff.name },
    delaySeconds,
  })
  if (saved === undefined) throw new Refused('policy_changed')
  return saved
}

/** The proposal if this person may end it so, now. @throws Refused not_found, proposal_over, or as `requireAnother` */
const proposalFor = async (
  tx: Tx,
  staff: StaffCaller,
  id: string,
  decision: Decision,
): Promise<OpenProposal> => {
  const proposal = await readProposal(tx, id)
  if (proposal === undefined) throw new Refused('not_found')
  if (!proposal.isOpen) throw new Refused('proposal_over')
  await requirePerson(tx, staff, proposal, decision)
  return proposal
}

const tellAccepted = (
  tx: Tx,
  staff: StaffCaller,
  saved: { version: number | null; effectiveAt: string | null },
) =>
  tellAdmins(tx, {
    kind: 'accepted',
    about: String(saved.version),
    byName: staff.name,
    takesEffectAt: saved.effectiveAt,
  })

const none = { version: null, effectiveAt: null }

/** Ends a proposal: another admin accepts or declines, who proposed it takes it back. */
export const decideProposal = ({ db }: ApiDeps) =>
  bind('console.decideProposal', ({ staff, params: { proposalId }, body }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const proposal = await proposalFor(tx, staff, proposalId, body)
      if (body.decision === 'accept' && (await hasApproved(tx, staff.staffId)))
        throw new Refused('policy_and_cases')
      const saved = body.decision === 'accept' ? await accept(tx, staff, proposal) : none
      const state = ends[body.decision]
      const by = { id: staff.staffId, name: staff.name }
      const isEnded = await endProposal(tx, proposalId, {
        state,
        by,
        reason: body.reason,
        savedVersion: saved.version,
      })
      if (!isEnded) throw new Refused('proposal_over')
      await notify(tx, 'settings', staff.tenantId)
      if (body.decision === 'accept') await tellAccepted(tx, staff, saved)
      await recordEvents(tx, actorOf(staff), null, [
        {
          type: `policy.${state}`,
          object: { kind: 'policy', id: proposalId },
          payload: { proposedBy: proposal.proposedBy.id, version: saved.version },
        },
      ])
      return saved
    }),
  )
