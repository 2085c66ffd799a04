import { languages } from '#domain/languages.ts'
import { z } from 'zod'
import { noticeKinds } from '#domain/messages/kinds.ts'
import { actingPurposes, actions } from '#domain/verification/verification.ts'
import { probeLimits, type InputReport } from '#domain/risk/probe.ts'
import { Channel, Instant, Purpose } from './common.ts'
import { QuestionAsk, QuestionText } from './portal-question.ts'
import { PageProofInput } from './probe.ts'

/** The look of the organisation, as its people know it. */
export const Brand = z.strictObject({
  name: z.string(),
  accent: z.string().nullable(),
  helpdeskPhone: z.string().nullable(),
})

/** Two digits that the page shows and the participant types to confirm a "No" (C6). */
const Digits = z.string().regex(/^\d{2}$/)
const Progress = z.strictObject({ at: z.int(), of: z.int() })

/** The endings of a portal visit; the words are the portal's. None reveals which check or answer mattered. */
export const endings = [
  ...actingPurposes.flatMap((purpose) => Object.values(actions[purpose].endings)),
  'account_not_locked',
  'confirmed',
  'not_confirmed',
  'reported',
  'stopped_by_report',
  'timed_out',
  'cancelled',
  'code_dead',
  'session_over',
  'not_this_browser',
] as const

/**
 * The step to render. Order is the server's business; the portal renders the step it is given.
 * Prompts are message keys with slots; option texts come in the language of their source.
 */
