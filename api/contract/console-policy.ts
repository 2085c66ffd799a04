import { numberDoubts } from '#domain/policy/number-check.ts'
import { z } from 'zod'
import { evidenceKinds, type Policy as DomainPolicy, type Rule as DomainRule } from '#domain/policy/policy.ts'
import { questionFamilies } from '#domain/questions/plan.ts'
import { Band, Category, Id, Instant, Purpose, Recommendation, StaffText, Tier } from './common.ts'

const whole = (min: number, max: number) => z.int().min(min).max(max)
/** A number with at most one decimal: the scale of the score, and decibans. */
const tenths = (min: number, max: number) =>
  z
    .number()
    .min(min)
    .max(max)
    .refine((n) => Math.abs(n * 10 - Math.round(n * 10)) < 1e-6, 'one decimal at most')
const Decibans = tenths(-40, 40)
const minute = 60
const day = 86_400

const Rule = z.strictObject({
  classesRequired: z.array(z.enum(evidenceKinds)).max(4),
  classesNeeded: whole(1, 4),
  minAnswered: whole(1, 6),
  maxAsked: whole(3, 6),
  deciders: z.enum(['agent', 'supervisor', 'auto']),
  holdForSecondApproval: z.boolean(),
  channels: z
    .array(z.enum(['sms', 'email']))
    .min(1)
    .max(2),
})

const Caps = z
  .array(z.strictObject({ max: whole(1, 1_000_000), seconds: whole(minute, 90 * day) }))
  .min(1)
  .max(4)
const Mode = z.enum(['live', 'shadow', 'off'])
const CheckSetting = z.strictObject({
  mode: Mode.optional(),
  weight: tenths(0, 40).optional(),
  weights: z.record(z.string().max(40), Decibans).optional(),
})
const Limit = z.strictObject({ lo: tenths(-60, 0), hi: tenths(0, 60) })

type Ruled = {
  readonly rules: Readonly<
    Record<z.infer<typeof Purpose>, Readonly<Record<z.infer<typeof Tier>, z.infer<typeof Rule>>>>
  >
  readonly score: {
    readonly bands: { readonly low: number; readonly guarded: number; readonly elevated: number }
  }
}

/** What no single field shows. */
const contradictions = ({ rules, score: { bands } }: Ruled): readonly (readonly [string, string])[] => [
  ...Object.entries(rules).flatMap(([purpose, { standard, privileged }]) => [
    ...(privileged.classesNeeded < 2
      ? [[`rules.${purpose}.privileged.classesNeeded`, 'privileged people need two kinds'] as const]
      : []),
    ...(privileged.deciders === 'auto'
      ? [[`rules.${purpose}.privileged.deciders`, 'a person decides on privileged people'] as const]
      : []),
    ...Object.entries({ standard, privileged })
      .filter(([, rule]) => rule.minAnswered > rule.maxAsked)
      .map(([tier]) => [`rules.${purpose}.${tier}.minAnswered`, 'at most as many as are asked'] as const),
  ]),
  ...(bands.low < bands.guarded && bands.guarded < bands.elevated
    ? []
    : [['score.bands.guarded', 'between the bands beside it'] as const]),
]

/**
 * A whole policy. The bounds are what no policy may leave: evidence for everything (security.md B4), six digits for ten
 * minutes and five tries (B6), grants of fifteen minutes (B1), and the like. `version` is the one it was made from.
 */
