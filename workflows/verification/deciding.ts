import type { Move } from '#domain/verification/state.ts'
import { log } from '@temporalio/workflow'
import type {
  DecideInput,
  DecisionAnswer,
  MatchCodeAnswer,
  PasskeyAnswer,
  ProviderSignInAnswer,
  PushAnswer,
  RecoveryCodeAnswer,
  SecondCodeAnswer,
} from '../messages.ts'
import type { Steps } from './sending.ts'
import type { RecordDecisionAnswer, StaffRequest, ScoreInput } from './activity-types.ts'

/** Asks the child workflow to act; given by the workflow, which alone may start children. */
export type Act = (childId: string) => Promise<void>

const at = (steps: Steps): string => new Date(steps.now()).toISOString()

/** A typed match code. A wrong one is an accepted message whose answer says no. */
export const tryMatchCode = async (steps: Steps, inputId: string): Promise<MatchCodeAnswer> => {
  const { run, activities, lifetimes } = steps
  run.mustAllow('open')
  const answer = await activities.acceptMatchCode({
    case: run.case,
    snapshot: run.snapshot,
    at: at(steps),
    inputId,
    codeSeconds: lifetimes.codeSeconds,
  })
  if (!answer.accepted) return answer
  run.follow(answer.moves)
  run.openedIn(answer.portalSessionId)
  return { accepted: true, portalSessionId: answer.portalSessionId, route: answer.route }
}

/** A code to a different contact, in the place of questions or as more evidence; `askId`: asked for again. */
export const sendSecondCode = async (steps: Steps, askId?: string): Promise<void> => {
  const { run, activities, lifetimes } = steps
  try {
    await activities.deliverSecondCode({
      case: run.case,
      ordinal: run.snapshot.linkOrdinal,
      codeSeconds: lifetimes.codeSeconds,
      ...(askId === undefined ? {} : { askId }),
    })
  } catch (error) {
    // The portal offers a fresh link; the delivery row says what is known.
    log.warn('a second code could not be delivered', { error: String((error as Error).name) })
  }
}

/** The code that a different contact was sent, or what the participant wants where it could not be sent. */
export const trySecondCode = async (steps: Steps, inputId: string): Promise<SecondCodeAnswer> => {
  const { run, activities } = steps
  run.mustAllow('complete')
  const answer = await activities.acceptSecondCode({ case: run.case, inputId, at: at(steps) })
  if (!('asksAgain' in answer)) return answer
  await sendSecondCode(steps, inputId)
  return { accepted: false, reason: null, triesLeft: 0 }
}

/** The possible next acts for a weighed case; given by the workflow, which alone starts children and keeps the time. */
export type Follow = { readonly act: Act; readonly askApprover: () => Promise<void> }
/** Takes the proof of the participant's passkey, or that it is not at hand. */
export const tryPasskey = async (steps: Steps, inputId: string): Promise<PasskeyAnswer> => {
  const { run, activities } = steps
  run.mustAllow('complete')
  return activities.acceptPasskey({ case: run.case, inputId, at: at(steps) })
}

/** Takes the participant's sign-in at the provider, or that they cannot sign in there now. */
export const tryProviderSignIn = async (steps: Steps, inputId: string): Promise<ProviderSignInAnswer> => {
  const { run, activities } = steps
  run.mustAllow('complete')
  return activities.acceptProviderSignIn({ case: run.case, inputId, at: at(steps) })
}

/** Takes that the participant wants a push, or cannot approve one. The answer to a push comes from the worker's own loop. */
export const tryPush = async (steps: Steps, inputId: string): Promise<PushAnswer> => {
  const { run, activities } = steps
  run.mustAllow('complete')
  return activities.acceptPush({ case: run.case, inputId, at: at(steps) })
}

/** Takes a code of the participant's printed sheet, or that they have none at hand. */
export const tryRecoveryCode = async (steps: Steps, inputId: string): Promise<RecoveryCodeAnswer> => {
  const { run, activities } = steps
  run.mustAllow('complete')
  return activities.acceptRecoveryCode({ case: run.case, inputId, at: at(steps) })
}

/** All answers are in: score, let policy decide, follow. */
export const complete = async (steps: Steps, completionId: string, follow: Follow): Promise<void> => {
  if (!isWaitingForAnswers(steps.run.state)) return
  steps.run.completionId = completionId
  await weigh(steps, completionId, follow)
}

/** The reason why a case is weighed again although no more answers came. */
type Again = Pick<ScoreInput, 'approverOver' | 'withoutApprover'>

/** An approver spoke, or did not: the case is weighed again, also while it waits for its decision. */
export const weighAgain = async (
  steps: Steps,
  completionId: string,
  follow: Follow,
  again: Again = {},
): Promise<void> => {
  const { state } = steps.run
  if (isWaitingForAnswers(state) || state === 'awaiting_decision')
    await weigh(steps, completionId, follow, again)
}

const weigh = async (
  steps: Steps,
  completionId: string,
  { act, askApprover }: Follow,
  again: Again = {},
): Promise<void> => {
  const { run, activities } = steps
  try {
    const scored = await activities.scoreVerification({
      case: run.case,
      snapshot: run.snapshot,
      at: at(steps),
      completionId,
      ...again,
    })
    run.follow(scored.moves)
    run.band = scored.band
    if (scored.childId !== null) await act(scored.childId)
    if (scored.asksSecondContact) await sendSecondCode(steps)
    if (scored.asksApprover) await askApprover()
  } catch (error) {
    // The case stays where it is; the reconciler sends the completion again.
    run.forget(run.completionId ?? completionId)
    log.error('a verification could not be scored', { error: String((error as Error).name) })
  }
}

const isWaitingForAnswers = (state: string): boolean => state === 'opened' || state === 'answering'

/** The answer, and the first approval that it was, if it was one. */
type Decided = { readonly answer: DecisionAnswer; readonly first: RecordDecisionAnswer['first'] }

/** Staff approve or refuse; the activity looks at everything again and closes the case with the decision. */
export const decide = async (
  steps: Steps,
  input: DecideInput,
  staffRequest: StaffRequest,
  act: Act,
): Promise<Decided> => {
  const { run, activities } = steps
  run.mustAllow(moveOf(input))
  const answer = await activities.recordDecision({
    case: run.case,
    snapshot: run.snapshot,
    at: at(steps),
    decision: input.decision,
    reason: input.reason,
    actor: input.actor,
    screenHash: input.screenHash,
    staffRequest,
  })
  run.follow(answer.moves)
  if (answer.childId !== null) await act(answer.childId)
  const { state, outcome, decision } = run.snapshot
  return { answer: { state, outcome, decision, refusal: answer.refusal }, first: answer.first }
}

const moveOf = (input: DecideInput): Move => (input.decision === 'approved' ? 'approve' : 'refuse')
