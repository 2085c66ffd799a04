/** Listens to every page of a browser context: what it must never do during any journey. */
import type { BrowserContext, Page } from '@playwright/test'

/** The events that were noticed. */
export type Noticed = {
  /** Origins that anything was requested from. */
  readonly origins: Set<string>
  /** Words of violated policies (F9). */
  readonly violations: string[]
  /** Scripts that failed. */
  readonly errors: string[]
}

const watchPage = (page: Page, noticed: Noticed): void => {
  page.on('pageerror', (error) => noticed.errors.push(error.message))
  page.on('console', (message) => {
    const text = message.text()
    if (/content security policy|trusted ?types|permissions policy violation/i.test(text))
      noticed.violations.push(text)
  })
}

/** Begins to listen; before the context has a page. */
export const watch = async (context: BrowserContext): Promise<Noticed> => {
  const noticed: Noticed = { origins: new Set(), violations: [], errors: [] }
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol === 'http:' || protocol === 'https:' || protocol === 'ws:') noticed.origins.add(origin)
  })
  context.on('page', (page) => {
    watchPage(page, noticed)
  })
  // A violation in a worker or a frame reaches no console of the page; the event reaches every document.
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      reportError(new Error(`content security policy: ${violatedDirective} ${blockedURI}`))
    })
  })
  return noticed
}
