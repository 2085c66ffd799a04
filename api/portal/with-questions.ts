import { randomUUID } from 'node:crypto'
import { dropping } from '#domain/questions/plan.ts'
import { openPlan } from '#platform/crypto/case-inputs.ts'
import { lockPlan, readAnswers, type LockedPlan } from '#services/questions/portal-answers.ts'
import { appendLastEvents, eventOf } from '#platform/database/record-events.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { EventDraft } from '#domain/events/catalog.ts'
import type { PortalCaller } from '../http/callers.ts'
import type { ApiDeps } from '../deps.ts'
import { Refused } from '../http/errors.ts'
import { signalCompleted } from './current-step.ts'
import type { Questioning } from './questioning.ts'

type Work = (asking: Questioning, plan: LockedPlan) => Promise<boolean>

/** Participants act under the person's id in the audit; the analytics learn only the pseudonym. */
const participant = (id: string) => ({ kind: 'participant' as const, id })

/**
 * Runs `work` on a case whose questions are open, holding its plan, and records what happened with it. When nothing more is
 * asked, the workflow gets its signal after the commit. After the last question there is nothing to do, and that is no error:
 * a browser that sends an answer again because its reply was lost gets the step, as for every earlier question.
 * @throws Refused step_over before the first question, and where another way took the place of questions
 */
export const withQuestions = async (deps: ApiDeps, caller: PortalCaller, work: Work): Promise<void> => {
  const isComplete = await inTenant(deps.db, caller.tenantId, async (tx) => {
    const { verificationId } = caller
    // Both travel together: the answers are read once the plan is held.
    const [plan, rows] = await Promise.all([lockPlan(tx, verificationId), readAnswers(tx, verificationId)])
    if (plan?.gate !== 'open' || plan.route !== 'questions') throw new Refused('step_over')
    if (plan.isComplete) return false
    const opened = dropping(openPlan(deps.keys, caller.tenantId, verificationId, plan.sealed), plan.dropped)
    if (opened.route !== 'questions') throw new Refused('step_over')
    const { questions: settings } = plan.policy
    const { personId, purpose } = plan
    const events: EventDraft[] = []
    const asking = { deps, tx, caller, plan: opened, settings, personId, purpose, events }
    const done = await work({ ...asking, rows, position: plan.position }, plan)
    const actor = participant(plan.personId)
    const recorded = events.map((draft) => eventOf(actor, draft, randomUUID()))
    if (recorded.length > 0) await appendLastEvents(tx, verificationId, recorded, 'to_consoles')
    return done
  })
  if (isComplete) await signalCompleted(deps, caller)
}

/** @throws Refused session_ended: only the ending and feedback are left of a session that is over */
export const requireLive = (caller: PortalCaller): void => {
  if (!caller.isLive) throw new Refused('session_ended')
}
