import { answerWith, steps } from '../../testing/answers.ts'
import type { Pages } from '../../testing/pages-server.ts'

/** A visit at its silent checks. As the server does: who was looked at waits, however often the page asks where it stands. */
export const atChecking = (pages: Pages): void => {
  let isLookedAt = false
  pages.on('portal.step', () => answerWith(isLookedAt ? steps.waiting : steps.checking))
  pages.on('portal.checks', () => {
    isLookedAt = true
    return answerWith(steps.waiting)
  })
}
