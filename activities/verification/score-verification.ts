import { ruleInForce } from '#domain/policy/elevated.ts'
import type { Policy } from '#domain/policy/policy.ts'
import type { PolicyDecision } from '#domain/policy/decide.ts'
import { countAnswered } from '#domain/questions/next-step.ts'
import type { Move, VerificationState } from '#domain/verification/state.ts'
import { isActing } from '#domain/verification/verification.ts'
import type { InputReport } from '#domain/risk/probe.ts'
import type { CaseHabit, RiskFacts } from '#domain/risk/facts.ts'
import { habitOf } from '#domain/risk/habit.ts'
import type { RiskScore } from '#domain/risk/score.ts'
import { readDecidedCase } from '#services/actions/actions.ts'
import { readPerson, type Person } from '#services/people/people.ts'
import { entryContacts } from '#services/sending/deliveries.ts'
import { isThreatElevated } from '#services/policy/elevated-threats.ts'
import { askPasskey } from '#services/passkeys/passkey-requests.ts'
import { askRecoveryCode } from '#services/recovery-sheets/recovery-code-requests.ts'
import { askProviderSignIn } from '#services/provider-sign-ins/provider-sign-ins.ts'
import { askPush } from '#services/pushes/push-requests.ts'
import { askSecondContact, countQuestionSets, readPlan } from '#services/questions/plans.ts'
import { readPolicy } from '#services/policy/policies.ts'
import { readAnswers } from '#services/questions/portal-answers.ts'
import { addScoring, readScoring, type Scoring } from '#services/risk/scorings.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { recordCase } from '#services/verifications/record-case.ts'
import { notify } from '#platform/database/notify.ts'
import { hasMoved, setScored } from '#services/verifications/verifications.ts'
import { openReply } from '#platform/crypto/case-inputs.ts'
import { readRiskInput, riskFactsOf, type RiskInput } from '#services/risk/risk-facts.ts'
import type { ScoreAnswer, ScoreInput } from '#workflows/verification/activity-types.ts'
import type { ActivityDeps } from '../ports.ts'
import { asMayStandAlone, lookBeforeScoring } from './decided-alone.ts'
import { goWithDecision, resetIdOf } from './decided.ts'
import { signDecided } from './sign-decided.ts'
import { movedTo } from './moved.ts'
import { hasApprover, hasPasskey, hasProviderSignIn, hasPush, hasRecoverySheet } from './obtainable.ts'
import {
  alarmOfCopiedKey,
  recordAsked,
  recordSilence,
  recordWeighed,
  scoredPayload,
} from './record-weighing.ts'
import { rememberDeviceOf } from './remember-device.ts'
import { withHabit } from './remember-habit.ts'
import { secondContactOf } from './second-contact.ts'
import { challengeFacts, weigh, type Asked, type Weighed } from './weigh.ts'

/** Facts → checks → score → policy, stored and recorded in one transaction. */
export const createScoreVerification =
  (deps: ActivityDeps) =>
  async (input: ScoreInput): Promise<ScoreAnswer> => {
    await lookBeforeScoring(deps, input)
    return inTenant(deps.db, input.case.tenantId, async (tx) => {
      const { verificationId, personId, policyVersion } = input.case
      // None of them waits for another; the rest waits for what the case says.
      const [repeated, last, policy, asked, person, isElevatedThreat, used] = await Promise.all([
        hasMoved(tx, input.case, input.snapshot.seq),
        readScoring(tx, verificationId),
        readPolicy(tx, policyVersion),
        readAsked(deps, tx, input),
        readPerson(tx, personId),
        isThreatElevated(tx),
        entryContacts(tx, verificationId),
      ])
      // The first run of this activity did it all, and only its answer was lost.
      if (repeated && last !== undefined) return answerAgain(deps, tx, input, last, person)
      const read = { policy, asked, person, isElevatedThreat, used, ordinal: (last?.ordinal ?? 0) + 1 }
      return scoreNow(deps, tx, input, read)
    })
  }

/**
 * Answers as it was recorded. Whether an approval needed no decider is read from the case, even if the participant's
 * privilege has changed since.
 */
const answerAgain = async (
  deps: ActivityDeps,
  tx: Tx,
  input: ScoreInput,
  last: Scoring,
  person: Person,
): Promise<ScoreAnswer> => {
  const isOver = (await readDecidedCase(tx, input.case.verificationId))?.outcome != null
  const decision = isOver ? last.decision : await asMayStandAlone(tx, input, last.decision, 'privileged')
  return answerOf(deps, input, { decision, risk: last.score, person })
}

type Read = {
  readonly policy: Policy
  readonly asked: AskedOfCase
  readonly person: Person
  readonly isElevatedThreat: boolean
  /** Contacts that the code of a case without an agent went to. */
  readonly used: ReadonlySet<string>
  readonly ordinal: number
}

