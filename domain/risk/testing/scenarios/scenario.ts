/** A check is shown to work by a case in which it fires, and its known false positive. */
import type { RiskFacts } from '../../facts.ts'

/** A case, and the verdict that `verdictOf` gives. */
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
