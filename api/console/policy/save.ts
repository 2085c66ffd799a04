import { weakenings } from '#domain/policy/compare.ts'
import { policyDiff } from '#domain/policy/diff.ts'
import type { Policy } from '#domain/policy/policy.ts'
import { notify } from '#platform/database/notify.ts'
import { addProposal } from '#services/policy/policy-proposals.ts'
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
import { requireLinked } from '../second-approvers/two-people.ts'
import { comparison, draftOf } from './drafts.ts'

/** Says what a draft would change and by which fields it would weaken the policy in force. */
export const previewPolicy = ({ db }: ApiDeps) =>
  bind('console.previewPolicy', ({ staff, body }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const { policy } = await currentVersion(tx)
      requireBase(body.policy, policy)
      return comparison(policy, draftOf(body.policy, policy))
    }),
  )

/** @throws Refused policy_changed when a draft was made from another version than the one in force */
const requireBase = (draft: { readonly version: number }, current: Policy): void => {
  if (draft.version !== current.version) throw new Refused('policy_changed', { version: current.version })
}

type Change = {
  readonly staff: StaffCaller
  readonly id: string
  readonly draft: Policy
  readonly reason: string
  readonly paths: readonly string[]
}

const nameOf = (staff: StaffCaller) => ({ id: staff.staffId, name: staff.name })

const saveNow = async (tx: Tx, { staff, draft, reason, paths }: Change) => {
  const saved = await saveVersion(tx, {
    policy: draft,
    by: nameOf(staff),
    reason,
    acceptedBy: null,
    delaySeconds: 0,
  })
  if (saved === undefined) throw new Refused('policy_changed')
  await notify(tx, 'settings', staff.tenantId)
  await recordEvents(tx, actorOf(staff), null, [
    {
      type: 'policy.saved',
      object: { kind: 'policy', id: String(saved.version) },
      payload: { version: saved.version, madeFrom: draft.version, changed: paths },
    },
  ])
  return { status: 'saved' as const, version: saved.version, proposalId: null }
}

const propose = async (tx: Tx, { staff, id, draft, reason }: Change, weakened: readonly string[]) => {
  requireLinked(staff)
  await addProposal(tx, { id, policy: draft, by: nameOf(staff), reason, weakened })
  await tellAdmins(tx, { kind: 'proposed', about: id, byName: staff.name, takesEffectAt: null })
  await notify(tx, 'settings', staff.tenantId)
  await recordEvents(tx, actorOf(staff), null, [
    {
      type: 'policy.proposed',
      object: { kind: 'policy', id },
      payload: { madeFrom: draft.version, weakened },
    },
  ])
  return { status: 'proposed' as const, version: null, proposalId: id }
}

/**
 * Saves a draft as the next version. Whether it weakens is computed here, whatever the caller says (D14): then
 * it becomes a proposal that a second admin has to accept (D13).
 */
export const savePolicy = ({ db }: ApiDeps) =>
  bind('console.savePolicy', ({ staff, body, operationId }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const { policy } = await currentVersion(tx)
      requireBase(body.policy, policy)
      const draft = draftOf(body.policy, policy)
      const paths = policyDiff(policy, draft).map(({ path }) => path)
      if (paths.length === 0)
        return { status: 'unchanged' as const, version: policy.version, proposalId: null }
      if (await hasApproved(tx, staff.staffId)) throw new Refused('policy_and_cases')
      const change = { staff, id: operationId, draft, reason: body.reason, paths }
      const weakened = weakenings(policy, draft).map(({ path }) => path)
      return weakened.length > 0 ? propose(tx, change, weakened) : saveNow(tx, change)
    }),
  )
