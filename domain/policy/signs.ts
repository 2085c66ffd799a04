/** Signs: findings for which a case must bring more than its score asks. Neither a contact nor an answer buys one back. */
import { askOf, askSetFor, isHit, oneMoreKind } from '../risk/asks.ts'
import type { Ask, CheckCode } from '../risk/check.ts'
import type { ResultFacts } from './evidence.ts'
import type { Policy } from './policy.ts'

const form = /^(?:NET|END|PER|CHA|POS)_/

/** True if a reason of a decision is the check whose finding asks for something. */
export const isSign = (reason: string): reason is CheckCode => form.test(reason)

/** The checks of a case whose hits ask for one of these, each once; shadow results ask for nothing. */
export const signsThatAsk = (
  { results, policy }: { readonly results: readonly ResultFacts[]; readonly policy: Policy },
  wanted: readonly Ask[],
): readonly CheckCode[] => [
  ...new Set(
    results
      .filter((result) => isHit(result) && wanted.includes(askOf(result.code, policy.score)))
      .map(({ code }) => code)
      .filter(isSign),
  ),
]

/** True if a reason of a decision is a sign that asked for one more kind under this policy. */
export const asksOneMoreKind = (reason: string, { score }: Policy): boolean =>
  isSign(reason) && oneMoreKind.includes(askSetFor(reason, score))
