import { ApproverPage } from './ApproverPage.tsx'
import { EnrolmentPage } from './EnrolmentPage.tsx'
import { FrontDoor } from './FrontDoor.tsx'
import { HelpPage } from './HelpPage.tsx'
import type { Page } from './page.ts'
export { speakPages } from './copy/pages.ts'
import { ReportPage } from './ReportPage.tsx'

/** Pages beside the steps of a verification, by path: one file, so that the first response names one. */
const pages: Readonly<Record<string, Page>> = {
  '/not-me': ReportPage,
  '/approve': ApproverPage,
  '/help': HelpPage,
  '/enrol': EnrolmentPage,
}

/** The page of a path; every other is the front door. */
export const pageOf = (path: string): Page => pages[path] ?? FrontDoor
