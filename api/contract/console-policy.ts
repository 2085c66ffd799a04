import { z } from 'zod'
import { thinRoutes } from '#domain/policy/reach.ts'
import { demands } from '#domain/risk/settings.ts'
import { questionFamilies } from '#domain/questions/plan.ts'
import { Band, Category, Id, Instant, Purpose, Recommendation, StaffText, Tier } from './common.ts'
import { NumberInAddress, NumberInAddressOr } from './number-in-address.ts'
import { Ask, CheckMode, Policy } from './policy-document.ts'

export { Policy } from './policy-document.ts'

const Cap = z.strictObject({ max: z.int(), seconds: z.int() })
const FieldValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.array(Cap)])
export const PolicyChange = z.strictObject({ path: z.string(), before: FieldValue, after: FieldValue })
export type PolicyChange = z.infer<typeof PolicyChange>
/** Which way a field weakened; the console has a sentence for each. */
export const Weakened = z.strictObject({
  path: z.string(),
  by: z.enum(['up', 'down', 'either', 'loses', 'gains', 'caps', 'decider', 'locking', 'mode', 'asks']),
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
  /** The third person, where it was put in force at once. */
  confirmedBy: z.string().nullable(),
  /** The version that this one ended before its time, and how. */
  ends: z.strictObject({ version: z.int(), as: z.enum(['called_off', 'hastened']) }).nullable(),
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

/** Many lists of one family were shown to cases that did not pass, within a day (docs/questions.md). */
export const HarvestAlarm = z.strictObject({
  family: z.enum(questionFamilies),
  /** Number of the network that they came from; null: over all networks. */
  asn: z.int().nullable(),
  cases: z.int(),
  lists: z.int(),
  listsInForce: z.int(),
  /** Such cases on that weekday, on average of the weeks before. */
  usualCases: z.number(),
  raisedAt: Instant,
})
export type HarvestAlarm = z.infer<typeof HarvestAlarm>

/** Cases of the last thirty days that a demand would have asked, had the policy not only recorded it. */
export const RecordedDemand = z.strictObject({
  demand: z.enum(demands),
  cases: z.int(),
  passed: z.int(),
  /** People who could not have brought what was missing. */
  peopleWithoutWay: z.int(),
})
export type RecordedDemand = z.infer<typeof RecordedDemand>

export const CheckCatalogue = z.array(
  z.strictObject({
    code: z.string(),
    category: Category,
    mode: CheckMode,
    asks: Ask,
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
    /** The harvests of the last thirty days, newest first. */
    harvests: z.array(HarvestAlarm),
    /** Demands that the policy only records, or did within the last thirty days. */
    recorded: z.array(RecordedDemand),
  })
  .meta({ id: 'PolicyPage' })
export type PolicyPage = z.infer<typeof PolicyPage>

export const PolicyVersionsQuery = z.strictObject({
  /** Versions below this one. */
  before: NumberInAddress(z.int().min(1).max(2_000_000_000)).optional(),
  limit: NumberInAddressOr(z.int().min(1).max(100), 20),
})
export const PolicyVersions = z
  .strictObject({ versions: z.array(PolicyVersionHead), nextBefore: z.int().nullable() })
  .meta({ id: 'PolicyVersions' })
export type PolicyVersions = z.infer<typeof PolicyVersions>

export const PolicyVersionParams = z.strictObject({
  version: NumberInAddress(z.int().min(1).max(2_000_000_000)),
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

/** Ends an accepted change before its time. */
export const EndWaitingInput = z.strictObject({ reason: StaffText(500) })

/** `reason`: null where there is no time for words. */
export const RaiseThreatInput = z.strictObject({ reason: StaffText(500).nullable() })
export const ThreatLowered = z.strictObject({ isOn: z.boolean() }).meta({ id: 'ThreatLowered' })
export type ThreatLowered = z.infer<typeof ThreatLowered>

const Reach = z.strictObject({ before: z.int(), after: z.int() })
/** The people without a route, by the policy in force and by the draft, as the directory is now. */
export const PolicyReach = z
  .strictObject({
    people: z.int(),
    /** Accounts that are never handled, or cannot be: no policy gives them a route. */
    notHandled: z.int(),
    cells: z.array(z.strictObject({ purpose: Purpose, tier: Tier, people: z.int(), withoutRoute: Reach })),
    /** People known too little for questions, by the draft, for a password reset; each by the first way round them. */
    thin: z.strictObject({
      people: z.int(),
      routes: z.array(z.strictObject({ route: z.enum(thinRoutes), people: z.int() })),
    }),
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
    /** The number of these cases that could not be computed again from what is stored. */
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