export const Policy = z
  .strictObject({
    version: whole(1, 1_000_000_000),
    rules: z.record(Purpose, z.record(Tier, Rule)),
    score: z.strictObject({
      bands: z.strictObject({ low: tenths(0, 9.9), guarded: tenths(0, 9.9), elevated: tenths(0, 9.9) }),
      caps: z.record(Category, Limit).optional(),
      moreEvidenceFrom: tenths(0, 10),
      escalateFrom: tenths(0, 10),
      twoKindsOn: z.array(z.string().regex(/^[A-Z]{3}_[A-Z0-9_]{2,40}$/)).max(100),
      checks: z.record(z.string().regex(/^[A-Z]{3}_[A-Z0-9_]{2,40}$/), CheckSetting),
    }),
    limits: z.strictObject({
      sendsPerParticipant: Caps,
      sendsPerContact: Caps,
      sendsPerPrefix: Caps,
      sendsPerTenant: Caps,
      codeTriesPerCode: whole(1, 5),
      codeTriesPerParticipant: Caps,
      startsPerAgent: Caps,
      lookUpsPerAgent: Caps,
      revealsPerAgent: Caps,
      questionSetsPerParticipant: Caps,
      questionedPeoplePerAgent: Caps,
    }),
    contacts: z.strictObject({
      typedContacts: z.boolean(),
      changedWithinHours: whole(0, 24 * 60),
      smsCountries: z.array(z.string().regex(/^[A-Z]{2}$/)).max(250),
      checkNumbers: z.boolean(),
      numbersNotAlone: z.array(z.enum(numberDoubts)).max(numberDoubts.length),
      numbersRefused: z.array(z.enum(numberDoubts)).max(numberDoubts.length),
    }),
    lifetimes: z.strictObject({
      smsLink: whole(minute, 60 * minute),
      emailLink: whole(minute, 60 * minute),
      matchCode: whole(minute, 10 * minute),
      portalIdle: whole(minute, 30 * minute),
      portalAbsolute: whole(5 * minute, 120 * minute),
      decisionWait: whole(5 * minute, 3 * day),
      grant: whole(minute, 15 * minute),
      reportLink: whole(3600, 14 * day),
      reportBlock: whole(minute, 7 * day),
      verification: whole(3600, 7 * day),
    }),
    questions: z.strictObject({
      enabled: z.boolean(),
      families: z.record(z.enum(questionFamilies), z.boolean()),
      secondsPerQuestion: whole(20, 600),
      secondsInAll: whole(60, 3600),
      warningSeconds: whole(5, 120),
      enoughAt: tenths(0, 60),
      hopelessAt: tenths(-60, 0),
      minPeople: whole(1, 10_000),
      minTenureDays: whole(0, 3650),
      familyRestDays: whole(0, 3650),
      factRestDays: whole(0, 3650),
    }),
    labBanner: z.boolean(),
  })
  .superRefine((policy, context) => {
    for (const [path, message] of contradictions(policy))
      context.addIssue({ code: 'custom', path: path.split('.'), message })
  })
  .meta({ id: 'Policy' })
export type Policy = z.infer<typeof Policy>

type SameKeys<A, B> = [keyof A] extends [keyof B] ? ([keyof B] extends [keyof A] ? true : never) : never
type Section = 'score' | 'limits' | 'contacts' | 'lifetimes' | 'questions'
/** Do not compile when a field of the domain's policy is missing here, or the other way round. */
const sections: { [S in Section]: SameKeys<Policy[S], DomainPolicy[S]> } = {
  score: true,
  limits: true,
  contacts: true,
  lifetimes: true,
  questions: true,
}
const isWhole: SameKeys<Policy, DomainPolicy> & SameKeys<z.infer<typeof Rule>, DomainRule> = true
void [sections, isWhole]

const Cap = z.strictObject({ max: z.int(), seconds: z.int() })
const FieldValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.array(Cap)])
export const PolicyChange = z.strictObject({ path: z.string(), before: FieldValue, after: FieldValue })
export type PolicyChange = z.infer<typeof PolicyChange>
/** Which way a field weakened; the console has a sentence for each. */
export const Weakened = z.strictObject({
  path: z.string(),
  by: z.enum(['up', 'down', 'either', 'loses', 'gains', 'caps', 'decider', 'mode']),
})
export type Weakened = z.infer<typeof Weakened>

export const PolicyVersionHead = z.strictObject({
  version: z.int(),
  savedBy: z.string(),
  savedAt: Instant,
  /** From then on it holds, unless a later one does. */
  effectiveAt: Instant,
  reason: z.string().nullable(),
  acceptedBy: z.string().nullable(),
})
export type PolicyVersionHead = z.infer<typeof PolicyVersionHead>

export const PolicyProposal = z.strictObject({
  id: Id,
  baseVersion: z.int(),
  reason: z.string(),
  proposedBy: z.strictObject({ id: Id, name: z.string() }),
  proposedAt: Instant,
  expiresAt: Instant,
  /** Another version holds by now: it can only be withdrawn or declined. */
  isOutdated: z.boolean(),
  changes: z.array(PolicyChange),
  weakened: z.array(Weakened),
})
export type PolicyProposal = z.infer<typeof PolicyProposal>

const StaffName = z.strictObject({ id: Id, name: z.string() })
export const Threat = z.strictObject({
  reason: z.string(),
  raisedBy: StaffName,
  raisedAt: Instant,
  loweringAskedBy: StaffName.nullable(),
})
export type Threat = z.infer<typeof Threat>

export const CheckCatalogue = z.array(
  z.strictObject({
    code: z.string(),
    category: Category,
    mode: Mode,
    weights: z.record(z.string(), z.number()),
  }),
)

