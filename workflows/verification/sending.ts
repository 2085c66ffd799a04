import { log } from '@temporalio/workflow'
import { refuse } from '../failures.ts'
import type { ActorRef, Lifetimes, ResendInput, SendAnswer, VerificationInput } from '../messages.ts'
import { record } from './recorder.ts'
import type { VerificationRun } from './run.ts'
import type {
  DeliverLinkAnswer,
  DeliverLinkInput,
  StaffRequest,
  VerificationActivities,
} from './activity-types.ts'

/** The parts that the steps of a verification share. */
export type Steps = {
  readonly run: VerificationRun
  readonly activities: VerificationActivities
  readonly lifetimes: Lifetimes
  readonly now: () => number
}

const system: ActorRef = { kind: 'system', id: 'workflow' }

/** Sends link number `ordinal`; a delivery that could not even be begun is `unknown`, never sent again silently (R2). */
const deliver = async (
  steps: Steps,
  target: Omit<ResendInput, 'actor'>,
  asked: NonNullable<DeliverLinkInput['asked']>,
): Promise<DeliverLinkAnswer> => {
  const { run, lifetimes, activities, now } = steps
  const { channel, contactId, contactMasked } = target
  const linkOrdinal = run.snapshot.linkOrdinal + 1
  const newest = { channel, contactId, contactMasked, linkOrdinal, portalSessionId: null }
  run.aim({ ...newest, linkDeliveryId: '' })
  try {
    const linkSeconds = lifetimes.linkSeconds
    const sent = await activities.deliverLink({
      case: run.case,
      ordinal: linkOrdinal,
      channel,
      contactId,
      linkSeconds,
      asked,
    })
    run.aim({ ...newest, linkDeliveryId: sent.deliveryId })
    return sent
  } catch (error) {
    log.warn('a link could not be delivered', { error: String((error as Error).name) })
    return {
      delivery: 'unknown',
      deliveryId: '',
      linkExpiresAt: new Date(now()).toISOString(),
      refusal: null,
    }
  }
}

/**
 * Where no agent is on the line to read the code out, it goes to a contact of the other channel. After
 * the link is recorded: its event is one of a verification that there is.
 */
const deliverEntryCode = async (
  { run, activities, lifetimes }: Steps,
  { delivery }: DeliverLinkAnswer,
): Promise<void> => {
  if (run.case.referrer.kind === 'agent' || delivery === 'refused') return
  const { linkSeconds } = lifetimes
  try {
    await activities.deliverEntryCode({
      case: run.case,
      ordinal: run.snapshot.linkOrdinal,
      codeSeconds: linkSeconds,
    })
  } catch (error) {
    // The link lives and cannot be opened without the code; a fresh start brings both.
    log.warn('the code of a link could not be delivered', { error: String((error as Error).name) })
  }
}

const answerOf = (run: VerificationRun, sent: DeliverLinkAnswer): SendAnswer => ({
  state: run.state,
  delivery: sent.delivery,
  contactMasked: run.snapshot.contactMasked,
  linkOrdinal: run.snapshot.linkOrdinal,
  linkExpiresAt: sent.linkExpiresAt,
  verificationExpiresAt: run.case.expiresAt,
  refusal: sent.refusal,
})

const moveOf = (sent: DeliverLinkAnswer) => (sent.delivery === 'refused' ? 'fail_delivery' : 'deliver')

/** The opening: link sent, then `created` and `link_sent` in one record. */
export const open = async (steps: Steps, input: VerificationInput): Promise<SendAnswer> => {
  const { run, now, activities } = steps
  // The same opening asked again answers with what is: the API may repeat it under another update id.
  if (run.snapshot.seq > 0) throw refuse(run.isOpen ? 'open_verification_exists' : 'verification_closed')
  const actor: ActorRef =
    input.referrer.kind === 'self_service'
      ? { kind: 'participant', id: input.referrer.id }
      : { kind: input.referrer.kind, id: input.referrer.id }
  const createdMs = now()
  const sent = await deliver(steps, input, { act: 'start', byId: actor.id, staffRequest: run.started })
  if (sent.refusal === 'not_permitted') {
    run.abandon()
    throw refuse('not_permitted')
  }
  run.create(actor, createdMs)
  run.move(moveOf(sent), system, now(), detailOf(sent))
  await record(run, activities)
  await deliverEntryCode(steps, sent)
  return answerOf(run, sent)
}

/** A fresh link; the older one dies in the activity that makes the new one (C11). */
export const resend = async (
  steps: Steps,
  input: ResendInput,
  staffRequest: StaffRequest,
): Promise<SendAnswer> => {
  const { run, now, activities } = steps
  run.mustAllow('deliver')
  const before = run.snapshot
  const sent = await deliver(steps, input, { act: 'resend', byId: input.actor.id, staffRequest })
  if (sent.refusal !== null) {
    // Nothing was sent and the older link still lives: the case stays where it was.
    run.aim(before)
    return answerOf(run, sent)
  }
  run.move(moveOf(sent), input.actor, now(), { ...detailOf(sent), staffRequest })
  await record(run, activities)
  await deliverEntryCode(steps, sent)
  return answerOf(run, sent)
}

const detailOf = (sent: DeliverLinkAnswer) => ({
  reason: sent.refusal ?? sent.delivery,
  ...(sent.deliveryId === '' ? {} : { ref: sent.deliveryId }),
  ...(sent.person === 'late' ? { person: sent.person } : {}),
})
