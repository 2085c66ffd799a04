import type { Page, Request } from '@playwright/test'

/** Watches what a visit does besides showing pages: requests, refusals of the page's policy, errors. */
export const watchVisit = async (page: Page) => {
  const requests: Request[] = []
  const refused: string[] = []
  const errors: string[] = []
  page.on('request', (request) => requests.push(request))
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.exposeFunction('noteRefused', (text: string) => refused.push(text))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const note = (globalThis as unknown as { noteRefused: (text: string) => void }).noteRefused
      note(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`)
    })
  })
  return { requests, refused, errors }
}
