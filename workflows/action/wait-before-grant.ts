import { condition, isCancellation, log, proxyActivities, setHandler, sleep } from '@temporalio/workflow'
import { effects } from '../effects.ts'
import { refuse } from '../failures.ts'
import type { Inbox } from '../inbox.ts'
import {
  sendReturnLinkUpdate,
  stopActionUpdate,
  submitReturnCodeUpdate,
  taskQueues,
  type ActorRef,
  type MatchCodeAnswer,
  type PasswordResetInput,
  type ResendInput,
  type SendAnswer,
  type StaffAttestation,
  type StopInput,
  type SubmitInput,
} from '../messages.ts'
import { staffRequestOf } from '../verification/run.ts'
import type { StaffRequest } from '../verification/activity-types.ts'
import { updateId } from '../update-id.ts'
import type { ResetRun } from './run.ts'
import type { WaitActivities } from './wait-activity-types.ts'

/** The activities with timeouts, retries and queue by kind of effect. */
const activitiesFor = (queuePrefix: string): WaitActivities => {
  const { prepareAction } = proxyActivities<WaitActivities>(effects.record)
  const { acceptReturnCode, stopAction } = proxyActivities<WaitActivities>(effects.decide)
  const { deliverReturnLink } = proxyActivities<WaitActivities>({
    ...effects.send,
    taskQueue: taskQueues(queuePrefix).delivery,
  })
  return { prepareAction, acceptReturnCode, stopAction, deliverReturnLink }
}

const policy: ActorRef = { kind: 'system', id: 'policy' }

type Returning = PasswordResetInput['returning']

/** The parts of the child that the wait uses. */
export type WaitDeps = {
  readonly run: ResetRun
  readonly inbox: Inbox
  readonly at: () => string
  /** Publishes the state of the case, after each piece of work. */
  readonly show: () => void
  /** Records that the time to come back is over. */
  readonly expire: () => Promise<void>
  readonly queuePrefix: string
}

/**
 * The time before a grant: a waiting time in which anybody who got a notice may say no, and the participant's way back where
 * their session ended before the case did (F3). The grant is signed after it, never before.
 */
export class WaitBeforeGrant {
  readonly #deps: WaitDeps
  readonly #activities: WaitActivities
  readonly #terms: Returning
  /** The ordinal of the newest link of the case. */
  #linkOrdinal = 0

  /** Its handlers are set here, before the first await of the workflow. */
  constructor(deps: WaitDeps, terms: Returning) {
    this.#deps = deps
    this.#terms = terms
    this.#activities = activitiesFor(deps.queuePrefix)
    this.#listen()
  }

  /** Resolves when a grant may be asked for, or the case is over. */
  async over(): Promise<void> {
    const { run, at } = this.#deps
    while (!run.isOver) {
      const answer = await this.#activities.prepareAction({ reset: run.reset, seq: run.nextSeq(), at: at() })
      if (answer.kind === 'ready') return
      if (answer.kind === 'absent') {
        await this.#waitForParticipant(answer.linkOrdinal)
        return
      }
      this.#follow('scheduled')
      await this.#wait(answer.seconds, () => false)
    }
  }

  async #waitForParticipant(linkOrdinal: number): Promise<void> {
    const { inbox } = this.#deps
    this.#linkOrdinal = linkOrdinal
    this.#follow('awaiting_participant')
    inbox.leave(async () => {
      await this.#send(null, policy)
    })
    await this.#wait(this.#terms.seconds, () => this.#hasReturned)
    if (!this.#hasReturned) await this.#expire()
  }

