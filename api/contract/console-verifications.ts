import { z } from 'zod'
import { deliveryProblems } from '#domain/messages/delivery-problem.ts'
import { labelBases } from '#domain/risk/calibration/case.ts'
import {
  ActionState,
  Band,
  Channel,
  CheckCode,
  Decision,
  FunnelStep,
  Id,
  Instant,
  OptionLabel,
  Outcome,
  Purpose,
  Rating,
  Recommendation,
  Sentence,
  State,
  Tier,
  Verdict,
} from './common.ts'
import { AskedApprover, NextApprover } from './console-approvers.ts'
import { Check, EvidenceValue, Score } from './console-score.ts'
import { NumberInAddress, NumberInAddressOr } from './number-in-address.ts'

/** Several values of one filter, comma-separated. */
const list = <T extends z.ZodType<string, string>>(item: T) =>
  z
    .string()
    .max(800)
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(item).max(20))

/** Filters, sort and page of the list; the export takes the same. */
export const ListQuery = z.strictObject({
  q: z.string().trim().min(3).max(100).optional(),
  outcome: list(Outcome).optional(),
  state: list(State).optional(),
  purpose: list(Purpose).optional(),
  channel: list(Channel).optional(),
  /** Staff ids. */
  referrer: list(Id).optional(),
  personId: Id.optional(),
  band: list(Band).optional(),
  /** The step of the dashboard's funnel that it reached at least. */
  step: FunnelStep.optional(),
  /** Checks that are reasons of the score; needs `checks.read`. */
  reason: list(CheckCode).optional(),
  feedback: list(Rating).optional(),
  /** Only those with a comment. */
  commented: z.literal('yes').optional(),
  /** Only refusals that staff called false afterwards. */
  overturned: z.literal('yes').optional(),
  /** Risk 0.0-10.0; needs `scores.read`. */
  riskFrom: NumberInAddress(z.number().min(0).max(10)).optional(),
  riskTo: NumberInAddress(z.number().min(0).max(10)).optional(),
  from: Instant.optional(),
  to: Instant.optional(),
  /** The last so many days of `timeZone`, today included; in place of `from` and `to`. */
  days: NumberInAddress(z.int().min(1).max(366)).optional(),
  /** 1 is Monday; with `hour`, in a period. */
  weekday: NumberInAddress(z.int().min(1).max(7)).optional(),
  /** 0-23, as clocks of `timeZone` show it. */
  hour: NumberInAddress(z.int().min(0).max(23)).optional(),
  timeZone: z.string().max(60).optional(),
  sort: z.enum(['started', 'completed', 'risk', 'outcome', 'purpose']).default('started'),
  order: z.enum(['desc', 'asc']).default('desc'),
  /** Opaque; from `nextCursor`. */
  cursor: z.string().max(300).optional(),
  limit: NumberInAddressOr(z.int().min(1).max(100), 50),
})
export type ListQuery = z.infer<typeof ListQuery>

export const VerificationRow = z.strictObject({
  id: Id,
  participant: z.strictObject({ id: Id, name: z.string(), email: z.string().nullable() }),
  purpose: Purpose,
  state: State,
  outcome: Outcome.nullable(),
  decision: Decision.nullable(),
  action: ActionState,
  /** 0.0-10.0; null before scoring and for those who may not see scores. */
  risk: z.number().nullable(),
  band: Band.nullable(),
  referrer: z.strictObject({ id: Id.nullable(), name: z.string() }),
  channel: Channel,
  contactMasked: z.string(),
  ticket: z.string().nullable(),
  feedback: Rating.nullable(),
  startedAt: Instant,
  completedAt: Instant.nullable(),
})
export type VerificationRow = z.infer<typeof VerificationRow>

