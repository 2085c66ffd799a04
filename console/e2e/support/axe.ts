/** Accessibility of a page as a machine can judge it: WCAG 2.2, levels A and AA. */
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/**
 * Faults of the page as it is now, each by rule and place. Runs in the page itself, since no page of ours has frames:
 * otherwise each look would open another page to put the parts together. Returns only faults.
 */
export const faultsOf = async (page: Page): Promise<string[]> => {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const { violations } = await axe.withTags(tags).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
  )
}

/** Fails when the page has a fault. `name`: which page it is, for the report. */
export const expectAccessible = async (page: Page, name: string): Promise<void> => {
  expect(await faultsOf(page), `accessibility of ${name}`).toEqual([])
}
