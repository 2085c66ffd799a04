import type { Page } from '@playwright/test'

/**
 * Lists elements that reach beyond their box sideways: the page, or a tile, card or stacked table that should fit; and
 * tags in two halves.
 */
export const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const wide = [...document.querySelectorAll('html, .content, #content, .tile, .card, table.stacks')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
      .map(
        (box) => `${box.tagName} ${box.className}: ${String(box.scrollWidth)} in ${String(box.clientWidth)}`,
      )
    const torn = [...document.querySelectorAll('.tag')]
      .filter((tag) => tag.getClientRects().length > 1)
      .map(({ textContent }) => `in two halves: ${textContent}`)
    return [...wide, ...torn]
  })
