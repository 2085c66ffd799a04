import type { RefusalCode } from '#domain/refusal.ts'
import type { Channel } from '#domain/verification/verification.ts'
import type { ActorRef, MatchCodeAnswer } from '../messages.ts'
import type { DeliverLinkAnswer, StaffRequest } from '../verification/activity-types.ts'
import type { ResetRef } from './activity-types.ts'

/*
 * Before its grant is signed, a child asks whether its time has come and whether the participant is there (F3). These
 * are the inputs and answers; they are part of the wire format: fields are added, never renamed.
 */

export type PrepareActionInput = { readonly reset: ResetRef; readonly seq: number; readonly at: string }
/**
 * `ready`: a grant may be asked for now · `scheduled`: the waiting time runs for so many seconds more, and the row says so ·
 * `absent`: the participant has to come back, and the row says so; `linkOrdinal`: of the case's newest link.
 */
export type PrepareActionAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'scheduled'; readonly seconds: number }
  | { readonly kind: 'absent'; readonly linkOrdinal: number }

/** `target` null: the contact that the case's own links went to. */
export type DeliverReturnLinkInput = {
  readonly reset: ResetRef
  readonly ordinal: number
  readonly target: { readonly channel: Channel; readonly contactId: string } | null
  readonly linkSeconds: number
  readonly actor: ActorRef
  /** The attestation of staff who ask for it; absent where the workflow sends it by itself. */
  readonly staffRequest?: StaffRequest
  readonly at: string
}
export type DeliverReturnLinkAnswer = DeliverLinkAnswer & { readonly contactMasked: string }

export type AcceptReturnCodeInput = {
  readonly reset: ResetRef
  readonly ordinal: number
  readonly inputId: string
  readonly codeSeconds: number
  readonly at: string
}

export type StopActionInput = {
  readonly reset: ResetRef
  readonly seq: number
  readonly actor: ActorRef
  readonly words: string
  readonly staffRequest: StaffRequest
  readonly at: string
}
/** `refusal` set: it was not stopped, and why. */
export type StopActionAnswer = { readonly refusal: RefusalCode | null }

/** The activities of every child before its grant. */
export type WaitActivities = {
  prepareAction(input: PrepareActionInput): Promise<PrepareActionAnswer>
  deliverReturnLink(input: DeliverReturnLinkInput): Promise<DeliverReturnLinkAnswer>
  acceptReturnCode(input: AcceptReturnCodeInput): Promise<MatchCodeAnswer>
  stopAction(input: StopActionInput): Promise<StopActionAnswer>
}
