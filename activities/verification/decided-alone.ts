/** An approval by the policy alone is held to who the participant is in the directory at that moment (D1, D2). */
import type { PolicyDecision } from '#domain/policy/decide.ts'
import { ruleInForce, underPrivilege } from '#domain/policy/elevated.ts'
import { isThreatElevated } from '#services/policy/elevated-threats.ts'
import { readPolicy } from '#services/policy/policies.ts'
import { readPrivilegeFound } from '#services/risk/privilege-found.ts'
import { inOneTrip, type Tx } from '#platform/database/transaction.ts'
import { hasMoved } from '#services/verifications/verifications.ts'
import type { ScoreInput } from '#workflows/verification/activity-types.ts'
import type { ActivityDeps } from '../ports.ts'
import { lookForPrivilege } from './live-privilege.ts'

/** True if nobody but the policy may look at this case; a case that moved already was looked at. */
const isDecidedAlone = (
  { db }: Pick<ActivityDeps, 'db'>,
  { case: ref, snapshot }: ScoreInput,
): Promise<boolean> =>
  inOneTrip(db, ref.tenantId, async (tx) => {
    const [moved, policy, isElevated] = await Promise.all([
      hasMoved(tx, ref, snapshot.seq),
      readPolicy(tx, ref.policyVersion),
      isThreatElevated(tx),
    ])
    if (ref.tier !== 'standard' || moved) return false
    return ruleInForce(policy, ref.purpose, ref.tier, isElevated).deciders === 'auto'
  })

/** Asks the directory before a case is scored that the policy may approve; three seconds at most, outside any transaction. */
export const lookBeforeScoring = async (
  deps: Pick<ActivityDeps, 'db' | 'openDirectory'>,
  input: ScoreInput,
): Promise<void> => {
  if (await isDecidedAlone(deps, input)) await lookForPrivilege(deps, input.case)
}

/**
 * The policy's answer in the form in which the worker may act on it without a decider. An approval is handed over, with that
 * reason, where the participant is privileged by now, or where their directory does not say that they are not. The answer is
 * stored as it was computed; a reader of the case later derives the same from it.
 */
export const asMayStandAlone = async (
  tx: Tx,
  { case: ref }: ScoreInput,
  decision: PolicyDecision,
  personTier: ScoreInput['case']['tier'],
): Promise<PolicyDecision> => {
  if (decision.closesAs !== 'passed' || ref.tier !== 'standard') return decision
  const found = personTier === 'privileged' ? 'privileged' : await readPrivilegeFound(tx, ref.verificationId)
  if (found === null) return decision
  return underPrivilege(decision, await readPolicy(tx, ref.policyVersion), ref, found)
}