const scoreNow = async (deps: ActivityDeps, tx: Tx, input: ScoreInput, read: Read): Promise<ScoreAnswer> => {
  const { case: ref } = input
  const { policy, asked, person, isElevatedThreat, ordinal } = read
  const challenge = challengeFacts(asked, policy, ref)
  const [[risk, facts], isApproverThere] = await Promise.all([
    readRisk(deps, tx, ref.verificationId, challenge),
    input.withoutApprover === true ? false : hasApprover(deps, tx, ref, policy, isElevatedThreat),
  ])
  const rule = ruleInForce(policy, ref.purpose, ref.tier, isElevatedThreat)
  const { push, recoverySheet } = facts.possession
  const weighed = weigh(facts, asked, policy, ref, {
    isReported: risk.rows.reports.some((at) => isSince(at, ref.createdAt)),
    isNeverViaHelpDesk: person.neverViaHelpDesk,
    isContactChanged: isContactChanged(risk, policy),
    hasSecondContact: !asked.isCodeGivenUp && hasSecondContact(deps, input, risk, read),
    hasApprover: isApproverThere,
    hasPasskey: hasPasskey(deps, facts.possession.passkey),
    hasProviderSignIn: hasProviderSignIn(facts.possession.providerSignIn),
    hasPush: await hasPush(deps, tx, ref, rule, push),
    hasRecoverySheet: await hasRecoverySheet(tx, ref.personId, rule, recoverySheet),
    isElevatedThreat,
  })
  const { policyVersion, verificationId } = ref
  const isMobile = facts.endpoint.userAgent?.isMobile ?? null
  const decision = await asMayStandAlone(tx, input, weighed.decision, person.tier)
  const scoring = { ...weighed, verificationId, policyVersion, ordinal, isMobile }
  const [, answer] = await Promise.all([
    addScoring(tx, deps.keys, scoring),
    // It reads the scoring that is asked for after it: statements of one transaction keep their order.
    settle(deps, tx, input, { ...weighed, decision, ordinal, habit: habitOf(facts) }, person),
  ])
  return answer
}

const readRisk = async (
  deps: ActivityDeps,
  tx: Tx,
  verificationId: string,
  challenge: ReturnType<typeof challengeFacts>,
): Promise<readonly [RiskInput, RiskFacts]> => {
  const read = await readRiskInput(deps, tx, verificationId)
  return [read, await riskFactsOf(deps, tx, verificationId, read, challenge, Date.now())]
}

const isSince = (at: Date, createdAt: string): boolean => at.getTime() >= Date.parse(createdAt)

/** The moves that a policy's answer makes by itself. */
export const movesOf = (
  decision: PolicyDecision,
  state: VerificationState = 'answering',
): readonly Move[] => {
  const moves = movesInAnswering(decision)
  // A case that waits for its decision is weighed again when an approver has spoken: only an ending moves it.
  return state === 'awaiting_decision'
    ? moves.filter((move) => move !== 'complete' && move !== 'hand_over' && move !== 'end_short')
    : moves
}

const askingParticipant: readonly PolicyDecision['next'][] = [
  'second_contact',
  'passkey',
  'provider_sign_in',
  'push',
  'recovery_sheet',
]
const asksParticipant = (next: PolicyDecision['next']): boolean => askingParticipant.includes(next)

const movesInAnswering = ({ closesAs, next }: PolicyDecision): readonly Move[] => {
  if (asksParticipant(next) || next === 'approver') return []
  if (closesAs === 'failed') return ['complete', 'refuse']
  if (closesAs === 'passed') return ['complete', 'approve']
  if (closesAs === 'reported') return ['complete', 'report']
  if (closesAs === 'not_enough_questions') return ['complete', 'end_short']
  return ['complete', 'hand_over']
}

const settle = async (
  deps: ActivityDeps,
  tx: Tx,
  input: ScoreInput,
  weighed: Weighed & { readonly ordinal: number; readonly habit: CaseHabit | null },
  person: Person,
): Promise<ScoreAnswer> => {
  const { case: ref, snapshot } = input
  const { decision, score: risk, ordinal } = weighed
  const scored = {
    riskTenths: Math.round(risk.r * 10),
    decideTenths: Math.round(risk.rDecide * 10),
    band: risk.band,
    answered: countAnswered(weighed.scored),
    correct: weighed.scored.filter((answer) => answer.verdict === 'correct').length,
    recommendation: decision.answer,
    reasons: decision.reasons,
    instruction: decision.next,
  }
  const moves = movesOf(decision, snapshot.state)
  await recordSilence(tx, input)
  await alarmOfCopiedKey(tx, input, weighed, ordinal)
  if (moves.length === 0) {
    await setScored(tx, ref.verificationId, scored)
    await recordWeighed(tx, input, weighed, ordinal)
    await askForMore(tx, input, decision)
    await notify(tx, 'verification', ref.verificationId)
  } else {
    const actor = { kind: 'system', id: 'policy' } as const
    const moved = movedTo(snapshot, moves, actor, input.at)
    await goWithDecision(tx, ref, moved.snapshot)
    const isApproved = moves.includes('approve')
    if (isApproved) await rememberDeviceOf(deps, tx, ref)
    const payloads = { [snapshot.seq + 1]: scoredPayload(weighed) }
    const { portalSessionId: sessionId } = snapshot
    const signed = { approvers: [actor.id], decidedAt: input.at, sessionId }
    const decided = {
      ...{ actor, reason: 'policy' },
      ...(isApproved && { signature: await signDecided(deps.keys, tx, ref, signed) }),
    }
    const isDecided = moved.snapshot.decision !== null
    const record = { case: ref, ...moved, payloads, scored, ...(isDecided && { decided }) }
    await recordCase(tx, record, withHabit(deps.keys, ref, isApproved ? weighed.habit : null))
  }
  return answerOf(deps, input, { decision, risk, person })
}

