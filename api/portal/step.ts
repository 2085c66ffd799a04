import { actingPurposes, actions } from '#domain/verification/verification.ts'
import { deviceCookieOf } from '#platform/crypto/device-cookie.ts'
import { bind } from '../http/bind.ts'
import type { StepAnswer } from '../contract/portal.ts'
import type { ApiDeps } from '../deps.ts'
import { currentStep } from './current-step.ts'
import { readOwnCase } from './portal-case.ts'
import { take } from './questioning.ts'
import { withQuestions } from './with-questions.ts'

type Ending = Extract<StepAnswer['step'], { kind: 'ended' }>['ending']
const passing: ReadonlySet<Ending> = new Set([
  'confirmed',
  ...actingPurposes.map((purpose) => actions[purpose].endings.completed),
])

/** The case passed: this device is known from now on, as the first page said (END_KNOWN_COOKIE). */
const hasPassed = ({ step: shown }: StepAnswer): boolean =>
  shown.kind === 'ended' && passing.has(shown.ending)

/** The step to render: for a fresh page, a reload, and while waiting. A question whose time ran out is passed over first. */
export const step = (deps: ApiDeps) =>
  bind('portal.step', async ({ participant, http }) => {
    const found = await readOwnCase(deps, participant)
    const isOver =
      found.plan?.gate === 'open' && found.plan.completed_at === null && (found.secondsLeft ?? 1) <= 0
    if (participant.isLive && isOver && found.plan?.route === 'questions')
      await withQuestions(deps, participant, (asking, plan) =>
        plan.isTimeOver
          ? take(asking, plan, { reply: { kind: 'timeout' }, summary: null })
          : Promise.resolve(false),
      )
    const answer = await currentStep(deps, participant)
    if (hasPassed(answer))
      http.cookies.remember(deviceCookieOf(deps.keys, participant.tenantId, participant.sessionId))
    return answer
  })
