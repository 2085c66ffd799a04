import { isCancellation, log, sleep } from '@temporalio/workflow'
import { mayAskApproverIn } from '#domain/verification/state.ts'
import type { Inbox } from '../inbox.ts'
import { refuse } from '../failures.ts'
import type { ActorRef, ApproverSaidAnswer, AskApproverAnswer, AskApproverInput } from '../messages.ts'
import { weighAgain, type Act, type Follow } from './deciding.ts'
import type { Steps } from './sending.ts'
import type { StaffRequest } from './activity-types.ts'

/** Beside the steps, vouching needs the loop that the timer leaves its work to, and a way to act. */
export type Vouching = { readonly steps: Steps; readonly inbox: Inbox; readonly act: Act }

/** Chooses the next act for a weighed case. */
export const followOf = (vouching: Vouching): Follow => ({
  act: vouching.act,
  askApprover: () => askByPolicy(vouching),
})

const policy: ActorRef = { kind: 'system', id: 'policy' }

/** @throws the refusal, where nobody may be asked in this state */
export const mustAllowAsking = ({ run }: Steps): void => {
  if (!run.isOpen) throw refuse('verification_closed')
  if (!mayAskApproverIn(run.state)) throw refuse('state_does_not_allow')
}

/** The policy asks by itself, where an approver can complete the evidence. */
const askByPolicy = async (vouching: Vouching): Promise<void> => {
  const answer = await ask(vouching, policy)
  // No approver could be asked after all: the case continues without one.
  if (!answer.asked) {
    const { run } = vouching.steps
    const completionId = `without-approver-${String(run.approvers.ordinal)}`
    await weighAgain(vouching.steps, completionId, followOf(vouching), { withoutApprover: true })
  }
}

/** Staff ask for more evidence; the directory still decides who is asked. */
export const askByStaff = (
  vouching: Vouching,
  { actor }: AskApproverInput,
  staffRequest: StaffRequest,
): Promise<AskApproverAnswer> => {
  mustAllowAsking(vouching.steps)
  return ask(vouching, actor, staffRequest)
}

const ask = async (
  vouching: Vouching,
  actor: ActorRef,
  staffRequest?: StaffRequest,
): Promise<AskApproverAnswer> => {
  const { run, activities, now } = vouching.steps
  const ordinal = run.approvers.ordinal + 1
  // Before it is tried: a number that a failed try may have used is not given again.
  run.approvers = { ...run.approvers, ordinal }
  try {
    const answer = await activities.askApprover({
      case: run.case,
      ordinal,
      actor,
      ...(staffRequest === undefined ? {} : { staffRequest }),
    })
    if (!answer.asked) return { asked: false, refusal: answer.refusal }
    run.approvers = { ordinal, untilMs: now() + answer.seconds * 1000 }
    void awaitAnswer(vouching)
    return { asked: true, refusal: null }
  } catch (error) {
    log.warn('an approver could not be asked', { error: String((error as Error).name) })
    return { asked: false, refusal: 'approver_unavailable' }
  }
}

/** Waits as long as the newest request lives, in any run; then the case continues without an answer. */
export const awaitAnswer = async (vouching: Vouching): Promise<void> => {
  const { steps, inbox } = vouching
  const { ordinal, untilMs } = steps.run.approvers
  if (untilMs === null) return
  try {
    await sleep(Math.max(untilMs - steps.now(), 1))
    inbox.leave(() => goOnWithout(vouching, ordinal))
  } catch (error) {
    if (!isCancellation(error)) throw error
  }
}

const goOnWithout = async (vouching: Vouching, ordinal: number): Promise<void> => {
  const { steps } = vouching
  const { run } = steps
  const isAwaited = run.approvers.ordinal === ordinal && run.approvers.untilMs !== null
  if (!run.isOpen || !isAwaited) return
  run.approvers = { ordinal, untilMs: null }
  await weighAgain(steps, `approver-silent-${String(ordinal)}`, followOf(vouching), { approverOver: ordinal })
}

/** Takes an approver's answer. Wrong digits are an accepted message whose answer says no. */
export const hearApprover = async (vouching: Vouching, inputId: string): Promise<ApproverSaidAnswer> => {
  const { steps, inbox } = vouching
  mustAllowAsking(steps)
  const { run, activities, now } = steps
  const at = new Date(now()).toISOString()
  const answer = await activities.acceptApproverAnswer({ case: run.case, inputId, at })
  if (answer.accepted || answer.reason === 'code_exhausted') {
    run.approvers = { ...run.approvers, untilMs: null }
    inbox.leave(() => weighAgain(steps, `approver-said-${inputId}`, followOf(vouching)), true)
  }
  return answer
}
