/**
 * The steps of a verification, in order. Reaching a step implies the ones before: providers of e-mail report no
 * delivery, and a page may be seen by a browser that tells nobody. `done`: the account was changed, or for a purpose
 * that ends with its result, the result was positive.
 */
export const funnelSteps = [
  'sent',
  'delivered',
  'opened',
  'code',
  'answered',
  'scored',
  'approved',
  'done',
] as const

/** One step of the funnel. */
export type FunnelStep = (typeof funnelSteps)[number]

/** The step's place: 1 for the first; 0 is for a verification that has reached none. */
export const placeOfStep = (step: FunnelStep): number => funnelSteps.indexOf(step) + 1
