import type { Reply } from '#domain/questions/grading/grade.ts'
import { bind, type Call } from '../http/bind.ts'
import type { ApiDeps } from '../deps.ts'
import { currentStep } from './current-step.ts'
import { take } from './questioning.ts'
import { storeRequest } from './request-facts.ts'
import { requireLive, withQuestions } from './with-questions.ts'

const replyOf = (reply: Call<'portal.answer'>['body']['reply']): Reply =>
  reply.kind === 'time_is_up' ? { kind: 'timeout' } : reply

/**
 * Stores the answer to the shown question and gives the next step. Every reply takes the same path and time, right or
 * wrong. An answer to a question that is no longer shown changes nothing: no question is answered twice.
 */
export const answer = (deps: ApiDeps) =>
  bind('portal.answer', async ({ participant, body, http }) => {
    requireLive(participant)
    await withQuestions(deps, participant, async (asking, plan) => {
      if (plan.position !== body.position) return false
      const [isComplete] = await Promise.all([
        take(asking, plan, { reply: replyOf(body.reply), summary: body.summary }),
        storeRequest(deps, asking.tx, participant, http, 'question'),
      ])
      return isComplete
    })
    return currentStep(deps, participant)
  })