/** The policy in force and everything that is about to change it. */
export const PolicyPage = z
  .strictObject({
    current: PolicyVersionHead,
    policy: Policy,
    /** Accepted, and waiting for its time. */
    scheduled: PolicyVersionHead.nullable(),
    proposals: z.array(PolicyProposal),
    /** Every check with its defaults. */
    checks: CheckCatalogue,
    threat: Threat.nullable(),
  })
  .meta({ id: 'PolicyPage' })
export type PolicyPage = z.infer<typeof PolicyPage>

export const PolicyVersionsQuery = z.strictObject({
  /** Versions below this one. */
  before: z.coerce.number().int().min(1).max(2_000_000_000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})
export const PolicyVersions = z
  .strictObject({ versions: z.array(PolicyVersionHead), nextBefore: z.int().nullable() })
  .meta({ id: 'PolicyVersions' })
export type PolicyVersions = z.infer<typeof PolicyVersions>

export const PolicyVersionParams = z.strictObject({
  version: z.coerce.number().int().min(1).max(2_000_000_000),
})
export const PolicyVersion = z
  .strictObject({
    head: PolicyVersionHead,
    /** Compared with the version before it; null for the first. */
    comparedWith: z.int().nullable(),
    changes: z.array(PolicyChange),
    weakened: z.array(Weakened),
  })
  .meta({ id: 'PolicyVersion' })
export type PolicyVersion = z.infer<typeof PolicyVersion>

export const PolicyDraft = z.strictObject({ policy: Policy })
export const PolicyPreview = z
  .strictObject({ changes: z.array(PolicyChange), weakened: z.array(Weakened) })
  .meta({ id: 'PolicyPreview' })
export type PolicyPreview = z.infer<typeof PolicyPreview>

export const SavePolicyInput = z.strictObject({ policy: Policy, reason: StaffText(500) })
export const PolicySaved = z
  .strictObject({
    /** `proposed`: it weakens and waits for a second admin; `unchanged`: it does what the policy in force does. */
    status: z.enum(['saved', 'proposed', 'unchanged']),
    version: z.int().nullable(),
    proposalId: Id.nullable(),
  })
  .meta({ id: 'PolicySaved' })
export type PolicySaved = z.infer<typeof PolicySaved>

export const ProposalParams = z.strictObject({ proposalId: Id })
export const DecideProposalInput = z.strictObject({
  decision: z.enum(['accept', 'decline', 'withdraw']),
  reason: StaffText(500),
})
export const ProposalDecided = z
  .strictObject({ version: z.int().nullable(), effectiveAt: Instant.nullable() })
  .meta({ id: 'ProposalDecided' })
export type ProposalDecided = z.infer<typeof ProposalDecided>

export const RaiseThreatInput = z.strictObject({ reason: StaffText(500) })
export const ThreatLowered = z.strictObject({ isOn: z.boolean() }).meta({ id: 'ThreatLowered' })
export type ThreatLowered = z.infer<typeof ThreatLowered>

const Reach = z.strictObject({ before: z.int(), after: z.int() })
/** Who has no route, by the policy in force and by the draft, as the directory stands now. */
export const PolicyReach = z
  .strictObject({
    people: z.int(),
    /** Accounts that are never handled, or cannot be: no policy gives them a route. */
    notHandled: z.int(),
    cells: z.array(z.strictObject({ purpose: Purpose, tier: Tier, people: z.int(), withoutRoute: Reach })),
    /** Some of those whom the draft would leave without a route. */
    stranded: z.array(
      z.strictObject({
        id: Id,
        name: z.string(),
        tier: Tier,
        purposes: z.array(Purpose),
        reason: z.string(),
      }),
    ),
  })
  .meta({ id: 'PolicyReach' })
export type PolicyReach = z.infer<typeof PolicyReach>

export const BackTestInput = z.strictObject({
  policy: Policy,
  /** As the last answer said; null to begin. */
  after: z.string().max(200).nullable(),
})
const Judged = z.strictObject({ answer: Recommendation, band: Band })
export const BackTested = z
  .strictObject({
    /** Cases of the last 90 days looked at in this part. */
    cases: z.int(),
    /** Of them: could not be computed again from what is stored. */
    notReplayable: z.int(),
    better: z.int(),
    worse: z.int(),
    bandChanged: z.int(),
    /** Some of those whose answer or band changed. */
    changed: z.array(
      z.strictObject({
        verificationId: Id,
        participant: z.string(),
        purpose: Purpose,
        startedAt: Instant,
        outcome: z.string().nullable(),
        before: Judged,
        after: Judged,
      }),
    ),
    /** Share of the period that is done, 0 to 1. */
    done: z.number().min(0).max(1),
    next: z.string().nullable(),
  })
  .meta({ id: 'BackTested' })
export type BackTested = z.infer<typeof BackTested>
