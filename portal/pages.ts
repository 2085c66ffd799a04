import type { Page } from './App.tsx'

/** Pages beside the steps of a verification, by path; each is a file of its own. */
const pages: Readonly<Record<string, () => Promise<Page>>> = {
  '/not-me': async () => (await import('./ReportPage.tsx')).ReportPage,
  '/approve': async () => (await import('./ApproverPage.tsx')).ApproverPage,
  '/help': async () => (await import('./HelpPage.tsx')).HelpPage,
}

/** The page of a path; the server sends no other. */
export const pageOf = (path: string): Promise<Page> => {
  const load = pages[path]
  return load === undefined ? Promise.reject(new Error('there is no such page')) : load()
}
