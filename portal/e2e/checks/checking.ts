import { answerWith, steps } from '../../testing/answers.ts'
import type { Pages } from '../../testing/pages-server.ts'

/**
 * A visit at its silent checks. As on the server, a participant who was checked waits, however often the page asks for the
 * step.
 */
export const atChecking = (pages: Pages): void => {
  let isLookedAt = false
  pages.on('portal.step', () => answerWith(isLookedAt ? steps.waiting : steps.checking))
  pages.on('portal.checks', () => {
    isLookedAt = true
    return answerWith(steps.waiting)
  })
}
