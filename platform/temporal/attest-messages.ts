/** The part of the port that gives the API's attestation: no message in the name of staff leaves it without one (T11). */
import type {
  ActorRef,
  AskApproverInput,
  CancelInput,
  DecideInput,
  ResendInput,
  StaffAttestation,
  StopInput,
  VerificationInput,
} from '#workflows/messages.ts'
import type { KeyRing } from '../crypto/keys.ts'
import {
  aboutDecision,
  aboutLink,
  aboutStart,
  attest,
  type StaffStatement,
} from '../crypto/staff-attestation.ts'

/** Which verification a call is for. The tenant comes from the session, never from input. */
export type VerificationRef = { readonly tenantId: string; readonly verificationId: string }

/** A call that may be repeated: the same id gets the first answer again (at most 128 characters). */
export type Requested = { readonly requestId: string }

/** A message as a caller of the port makes it: the port adds the attestation. */
export type Unattested<Input> = Omit<Input, 'attestation'>

/** A decision, with when its decider used their passkey of late: ISO 8601 UTC, null where they did not. */
export type UnattestedDecision = Unattested<DecideInput> & { readonly steppedUpAt: string | null }

type ByStaff = { readonly actor: ActorRef; readonly attestation?: StaffAttestation }
type Attest<Input, Attested> = (ref: VerificationRef, input: Input, by: Requested) => Attested

type Started = Unattested<Omit<VerificationInput, 'queuePrefix' | 'carried'>>

/** Each function takes a message and gives it back with its attestation. */
export type Attester = {
  start<Input extends Started>(input: Input): Input & { readonly attestation: StaffAttestation }
  readonly resend: Attest<Unattested<ResendInput>, ResendInput>
  readonly askApprover: Attest<Unattested<AskApproverInput>, AskApproverInput>
  readonly decide: Attest<UnattestedDecision, DecideInput>
  readonly cancel: Attest<Unattested<CancelInput>, CancelInput>
  readonly sendReturnLink: Attest<Unattested<ResendInput>, ResendInput>
  readonly stop: Attest<Unattested<StopInput>, StopInput>
}

/** The attester signs with the keys of this process. */
export const attesterFor = (keys: KeyRing): Attester => {
  const attestBy =
    <Input extends ByStaff>(
      act: StaffStatement['act'],
      about: (input: Unattested<Input>) => StaffStatement['about'],
    ): Attest<Unattested<Input>, Unattested<Input> & { readonly attestation: StaffAttestation }> =>
    ({ tenantId, verificationId }, input, { requestId: operationId }) => {
      const statement = {
        tenantId,
        verificationId,
        act,
        byId: input.actor.id,
        operationId,
        about: about(input),
      }
      return { ...input, attestation: attest(keys, statement) }
    }
  return {
    start: (input) => {
      const { tenantId, verificationId, referrer } = input
      const by = { byId: referrer.id, operationId: verificationId }
      const statement = {
        tenantId,
        verificationId,
        act: 'start',
        ...by,
        about: aboutStart(input, input),
      } as const
      return { ...input, attestation: attest(keys, statement) }
    },
    resend: attestBy<ResendInput>('resend', aboutLink),
    askApprover: attestBy<AskApproverInput>('ask_approver', () => []),
    decide: ({ tenantId, verificationId }, { steppedUpAt, ...input }, { requestId: operationId }) => {
      const act = input.decision === 'approved' ? 'approve' : 'refuse'
      const by = { byId: input.actor.id, operationId }
      const statement = { tenantId, verificationId, act, ...by, about: aboutDecision(input) } as const
      return { ...input, attestation: attest(keys, statement, steppedUpAt) }
    },
    cancel: attestBy<CancelInput>('cancel', ({ reason }) => [reason]),
    sendReturnLink: attestBy<ResendInput>('send_return_link', aboutLink),
    stop: attestBy<StopInput>('stop', ({ reason }) => [reason]),
  }
}
