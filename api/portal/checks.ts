import { randomUUID } from 'node:crypto'
import type { EventDraft } from '#domain/events/catalog.ts'
import { probeLimits, type ProbeReport } from '#domain/risk/probe.ts'
import { dropping } from '#domain/questions/plan.ts'
import { openPlan, sealProbe } from '#platform/crypto/case-inputs.ts'
import { notify } from '#platform/database/notify.ts'
import { completePlan } from '#services/questions/plans.ts'
import { type LockedPlan, lockPlan, readAnswers, setGate } from '#services/questions/portal-answers.ts'
import { addProbe } from '#services/verifications/portal-inputs.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { foreignPage, type BreachFound } from '#platform/crypto/device-proof.ts'
import { bind } from '../http/bind.ts'
import type { PortalCaller } from '../http/callers.ts'
import type { ApiDeps } from '../deps.ts'
import { Refused } from '../http/errors.ts'
import { endBreached } from '../http/middleware/device-proof.ts'
import { currentStep, signalCompleted } from './current-step.ts'
import { gateOf } from './gate.ts'
import { begin } from './questioning.ts'
import { storeRequest } from './request-facts.ts'
import { requireLive } from './with-questions.ts'

/** Keeps a beacon, sealed, with whether it carries this session's nonce. */
const storeBeacon = async (
  deps: ApiDeps,
  tx: Tx,
  caller: PortalCaller,
  report: ProbeReport,
): Promise<void> => {
  const id = randomUUID()
  await addProbe(
    tx,
    {
      id,
      verificationId: caller.verificationId,
      portalSessionId: caller.sessionId,
      kind: 'collector',
      step: 'checks',
      sealed: sealProbe(deps.keys, tx.tenantId, id, report),
      nonceOk: report.nonce === caller.probeNonce,
    },
    probeLimits.beaconsPerSession,
  )
}

/** The page that reports is ours, and in the browser that typed the code. */
const breachOfReport = (
  { origin, device }: ProbeReport,
  { deviceKey }: PortalCaller,
  ours: string,
): BreachFound | null => {
  const isOther = deviceKey !== null && device !== null && device.publicKey !== deviceKey
  return foreignPage(origin, ours) ?? (isOther ? { reason: 'wrong_key', origin: null } : null)
}

type Passing = {
  readonly deps: ApiDeps
  readonly tx: Tx
  readonly caller: PortalCaller
  readonly plan: LockedPlan
  readonly events: EventDraft[]
}

const finish = async ({ tx, caller, plan, events }: Passing, reason: string): Promise<boolean> => {
  await completePlan(tx, caller.verificationId, reason)
  events.push({
    type: 'answers.completed',
    object: { kind: 'verification', id: caller.verificationId },
    payload: { route: plan.route, reason, tooFew: false },
  })
  return true
}

/**
 * Judges the gate once and moves the case on: to the first question, to the second code, or to the end. True: nothing is
 * asked.
 */
const passGate = async (passing: Passing): Promise<boolean> => {
  const { deps, tx, caller, plan, events } = passing
  const { verificationId } = caller
  const { policy } = plan
  const gate = plan.gate ?? (await gateOf(deps, tx, verificationId, policy))
  await setGate(tx, verificationId, gate)
  if (gate === 'closed') return finish(passing, 'gate_closed')
  if (plan.route === 'none') return finish(passing, 'no_questions')
  const opened = dropping(openPlan(deps.keys, caller.tenantId, verificationId, plan.sealed), plan.dropped)
  if (opened.route !== 'questions' || plan.position > 0) return false
  const { personId, purpose } = plan
  const rows = await readAnswers(tx, verificationId)
  const asking = { deps, tx, caller, plan: opened, settings: policy.questions, personId, purpose, events }
  return begin({ ...asking, rows, position: plan.position })
}

/** Takes the silent checks' facts and shows the next step. `report` null: the collector could not run. */
export const checks = (deps: ApiDeps) =>
  bind('portal.checks', async ({ participant: caller, body, http }) => {
    requireLive(caller)
    const breach = body.report && breachOfReport(body.report, caller, deps.settings.portalUrl)
    if (breach) await endBreached(deps, caller, breach)
    const isComplete = await inTenant(deps.db, caller.tenantId, async (tx) => {
      const { verificationId } = caller
      const plan = await lockPlan(tx, verificationId)
      if (plan === undefined) throw new Refused('step_over')
      await storeRequest(deps, tx, caller, http, 'checks', { report: body.report })
      if (body.report !== null) await storeBeacon(deps, tx, caller, body.report)
      const events: EventDraft[] = [
        {
          type: 'checks.received',
          object: { kind: 'verification', id: verificationId },
          payload: { arrived: body.report?.nonce === caller.probeNonce },
        },
      ]
      const done = !plan.isComplete && (await passGate({ deps, tx, caller, plan, events }))
      await notify(tx, 'verification', verificationId)
      await recordEvents(tx, { kind: 'participant', id: plan.personId }, verificationId, events)
      return done
    })
    if (isComplete) await signalCompleted(deps, caller)
    return currentStep(deps, caller)
  })