  async #expire(): Promise<void> {
    const { run, expire } = this.#deps
    if (!run.isOver) await expire()
  }

  #follow(state: 'scheduled' | 'awaiting_participant'): void {
    this.#deps.run.follow(state)
    this.#deps.show()
  }

  /** Works off what comes in, for so long at most; what came before the time was up is still done. */
  async #wait(seconds: number, isDone: () => boolean): Promise<void> {
    const { run, inbox, show } = this.#deps
    const clock = { isOver: false }
    void ring(seconds, clock)
    while (!run.isOver && !isDone() && (!clock.isOver || !inbox.isEmpty)) {
      await condition(() => !inbox.isEmpty || clock.isOver)
      await inbox.workOnce()
      show()
    }
  }

  /** A fresh link; the older one and its session die with it (C11). */
  async #send(
    target: Pick<ResendInput, 'channel' | 'contactId'> | null,
    actor: ActorRef,
    staffRequest?: StaffRequest,
  ): Promise<SendAnswer> {
    const { run, at } = this.#deps
    this.#linkOrdinal += 1
    const ordinal = this.#linkOrdinal
    const { linkSeconds } = this.#terms
    const by = staffRequest === undefined ? { actor } : { actor, staffRequest }
    const asked = { reset: run.reset, ordinal, target, linkSeconds, ...by, at: at() }
    const answer = { state: 'closed', linkOrdinal: ordinal, verificationExpiresAt: at() } as const
    try {
      const { delivery, contactMasked, linkExpiresAt, refusal } =
        await this.#activities.deliverReturnLink(asked)
      return { ...answer, delivery, contactMasked, linkExpiresAt, refusal }
    } catch (error) {
      log.warn('a link to come back could not be delivered', { error: String((error as Error).name) })
      return { ...answer, delivery: 'unknown', contactMasked: '', linkExpiresAt: at(), refusal: null }
    }
  }

  async #tryCode(inputId: string): Promise<MatchCodeAnswer> {
    const { run, at } = this.#deps
    this.#mustAwait()
    const ordinal = this.#linkOrdinal
    const { codeSeconds } = this.#terms
    const asked = { reset: run.reset, ordinal, inputId, codeSeconds, at: at() }
    const answer = await this.#activities.acceptReturnCode(asked)
    if (answer.accepted) run.returnedSessionId = answer.portalSessionId
    return answer
  }

  async #stop({ actor, reason: words }: StopInput, staffRequest: StaffRequest) {
    const { run, at } = this.#deps
    this.#mustWait()
    const asked = { reset: run.reset, seq: run.nextSeq(), actor, words, staffRequest, at: at() }
    const { refusal } = await this.#activities.stopAction(asked)
    if (refusal === null) run.follow('failed')
    return { action: run.state, refusal }
  }

  get #hasReturned(): boolean {
    return this.#deps.run.returnedSessionId !== null
  }

  get #isPast(): boolean {
    const { state } = this.#deps.run
    return state !== 'none' && state !== 'scheduled' && state !== 'awaiting_participant'
  }

  #mustAwait(): void {
    if (this.#deps.run.state !== 'awaiting_participant' || this.#hasReturned) throw refuse('link_unusable')
  }
  #mustWait(): void {
    const { state } = this.#deps.run
    if (state !== 'scheduled' && state !== 'awaiting_participant') throw refuse('state_does_not_allow')
  }

  #listen(): void {
    const { inbox } = this.#deps
    // The row may be ahead of this workflow for a moment, so only what is past is turned away here.
    const awaited = () => {
      if (this.#isPast) throw refuse('link_unusable')
    }
    setHandler(submitReturnCodeUpdate, ({ inputId }) => inbox.ask(() => this.#tryCode(inputId)), {
      validator: (_said: SubmitInput) => {
        awaited()
      },
    })
    setHandler(
      sendReturnLinkUpdate,
      (input) => {
        const { actor, channel, contactId } = input
        const staffRequest = staffRequestNow(input)
        return inbox.ask(() => {
          this.#mustAwait()
          return this.#send({ channel, contactId }, actor, staffRequest)
        })
      },
      {
        validator: (_said: ResendInput) => {
          awaited()
        },
      },
    )
    setHandler(
      stopActionUpdate,
      (input) => {
        const staffRequest = staffRequestNow(input)
        return inbox.ask(() => this.#stop(input, staffRequest))
      },
      {
        validator: (_said: StopInput) => {
          if (this.#isPast) throw refuse('state_does_not_allow')
        },
      },
    )
  }
}

const staffRequestNow = (input: { readonly attestation?: StaffAttestation }): StaffRequest =>
  staffRequestOf(updateId(), input)

const ring = async (seconds: number, clock: { isOver: boolean }): Promise<void> => {
  try {
    await sleep(Math.max(Math.ceil(seconds * 1000), 1))
    clock.isOver = true
  } catch (error) {
    if (!isCancellation(error)) throw error
  }
}
