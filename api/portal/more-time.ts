import { extendTime } from '#services/questions/portal-answers.ts'
import { bind } from '../http/bind.ts'
import type { ApiDeps } from '../deps.ts'
import { Refused } from '../http/errors.ts'
import { currentStep } from './current-step.ts'
import { requireLive, withQuestions } from './with-questions.ts'

/** "More time": as much again as a question has, as often as asked; recorded, never a minus. */
export const moreTime = (deps: ApiDeps) =>
  bind('portal.moreTime', async ({ participant, body }) => {
    requireLive(participant)
    await withQuestions(deps, participant, async ({ tx, settings }) => {
      const seconds = settings.secondsPerQuestion
      if (!(await extendTime(tx, participant.verificationId, body.position, seconds)))
        throw new Refused('question_over')
      return false
    })
    return currentStep(deps, participant)
  })