export const Step = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('who_asks'),
      /** Null where nobody of the help desk asks: it was asked for on the help page. */
      agentName: z.string().nullable(),
      purpose: Purpose,
      ticket: z.string().nullable(),
      startedAt: Instant,
      /** The place of the request: a city and its country, or the country alone; null where neither is known. */
      origin: z.strictObject({ city: z.string().nullable(), country: z.string().nullable() }).nullable(),
      phrase: z.tuple([z.string(), z.string()]),
      declineDigits: Digits,
      /** The case is decided: the participant comes back to do what was approved. */
      approved: z.boolean(),
      /** Where the code was sent, masked; null: the help desk reads it out. */
      sentTo: z.string().nullable(),
      triesLeft: z.int(),
      /** Which kinds of data are looked at, as message keys. */
      looksAt: z.array(z.string()),
      /** After so many days the raw data of the device are deleted. */
      rawDays: z.int(),
    }),
    z.strictObject({ kind: z.literal('checking'), nonce: z.string(), progress: Progress }),
    z.strictObject({
      kind: z.literal('question'),
      position: z.int(),
      /** "question 2 of up to 6": never a fixed total. */
      number: z.int(),
      askedOf: z.int(),
      text: QuestionText,
      ask: QuestionAsk,
      secondsLeft: z.int(),
      progress: Progress,
    }),
    z.strictObject({
      kind: z.literal('second_code'),
      channel: Channel,
      contactMasked: z.string(),
      triesLeft: z.int(),
      wrong: z.boolean(),
      /** The code is too old; another one may be asked for. */
      isExpired: z.boolean(),
      /** Another code, as long as the case sends one; null: it sends none any more. */
      again: z
        .strictObject({
          /** To the time when it may be asked for; 0: now. */
          secondsLeft: z.int(),
          /** The last one was held back by a limit; the code before it still counts. */
          isHeld: z.boolean(),
          /** Contacts on file that may get it, masked, in the order of the policy. */
          choices: z.array(z.strictObject({ id: z.uuid(), channel: Channel, masked: z.string() })),
        })
        .nullable(),
      progress: Progress,
    }),
    z.strictObject({
      kind: z.literal('second_code_refused'),
      /** A limit holds it back, the provider refused the message, or no contact may get one any more. */
      because: z.enum(['limit', 'delivery', 'contact']),
      /** Where the message that was refused went, masked; null where none was begun. */
      contactMasked: z.string().nullable(),
      /** When it may be; null: not while this case lives. */
      sendAt: Instant.nullable(),
      secondsLeft: z.int().nullable(),
      asksLeft: z.int(),
      /** The next kind of evidence for participants who continue without the code. */
      otherWay: z.enum(['passkey', 'provider_sign_in', 'push', 'recovery_sheet', 'approver', 'agent']),
      progress: Progress,
    }),
    z.strictObject({
      kind: z.literal('vouching'),
      /** The relation of the person who was asked; never the name. */
      as: z.enum(['manager', 'named']),
      /** The participant reads these digits out to the approver. */
      digits: Digits,
      secondsLeft: z.int(),
      progress: Progress,
    }),
    z.strictObject({
      kind: z.literal('passkey'),
      /** The last answer was not taken. */
      refused: z.boolean(),
      triesLeft: z.int(),
      progress: Progress,
    }),
    z.strictObject({
      kind: z.literal('provider_sign_in'),
      /** The host of the provider, so that the participant sees where the page leads. */
      host: z.string(),
      /** The reason why the last sign-in was no proof; null: there was none. */
      problem: z.enum(['other_account', 'stale', 'weak', 'unanswered']).nullable(),
      triesLeft: z.int(),
      progress: Progress,
    }),
    z.strictObject({
      kind: z.literal('push'),
      /** `ready`: none is on its way · `sending`: it is about to be sent · `sent`: the authenticator has it. */
      state: z.enum(['ready', 'sending', 'sent']),
      /** The reason why the last push led nowhere; null: there was none. */
      problem: z.enum(['not_sent', 'unanswered']).nullable(),
      /** To be chosen on the authenticator, where the service shows several; null: it shows none. */
      number: z.string().nullable(),
      /** The two words of the case, which the push shows where the service can show a text. */
      phrase: z.tuple([z.string(), z.string()]),
      pushesLeft: z.int(),
      progress: Progress,
    }),
    z.strictObject({
      kind: z.literal('recovery_sheet'),
      /** The code that was just typed: no code of any sheet reads like that, or it does not count; null: none was typed. */
      problem: z.enum(['mistyped', 'wrong']).nullable(),
      triesLeft: z.int(),
      progress: Progress,
    }),
    z.strictObject({
      kind: z.literal('waiting'),
      /** Nobody of the help desk is on the line: the participant asked by themself. */
      isAlone: z.boolean(),
      for: z.enum(['score', 'decision', ...actingPurposes.map((purpose) => actions[purpose].awaited)]),
      progress: Progress,
    }),
    /** Approved, and done once the waiting time is over, unless a contact says no. */
    z.strictObject({ kind: z.literal('scheduled'), until: Instant, progress: Progress }),
    z.strictObject({
      kind: z.literal('new_password'),
      minLength: z.int(),
      maxLength: z.int(),
      contextWords: z.array(z.string()),
      /** The rules that refused the last try, by key; empty on the first. */
      refusedBy: z.array(z.string()),
      triesLeft: z.int(),
      secondsLeft: z.int(),
      progress: Progress,
    }),
    z.strictObject({
      /** The participant may remove their second sign-in step; only then is a code for a new one made. */
      kind: z.literal('reset_mfa'),
      secondsLeft: z.int(),
      progress: Progress,
    }),
    z.strictObject({
      kind: z.literal('ended'),
      ending: z.enum(endings),
      feedbackGiven: z.boolean(),
      /** After a new password: a passkey may be set up, or was. Absent: neither. */
      passkey: z.enum(['offered', 'enrolled']).optional(),
      /** A sheet of recovery codes may be printed here, or was. Absent: neither. */
      sheet: z.enum(['offered', 'made']).optional(),
      /**
       * After the second sign-in step was removed: a code for a new one can be shown, once, here; it was shown; its time is
       * over; the directory needs none; it cannot be had here.
       */
      enrolment: z.enum(['ready', 'shown', 'over', 'none', 'lost']).optional(),
    }),
  ])
  .meta({ id: 'Step' })
export type Step = z.infer<typeof Step>

export const RecoveryCodeInput = z.strictObject({ code: z.string().max(60) })

/** A sheet of recovery codes: shown once, to the participant alone; it counts for nothing until they say that they printed it. */
export const DrawnSheet = z
  .strictObject({ sheetId: z.uuid(), codes: z.array(z.string()) })
  .meta({ id: 'DrawnSheet' })
export type DrawnSheet = z.infer<typeof DrawnSheet>
export const PrintedInput = z.strictObject({ sheetId: z.uuid() })

/** The one-time code for a new second factor: shown once, on the verified device, and nowhere else (B2). */
export const EnrolmentCode = z
  .strictObject({ code: z.string(), expiresAt: Instant })
  .meta({ id: 'EnrolmentCode' })
export type EnrolmentCode = z.infer<typeof EnrolmentCode>

/** Every answer of the portal carries the step to render next. */
export const StepAnswer = z
  .strictObject({
    brand: Brand,
    step: Step,
    reportDigits: Digits.nullable(),
    /**
     * The nonce of the session, for the signatures of its device key (domain/risk/device-proof.ts); absent before there
     * is one.
     */
    nonce: z.string().optional(),
  })
  .meta({ id: 'StepAnswer' })
