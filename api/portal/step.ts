import { readOwnCase } from './portal-case.ts'
import { bind } from '../bind.ts'
import type { ApiDeps } from '../deps.ts'
import { currentStep } from './current-step.ts'
import { take } from './questioning.ts'
import { withQuestions } from './with-questions.ts'

/** The step to render: for a fresh page, a reload, and while waiting. A question whose time ran out is passed over first. */
export const step = (deps: ApiDeps) =>
  bind('portal.step', async ({ participant }) => {
    const found = await readOwnCase(deps, participant)
    const isOver =
      found.plan?.gate === 'open' && found.plan.completed_at === null && (found.secondsLeft ?? 1) <= 0
    if (participant.isLive && isOver && found.plan?.route === 'questions')
      await withQuestions(deps, participant, (asking, plan) =>
        plan.isTimeOver
          ? take(asking, plan, { reply: { kind: 'timeout' }, summary: null })
          : Promise.resolve(false),
      )
    return currentStep(deps, participant)
  })
