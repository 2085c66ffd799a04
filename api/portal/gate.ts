import type { Policy } from '#domain/policy/policy.ts'
import { evaluateChecks } from '#domain/risk/evaluate.ts'
import { questionsAllowed } from '#domain/risk/gate.ts'
import { score } from '#domain/risk/score.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { gatherRiskFacts, noChallenge } from '#services/risk/risk-facts.ts'
import type { ApiDeps } from '../deps.ts'

/**
 * Decides if questions may be shown: no critical check, and the silent score under the policy's limit. The same facts,
 * checks and score as the decision later, on what is known now.
 */
export const gateOf = async (
  deps: Pick<ApiDeps, 'keys' | 'factTools'>,
  tx: Tx,
  verificationId: string,
  policy: Policy,
): Promise<'open' | 'closed'> => {
  const facts = await gatherRiskFacts(deps, tx, verificationId, noChallenge, Date.now())
  const results = evaluateChecks(facts, policy.score)
  const risk = score(results, policy.score)
  return questionsAllowed(results, risk) ? 'open' : 'closed'
}