export type StepAnswer = z.infer<typeof StepAnswer>

/** The 43 characters after the # of a link. */
export const Token = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
export const Language = z.enum(languages)
/** The organisation that an address such as `/northwind` names; null: the only one there is. */
export const FrontDoorInput = z.strictObject({ organisation: z.string().max(31).nullable() })
/** The look of that organisation; null where none has that name, or where there is more than one. */
export const FrontDoor = z.strictObject({ brand: Brand.nullable() }).meta({ id: 'FrontDoor' })
/** Inert: it says who asks, and takes the code. */
export const OpenLinkInput = z.strictObject({ token: Token })
export const OpenReportInput = z.strictObject({ token: Token })
/** A wrong code is an answer, not an error: the page stays, with one try less. */
export const CodeAnswer = z
  .strictObject({ accepted: z.boolean(), answer: StepAnswer })
  .meta({ id: 'CodeAnswer' })
export type CodeAnswer = z.infer<typeof CodeAnswer>
export const DeclineInput = z.strictObject({ token: Token, digits: Digits })

/** The page of a notice's "this was not me" link. */
export const ReportPage = z
  .strictObject({
    brand: Brand,
    kind: z.enum(noticeKinds),
    /** Null: it is about a passkey that was set up without a request to the help desk. */
    purpose: Purpose.nullable(),
    at: Instant,
    digits: Digits,
  })
  .meta({ id: 'ReportPage' })
export type ReportPage = z.infer<typeof ReportPage>
export const ConfirmReportInput = z.strictObject({ token: Token, digits: Digits })
export const Reported = z
  .strictObject({ brand: Brand, ending: z.literal('reported') })
  .meta({ id: 'Reported' })
export type Reported = z.infer<typeof Reported>

const Count = z.int().min(0).max(probeLimits.inputCount)
const Milliseconds = z.int().min(0).max(probeLimits.inputMs)
/** The manner in which an answer or a code was entered: counts and times only, never keys (domain `InputReport`). */
export const InputSummary = z.strictObject({
  keydowns: Count,
  inputs: Count,
  untrusted: z.array(z.string().max(probeLimits.textChars)).max(probeLimits.listItems).readonly(),
  pastes: Count,
  assisted: Count,
  visibleMs: Milliseconds,
  blurs: Count,
  accessibility: z.boolean(),
  rhythm: z
    .strictObject({
      keys: Count,
      intervalMs: Milliseconds.optional(),
      intervalSdMs: Milliseconds,
      dwellMs: Milliseconds.optional(),
      dwellSdMs: Milliseconds.nullable(),
    })
    .nullable(),
  mouse: z.strictObject({ presses: Count, centred: Count }),
}) satisfies z.ZodType<InputReport>
export const SubmitCodeInput = z.strictObject({
  token: Token,
  code: z.string().regex(/^\d{6}$/),
  language: Language,
  page: PageProofInput,
  summary: InputSummary,
})
export const AnswerInput = z.strictObject({
  position: z.int().min(0).max(20),
  reply: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('option'), optionId: z.string().max(64) }),
    z.strictObject({ kind: z.literal('text'), text: z.string().max(500) }),
    z.strictObject({ kind: z.literal('dont_know') }),
    z.strictObject({ kind: z.literal('time_is_up') }),
  ]),
  summary: InputSummary,
})
export const MoreTimeInput = z.strictObject({ position: z.int().min(0).max(20) })
/** Another code, to a contact from the step's choices, or to the one that comes first by policy. */
export const CodeAsk = z.strictObject({ contactId: z.uuid().optional() })

export const SecondCodeInput = z.strictObject({ code: z.string().regex(/^\d{6}$/), summary: InputSummary })
export const PasswordInput = z.strictObject({ password: z.string().min(1).max(512) })
/** Rules by key, each with whether the typed password keeps it. */
export const PasswordRules = z
  .strictObject({
    rules: z.array(z.strictObject({ key: z.string(), kept: z.boolean() })),
    accepted: z.boolean(),
  })
  .meta({ id: 'PasswordRules' })
export type PasswordRules = z.infer<typeof PasswordRules>
export const FeedbackInput = z.strictObject({
  rating: z.enum(['easy', 'hard']),
  comment: z.string().trim().max(1000).nullable(),
})
export const ReportInput = z.strictObject({ digits: Digits })

/** Where the participant signs in; null: the provider does not answer now, which is nobody's fault and costs nothing. */
export const ProviderSignIn = z.strictObject({ url: z.url().nullable() }).meta({ id: 'ProviderSignIn' })
export type ProviderSignIn = z.infer<typeof ProviderSignIn>
