import fc from 'fast-check'

/**
 * Holds a claim over draws: first over the same ones in every run, of which `drawn` says that there was enough to claim
 * something of, then over as many new ones. So a claim is tried on ever new cases, while how many of a kind were drawn
 * is no matter of chance.
 */
export const holds = <Drawn>(
  claim: fc.IPropertyWithHooks<Drawn>,
  numRuns: number,
  drawn: () => void,
): void => {
  fc.assert(claim, { numRuns, seed: 20_261_126 })
  drawn()
  fc.assert(claim, { numRuns })
}