/** The participant's page turns to what is asked for next. */
const askForMore = async (tx: Tx, input: ScoreInput, decision: PolicyDecision): Promise<void> => {
  const { verificationId, personId } = input.case
  if (asksSecondContact(input, decision)) {
    await askSecondContact(tx, verificationId)
    await recordAsked(tx, input, 'second_contact.asked')
  }
  if (decision.next === 'passkey') {
    await askPasskey(tx, verificationId)
    await recordAsked(tx, input, 'passkey.asked')
  }
  if (decision.next === 'provider_sign_in') {
    await askProviderSignIn(tx, verificationId)
    await recordAsked(tx, input, 'provider_sign_in.asked')
  }
  if (decision.next === 'push') {
    await askPush(tx, verificationId, personId)
    await recordAsked(tx, input, 'push.asked')
  }
  if (decision.next === 'recovery_sheet') {
    await askRecoveryCode(tx, verificationId, personId)
    await recordAsked(tx, input, 'recovery_code.asked')
  }
}

const asksSecondContact = ({ snapshot }: ScoreInput, { next }: PolicyDecision): boolean =>
  next === 'second_contact' && snapshot.state !== 'awaiting_decision'

const answerOf = (
  deps: ActivityDeps,
  input: ScoreInput,
  {
    decision,
    risk,
    person,
  }: Pick<Weighed, 'decision'> & { readonly risk: RiskScore; readonly person: Person },
): ScoreAnswer => {
  const { state } = input.snapshot
  const moves = movesOf(decision, state)
  const acts = moves.includes('approve') && isActing(input.case.purpose)
  return {
    moves,
    recommendation: decision.answer,
    riskTenths: Math.round(risk.rDecide * 10),
    band: risk.band,
    childId: acts ? resetIdOf(deps.keys, input.case.tenantId, person) : null,
    asksSecondContact: moves.length === 0 && asksSecondContact(input, decision),
    asksApprover: moves.length === 0 && state !== 'awaiting_decision' && decision.next === 'approver',
  }
}

type AskedOfCase = Asked & { readonly isCodeGivenUp: boolean }

/** Plan, answers as stored, and the page's input summaries. */
const readAsked = async (deps: ActivityDeps, tx: Tx, input: ScoreInput): Promise<AskedOfCase> => {
  const { verificationId, personId, tenantId } = input.case
  const [stored, rows, [withQuestions30d]] = await Promise.all([
    readPlan(tx, deps.keys, verificationId),
    readAnswers(tx, verificationId),
    countQuestionSets(tx, personId, [{ max: 0, seconds: 30 * 24 * 3600 }]),
  ])
  const inputs = new Map(
    rows.flatMap((row) => ('keydowns' in row.input ? [[row.position, row.input as InputReport]] : [])),
  )
  const answers = rows.map((row) => ({
    position: row.position,
    ...(row.replySealed === null
      ? { optionId: null, text: null }
      : openReply(deps.keys, tenantId, verificationId, row.position, row.replySealed)),
    verdict: row.verdict,
    ms: row.ms,
    extensions: row.extensions,
    timedOut: row.timedOut,
  }))
  return {
    plan: stored?.plan ?? { route: 'none', reason: 'too_few_sources' },
    gate: stored?.gate ?? null,
    isComplete: stored?.completedAt != null,
    isCodeGivenUp: stored?.isCodeGivenUp === true,
    answers,
    inputs,
    withQuestions30d: withQuestions30d ?? null,
  }
}

const isContactChanged = ({ contacts }: RiskInput, policy: Policy): boolean => {
  const since = Date.now() - policy.contacts.changedWithinHours * 3600 * 1000
  return contacts.some((contact) => contact.lastChangedAt.getTime() > since)
}

const hasSecondContact = (
  deps: ActivityDeps,
  { case: { purpose, tier }, snapshot }: ScoreInput,
  risk: RiskInput,
  { policy, person, used }: Read,
): boolean => {
  const contacts = risk.contacts.filter(({ id }) => !used.has(id))
  const first = contacts.find((contact) => contact.id === snapshot.contactId)
  if (first === undefined) return false
  const asked = { policy, purpose, tier, person, first, contacts, now: Date.now() }
  return secondContactOf(deps, asked) !== undefined
}
