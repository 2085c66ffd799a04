import { z } from 'zod'
import { referencePattern, withheldReasons } from '#domain/access-report.ts'
import { actionStates } from '#domain/verification/outcome.ts'
import { purposes } from '#domain/verification/verification.ts'
import { Id, Instant, Sentence } from './common.ts'
import { personFields } from './console.ts'

/** The reference of the request that is answered. It is in the audit and on the report. */
export const AccessReportInput = z.strictObject({
  reference: z.string().trim().regex(referencePattern, 'letters, digits, and # / . _ - only, at most 40'),
})
export type AccessReportInput = z.infer<typeof AccessReportInput>

const list = <T extends z.ZodType>(item: T) => z.array(item).readonly()

const Person = z.strictObject({
  ...personFields,
  email: z.string().nullable(),
  language: z.string().nullable(),
  tier: z.string(),
  directory: z.string(),
  secondStepChangedAt: Instant.nullable(),
})

const Contact = z.strictObject({
  id: Id,
  kind: z.string(),
  label: z.string(),
  /** null: it does not open (E1). */
  value: z.string().nullable(),
  source: z.string(),
  firstSeenAt: Instant,
  lastChangedAt: Instant,
  removedAt: Instant.nullable(),
})

const Fact = z.strictObject({
  family: z.string(),
  source: z.string(),
  /** Null where it names another person. */
  value: z.string().nullable(),
  validFrom: Instant.nullable(),
  validTo: Instant.nullable(),
  readAt: Instant,
})

const Message = z.strictObject({
  kind: z.string(),
  channel: z.string(),
  contact: z.string(),
  status: z.string(),
  at: Instant,
})

/** A question that was put: its family and how many values its list showed, never the values nor whether the reply was right. */
const Asked = z.strictObject({
  family: z.string(),
  at: Instant,
  listed: z.int().nullable(),
  isAnswered: z.boolean(),
  seconds: z.number().nullable(),
})

const ReportedCheck = z.strictObject({
  code: z.string(),
  category: z.string(),
  mode: z.enum(['live', 'shadow']),
  status: z.string(),
  text: Sentence,
  applied: z.number(),
  evidence: list(z.strictObject({ label: z.string(), value: z.union([Sentence, z.string()]) })),
})

const ReportedCase = z.strictObject({
  id: Id,
  startedAt: Instant,
  closedAt: Instant.nullable(),
  purpose: z.enum(purposes),
  state: z.string(),
  outcome: z.string().nullable(),
  ticket: z.string().nullable(),
  referrer: z.strictObject({ kind: z.string(), name: z.string() }),
  risk: z.number().nullable(),
  band: z.string().nullable(),
  policyVersion: z.int(),
  decision: z
    .strictObject({
      decision: z.string(),
      by: z.string(),
      second: z.string().nullable(),
      at: Instant,
      reason: z.string().nullable(),
    })
    .nullable(),
  action: z.strictObject({ state: z.enum(actionStates), at: Instant.nullable() }).nullable(),
  messages: list(Message),
  asked: list(Asked),
  checks: list(ReportedCheck),
  /** Details of device and network are left out: another person may have used the link. */
  isDetailWithheld: z.boolean(),
  feedback: z.strictObject({ rating: z.string(), comment: z.string().nullable(), at: Instant }).nullable(),
  labels: list(z.strictObject({ label: z.string(), reason: z.string(), by: z.string(), at: Instant })),
  /** When the last raw report of browser and network is deleted. */
  rawUntil: Instant.nullable(),
})
export type ReportedCase = z.infer<typeof ReportedCase>

const Table = z.strictObject({
  table: z.string(),
  /** Days after which a row is deleted; null: no end is set. */
  days: z.int().nullable(),
  oldest: Instant.nullable(),
  rows: list(z.record(z.string(), z.unknown())),
  withheld: list(z.strictObject({ reason: z.enum(withheldReasons), columns: list(z.string()) })),
})

/** Everything that is kept about one participant and what was done with it. */
export const AccessReport = z
  .strictObject({
    madeAt: Instant,
    reference: z.string(),
    organisation: z.string(),
    person: Person,
    contacts: list(Contact),
    facts: list(Fact),
    verifications: list(ReportedCase),
    openings: list(
      z.strictObject({
        at: Instant,
        event: z.string(),
        actorKind: z.string(),
        verificationId: Id.nullable(),
      }),
    ),
    tables: list(Table),
  })
  .meta({ id: 'AccessReport' })
export type AccessReport = z.infer<typeof AccessReport>