export const VerificationList = z
  .strictObject({
    rows: z.array(VerificationRow),
    nextCursor: z.string().nullable(),
    /** Counted up to 1,000; `capped` means "1,000+". */
    count: z.strictObject({ value: z.int(), capped: z.boolean() }),
    referrers: z.array(z.strictObject({ id: Id, name: z.string() })),
    /** Search looks at up to 50 people; said on the screen when there are more. */
    searchCapped: z.boolean(),
  })
  .meta({ id: 'VerificationList' })
export type VerificationList = z.infer<typeof VerificationList>

const Allowed = z.strictObject({ allowed: z.boolean(), reason: Sentence.nullable() })
export const VerificationPanel = z
  .strictObject({
    row: VerificationRow,
    participant: z.strictObject({
      id: Id,
      name: z.string(),
      email: z.string().nullable(),
      title: z.string().nullable(),
      department: z.string().nullable(),
      office: z.string().nullable(),
      tier: Tier,
      accountState: z.string(),
    }),
    phrase: z.tuple([z.string(), z.string()]),
    /** The label of the link's contact; null where it is gone. */
    contactLabel: z.string().nullable(),
    linkExpiresAt: Instant.nullable(),
    expiresAt: Instant,
    canReadMatchCode: z.boolean(),
    progress: z.strictObject({
      sentAt: Instant.nullable(),
      deliveredAt: Instant.nullable(),
      pageSeenAt: Instant.nullable(),
      codeAcceptedAt: Instant.nullable(),
      codeTries: z.int(),
      route: z
        .enum([
          'questions',
          'second_contact',
          'passkey',
          'provider_sign_in',
          'push',
          'recovery_sheet',
          'none',
        ])
        .nullable(),
      answered: z.int(),
      askedOf: z.int().nullable(),
      answersCompletedAt: Instant.nullable(),
      /** The code to another contact could not be sent, or its provider refused it; `sendAt`: when the next one may go. */
      codeRefused: z.strictObject({ sendAt: Instant.nullable(), isUndelivered: z.boolean() }).nullable(),
      /** The participant went on without that code: nobody typed it. */
      isCodeGivenUp: z.boolean(),
      scoredAt: Instant.nullable(),
      closedAt: Instant.nullable(),
    }),
    recommendation: Recommendation.nullable(),
    recommendationReasons: z.array(Sentence),
    /** Reasons why the policy would have asked for more proof, which it only records. */
    wouldAsk: z.array(Sentence),
    instruction: Sentence.nullable(),
    /** The person's directory does not answer, or is not believed, while something is still to be asked of it. */
    directoryNote: Sentence.nullable(),
    decidedBy: z.strictObject({ name: z.string(), at: Instant, reason: z.string().nullable() }).nullable(),
    action: z.strictObject({
      state: ActionState,
      at: Instant.nullable(),
      reason: Sentence.nullable(),
      sessionsEnded: z.enum(['done', 'not_offered', 'failed']).nullable(),
      /** When the waiting time is over; null where none runs. */
      scheduledFor: Instant.nullable(),
    }),
    actions: z.strictObject({
      /** The kind of an approval by this caller; null where they may give none. */
      approve: Allowed.extend({ gives: z.enum(['decision', 'first', 'second']).nullable() }),
      refuse: Allowed,
      resend: Allowed,
      cancel: Allowed,
      askApprover: Allowed,
      stop: Allowed,
      label: Allowed,
      exercise: Allowed,
    }),
    /** Where two people approve (D1). */
    approval: z.strictObject({
      isNeeded: z.boolean(),
      /** Oldest first. `counts`: part of the decision · `unused`: the case ended otherwise · the others end a first one. */
      given: z.array(
        z.strictObject({
          ordinal: z.union([z.literal(1), z.literal(2)]),
          byName: z.string(),
          reason: z.string(),
          at: Instant,
          expiresAt: Instant,
          state: z.enum(['waiting', 'counts', 'unused', 'expired', 'changed', 'broken']),
        }),
      ),
      /** Names of staff who could give the second approval now. */
      mayGiveSecond: z.array(z.string()),
    }),
    /** Null for those who may not see scores, or before scoring. */
    score: Score.nullable(),
    checks: z.array(Check).nullable(),
    verdicts: z.strictObject({
      correct: z.int(),
      partial: z.int(),
      incorrect: z.int(),
      invalid: z.int(),
      skipped: z.int(),
    }),
    device: z
      .strictObject({
        browser: z.string().nullable(),
        os: z.string().nullable(),
        language: z.string().nullable(),
        timeZone: z.string().nullable(),
        addressMasked: z.string().nullable(),
        country: z.string().nullable(),
        network: z.string().nullable(),
        known: z.boolean().nullable(),
        sessionStartedAt: Instant.nullable(),
        sessionEndedAt: Instant.nullable(),
      })
      .nullable(),
    deliveries: z.array(
      z.strictObject({
        kind: z.enum(['link', 'second_code', 'entry_code', 'notice', 'approver_request']),
        ordinal: z.int(),
        channel: Channel,
        contactMasked: z.string(),
        contactLabel: z.string().nullable(),
        status: z.string(),
        at: Instant,
        /** When the provider says that it went out, and that it waits at the recipient's server. */
        sentAt: Instant.nullable(),
        delayedAt: Instant.nullable(),
        /** The time of the status; null while it is being sent. */
        endedAt: Instant.nullable(),
        problem: z.enum(deliveryProblems).nullable(),
      }),
    ),
    /** The people who were asked to vouch, oldest first. */
    approvers: z.array(AskedApprover),
    /** Null where nobody can be asked now, and for those who may not ask. */
    nextApprover: NextApprover.nullable(),
    timeline: z.array(z.strictObject({ at: Instant, event: Sentence, actor: z.string() })),
    feedback: z
      .strictObject({ rating: z.enum(['easy', 'hard']), comment: z.string().nullable(), at: Instant })
      .nullable(),
    labels: z.array(
      z.strictObject({
        label: z.string(),
        reason: z.string(),
        basis: z.enum(labelBases),
        byName: z.string(),
        at: Instant,
      }),
    ),
    /** The mark as an exercise; null where there is none, and for those who may not know. */
    exercise: z
      .strictObject({ isExercise: z.boolean(), reason: z.string(), byName: z.string(), at: Instant })
      .nullable(),
    screenHash: z.string(),
    /** A resend goes to this contact by default: the contact of this verification. */
    resendContactId: Id,
    workflowUrl: z.string().nullable(),
    versions: z.strictObject({
      policy: z.int(),
      /** Files of network and device data that the checks used. */
      data: z.array(z.strictObject({ name: z.string(), version: z.string() })),
    }),
  })
  .meta({ id: 'VerificationPanel' })
export type VerificationPanel = z.infer<typeof VerificationPanel>

/** Each question, reply, verdict, time. Every opening is audited. */
export const Transcript = z
  .strictObject({
    entries: z.array(
      z.strictObject({
        position: z.int(),
        family: z.string(),
        prompt: Sentence,
        reply: OptionLabel.nullable(),
        verdict: Verdict,
        timedOut: z.boolean(),
        seconds: z.number(),
        extensions: z.int(),
        askedAt: Instant,
      }),
    ),
  })
  .meta({ id: 'Transcript' })
export type Transcript = z.infer<typeof Transcript>

/** All evidence of all checks; every opening is audited. */
export const Evidence = z
  .strictObject({
    checks: z.array(
      z.strictObject({
        code: z.string(),
        /** One check may give several results (answers, contacts): code and group together name one of them. */
        group: z.string(),
        evidence: z.array(z.strictObject({ label: z.string(), value: EvidenceValue, sensitivity: z.int() })),
      }),
    ),
  })
  .meta({ id: 'Evidence' })
export type Evidence = z.infer<typeof Evidence>
