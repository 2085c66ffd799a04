/** Facts about answers and about secrets that came back. */
import type { InputReport } from '../probe.ts'
import type { SignInStrength } from '../sign-in-strength.ts'
import type { ContactFacts } from './persona.ts'

export type Verdict = 'correct' | 'partial' | 'incorrect' | 'invalid' | 'skipped'

export type ChallengeFacts = {
  /** Questions are part of this verification (another route has none) */
  isAsked: boolean
  /** All answers are in, or the questions have ended */
  isComplete: boolean
  /** Answers (correct, partial or incorrect) the policy asks for */
  minAnswered: number
  answers: readonly AnswerFacts[]
  /** Verifications with questions in 30 d, this one included; null: not counted */
  withQuestions30d: number | null
  /** Same fact, other answer, less than 30 d apart, fact unchanged: the families concerned; null: not compared */
  contradictions: readonly string[] | null
}

export type AnswerFacts = {
  /** Question family, `Q6` */
  family: string
  verdict: Verdict
  /** dB by the points table */
  points: number
  /** Largest |points| this question could have given */
  maxPoints: number
  form: 'choice' | 'typed'
  /** Words the participant had to read: question and options */
  wordsToRead: number
  /** Letters of a typed answer; 0 for a choice */
  letters: number
  seconds: number
  /** "More time" was used */
  isExtended: boolean
  /** The option picked was true more than three years ago, or is only in a block of decoys */
  isCanary: boolean
  /** null: the page sent no input summary */
  input: InputReport | null
}

export type PossessionFacts = {
  /** With an agent on the line the link proves nothing without the right match code */
  startedBy: 'agent' | 'self_service' | 'api'
  /** null: not asked for on this route */
  matchCode: { isMatched: boolean; tries: number } | null
  /** Single-use secrets that came back in this portal session: the link's, and codes to other contacts */
  returned: readonly ReturnedSecret[]
  /** Absent: no passkey of this participant counts yet, so that none can be asked for */
  passkey?: PasskeyFacts
  /** Absent: the organisation's provider does not know this participant, so that no sign-in can be asked for */
  providerSignIn?: ProviderSignInFacts
  /** Absent: this case has not asked for a push */
  push?: PushFacts
  /** Absent: this case has not asked for a code of a printed sheet */
  recoverySheet?: RecoverySheetFacts
  /** Approvers asked in this case, oldest first */
  approvers: readonly ApproverFacts[]
}

export type PasskeyFacts = {
  /** The participant's own passkey answered the challenge of this case, with user verification; null: it has not (yet) */
  proven: { name: string; enrolledAt: number; at: number } | null
  /** The participant was asked and said that it is not at hand */
  isGivenUp: boolean
}

/** A push to the participant's authenticator that a case asked them to approve. */
export type PushFacts = {
  /** When it was approved on the authenticator of the participant's own account; null: it was not (yet) */
  provenAt: number | null
  /** When somebody said on that authenticator that they asked for nothing; null: never */
  deniedAt: number | null
  /** The participant cannot approve one now, no push came to an end, or the pushes are used up */
  isGivenUp: boolean
}

/** A code of a printed recovery sheet that a case asked its participant for. */
export type RecoverySheetFacts = {
  /** A code of the participant's own sheet came back: codes left on it, and when it was made; null: none has (yet) */
  proven: { left: number; madeAt: number } | null
  /** The participant said that they have none at hand, or the tries are used up */
  isGivenUp: boolean
}

/** A sign-in at the organisation's identity provider that a case asked its participant for. */
export type ProviderSignInFacts = {
  /** The participant's own account, signed in anew with more than a password; null: it has not (yet) */
  proven: { at: number; methods: readonly string[]; strength: Exclude<SignInStrength, 'weak'> } | null
  /** The participant's own account signed in, with nothing but a password as far as the provider says */
  isWeak: boolean
  /** The account of another person signed in on the participant's page; null: never */
  foreignAt: number | null
  /** The participant said that they cannot sign in there now, or the tries are used up */
  isGivenUp: boolean
}

/** One request to an approver: who was asked, and what they said by their own sign-in. */
export type ApproverFacts = {
  /** Id of the request: each one counts by itself */
  id: string
  /** The participant's manager, or a person named for it beforehand */
  as: 'manager' | 'named'
  name: string
  askedAt: number
  /** null: nothing yet, or never */
  answer: 'yes' | 'no' | 'not_sure' | null
  answeredAt: number | null
  /** No answer can come any more */
  isOver: boolean
  /** Account in use, not blocked, no contact changed within the policy's hours; looked at when the case is weighed */
  isEligible: boolean
}

export type ReturnedSecret = {
  kind: 'link' | 'code'
  at: number
  contact: ContactFacts
}
