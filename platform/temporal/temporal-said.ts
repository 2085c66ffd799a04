/** The part of the port that gives the API's word: no message in the name of staff leaves it without one (T11). */
import type {
  ActorRef,
  AskApproverInput,
  CancelInput,
  DecideInput,
  ResendInput,
  StaffWord,
  StopInput,
  VerificationInput,
} from '#workflows/messages.ts'
import type { KeyRing } from '../crypto/keys.ts'
import {
  aboutDecision,
  aboutLink,
  aboutStart,
  giveStaffWord,
  type SaidByStaff,
} from '../crypto/staff-word.ts'

/** Which verification a call is for. The tenant comes from the session, never from input. */
export type VerificationRef = { readonly tenantId: string; readonly verificationId: string }

/** A call that may be repeated: the same id gets the first answer again (at most 128 characters). */
export type Requested = { readonly requestId: string }

/** A message as a caller of the port makes it: the word is the port's to give. */
export type Unsaid<Input> = Omit<Input, 'word'>

/** A decision, with when its decider used their passkey of late: ISO 8601 UTC, null where they did not. */
export type UnsaidDecision = Unsaid<DecideInput> & { readonly steppedUpAt: string | null }

type ByStaff = { readonly actor: ActorRef; readonly word?: StaffWord }
type Saying<Input, Said> = (ref: VerificationRef, input: Input, by: Requested) => Said

type Started = Unsaid<Omit<VerificationInput, 'queuePrefix' | 'carried'>>

/** Each message, with its word. */
export type Says = {
  start<Input extends Started>(input: Input): Input & { readonly word: StaffWord }
  readonly resend: Saying<Unsaid<ResendInput>, ResendInput>
  readonly askApprover: Saying<Unsaid<AskApproverInput>, AskApproverInput>
  readonly decide: Saying<UnsaidDecision, DecideInput>
  readonly cancel: Saying<Unsaid<CancelInput>, CancelInput>
  readonly sendReturnLink: Saying<Unsaid<ResendInput>, ResendInput>
  readonly stop: Saying<Unsaid<StopInput>, StopInput>
}

/** Makes them over the keys of this process. */
export const saysFor = (keys: KeyRing): Says => {
  const saying =
    <Input extends ByStaff>(
      act: SaidByStaff['act'],
      about: (input: Unsaid<Input>) => SaidByStaff['about'],
    ): Saying<Unsaid<Input>, Unsaid<Input> & { readonly word: StaffWord }> =>
    ({ tenantId, verificationId }, input, { requestId: operationId }) => {
      const said = { tenantId, verificationId, act, byId: input.actor.id, operationId, about: about(input) }
      return { ...input, word: giveStaffWord(keys, said) }
    }
  return {
    start: (input) => {
      const { tenantId, verificationId, referrer } = input
      const by = { byId: referrer.id, operationId: verificationId }
      const said = { tenantId, verificationId, act: 'start', ...by, about: aboutStart(input, input) } as const
      return { ...input, word: giveStaffWord(keys, said) }
    },
    resend: saying<ResendInput>('resend', aboutLink),
    askApprover: saying<AskApproverInput>('ask_approver', () => []),
    decide: ({ tenantId, verificationId }, { steppedUpAt, ...input }, { requestId: operationId }) => {
      const act = input.decision === 'approved' ? 'approve' : 'refuse'
      const by = { byId: input.actor.id, operationId }
      const said = { tenantId, verificationId, act, ...by, about: aboutDecision(input) } as const
      return { ...input, word: giveStaffWord(keys, said, steppedUpAt) }
    },
    cancel: saying<CancelInput>('cancel', ({ reason }) => [reason]),
    sendReturnLink: saying<ResendInput>('send_return_link', aboutLink),
    stop: saying<StopInput>('stop', ({ reason }) => [reason]),
  }
}
