/**
 * All that silent checks and the score may look at: plain JSON, gathered by an activity (or by the API for the gate
 * before questions) and stored with the result, so that a case can be computed again to the same number.
 *
 * `null` always means *unknown*: we looked and have nothing. What was never set up has a field that says so
 * (`configured: false`), because "not applicable" costs no coverage and "unknown" does.
 * Times are epoch milliseconds; countries ISO 3166-1 alpha-2, upper case.
 */
import type { ChallengeFacts, PossessionFacts } from './facts/answers.ts'
import type { EndpointFacts } from './facts/endpoint.ts'
import type { NetworkFacts } from './facts/network.ts'
import type { PersonaFacts } from './facts/persona.ts'

export type * from './facts/answers.ts'
export type * from './facts/endpoint.ts'
export type * from './facts/network.ts'
export type * from './facts/persona.ts'

export type RiskFacts = {
  /** The moment of evaluation; the only clock the checks know */
  at: number
  network: NetworkFacts
  endpoint: EndpointFacts
  persona: PersonaFacts
  challenge: ChallengeFacts
  possession: PossessionFacts
}
