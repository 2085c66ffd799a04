import { z } from 'zod'
import { Channel, Id, Instant, StaffText } from './common.ts'

/** The relation by which a person comes to be asked: the directory says so, or admins named them for it. */
const Relation = z.enum(['manager', 'named'])

/** An approver who was asked to vouch in a case. */
export const AskedApprover = z.strictObject({
  relation: Relation,
  /** Null for those who may not see restricted evidence. */
  name: z.string().nullable(),
  askedAt: Instant,
  /** Until then it can be answered. */
  expiresAt: Instant,
  answer: z.enum(['waiting', 'yes', 'no', 'not_sure', 'silent']),
  answeredAt: Instant.nullable(),
  /** Where the request went; null where nothing was sent. */
  channel: Channel.nullable(),
  contactMasked: z.string().nullable(),
  delivery: z.string().nullable(),
})
export type AskedApprover = z.infer<typeof AskedApprover>

/** The person who would be asked now. Chosen from the directory, never by the one who asks. */
export const NextApprover = z.strictObject({ relation: Relation, name: z.string().nullable() })

/** `pending`: it is on its way, and the page shows it when it is there. */
export const ApproverAsked = z
  .strictObject({ status: z.enum(['asked', 'pending']) })
  .meta({ id: 'ApproverAsked' })
export type ApproverAsked = z.infer<typeof ApproverAsked>

const Person = z.strictObject({ id: Id, name: z.string(), title: z.string().nullable() })
const StaffName = z.strictObject({ id: Id, name: z.string() })

/** A person who is named to vouch for a person or a team; `person` or `team`, one of the two. */
export const ApproverNaming = z.strictObject({
  id: Id,
  state: z.enum(['proposed', 'waiting', 'in_force', 'expired', 'withdrawn', 'declined', 'ended']),
  approver: Person,
  /** The reason why they would not be asked now. */
  problem: z.enum(['account', 'cannot_sign_in']).nullable(),
  person: Person.nullable(),
  team: z.string().nullable(),
  /** People in the team now. */
  people: z.int().nullable(),
  reason: z.string(),
  namedBy: StaffName,
  namedAt: Instant,
  acceptedBy: StaffName.nullable(),
  acceptedAt: Instant.nullable(),
  acceptReason: z.string().nullable(),
  /** From then on, for cases that begin after it. */
  effectiveAt: Instant.nullable(),
  endedBy: StaffName.nullable(),
  endedAt: Instant.nullable(),
  endReason: z.string().nullable(),
})
export type ApproverNaming = z.infer<typeof ApproverNaming>

export const ApproverNamingsQuery = z.strictObject({
  /** Part of the name of an approver, a person or a team. */
  q: z.string().trim().max(100).default(''),
  /** Those that are over, newest first; else those that are not. */
  over: z.literal('yes').optional(),
})
export const ApproverNamings = z
  .strictObject({
    namings: z.array(ApproverNaming).max(100),
    /** There are more than are shown; `q` narrows them. */
    more: z.boolean(),
    /** Teams of the directory, for the choice of one. */
    teams: z.array(z.strictObject({ team: z.string(), people: z.int() })),
  })
  .meta({ id: 'ApproverNamings' })
export type ApproverNamings = z.infer<typeof ApproverNamings>

/** The people that the approver is named for: one person, or everybody of a team. */
export const NameApproverInput = z.strictObject({
  approverId: Id,
  whom: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('person'), personId: Id }),
    z.strictObject({ kind: z.literal('team'), team: StaffText(200) }),
  ]),
  reason: StaffText(500),
})
export type NameApproverInput = z.infer<typeof NameApproverInput>

export const NamingParams = z.strictObject({ namingId: Id })
export const DecideNamingInput = z.strictObject({
  decision: z.enum(['accept', 'decline', 'withdraw']),
  reason: StaffText(500),
})
export type DecideNamingInput = z.infer<typeof DecideNamingInput>

export const EndNamingInput = z.strictObject({ reason: StaffText(500) })
