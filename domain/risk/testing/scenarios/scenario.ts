/** How a check is shown to work: a case in which it fires, and its known false positive. */
import type { RiskFacts } from '../../facts.ts'

/** What `verdictOf` says of a case. */
export type Shown = readonly [facts: RiskFacts, verdict: string]

/** By check code. */
export type Scenarios = Readonly<
  Record<
    string,
    {
      readonly fires: Shown
      /** The known false positive: the check keeps quiet, or costs only what the catalogue says */
      readonly spares: readonly [who: string, ...shown: Shown]
    }
  >
>
