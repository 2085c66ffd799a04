import { z } from 'zod'
import { labelBases } from '#domain/risk/calibration/case.ts'
import { parseNeedle, searchLimits } from '#domain/person.ts'
import { permissions, roles } from '#domain/roles.ts'
import { Channel, Id, Instant, Purpose, Sentence, StaffText, Tier } from './common.ts'
import { Freeze } from './console-alarms.ts'

export const Session = z
  .strictObject({
    staff: z.strictObject({
      id: Id,
      name: z.string(),
      email: z.string(),
      role: z.enum(roles),
      permissions: z.array(z.enum(permissions)),
    }),
    tenant: z.strictObject({ name: z.string(), slug: z.string() }),
    /** Reasons why this install is below the bar, as message keys (lab limits, password-only sign-in ...). */
    banners: z.array(z.string()),
    /** Sent back in the header `x-csrf-token` with every POST. */
    csrfToken: z.string(),
    idleSeconds: z.int(),
    endsAt: Instant,
  })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof Session>

export const SearchPeopleInput = z.strictObject({ q: z.string().trim().min(3).max(100) })
/** Words that go to the directories: no joker alone, letters or digits at least (D9). */
export const SearchDirectoriesInput = z.strictObject({
  q: z
    .string()
    .transform((typed) => {
      const needle = parseNeedle(typed)
      return needle.ok ? needle.value : ''
    })
    .pipe(
      z
        .string()
        .min(searchLimits.fewestCharacters, 'at least three letters or digits, at most 100 characters'),
    ),
})
export const PersonHit = z.strictObject({
  id: Id,
  name: z.string(),
  login: z.string(),
  workEmail: z.string().nullable(),
  title: z.string().nullable(),
  department: z.string().nullable(),
  accountState: z.string(),
})
export const PeopleFound = z
  .strictObject({
    people: z.array(PersonHit).max(20),
    more: z.boolean(),
    /** A directory does not answer, or shows far fewer people than before: a new person may not be found. */
    note: Sentence.nullable(),
    /** True if there is a directory beyond our own rows that can be asked for the same words. */
    canAskDirectories: z.boolean(),
  })
  .meta({ id: 'PeopleFound' })
export type PeopleFound = z.infer<typeof PeopleFound>
export const DirectoriesFound = z
  .strictObject({
    people: z.array(PersonHit).max(20),
    more: z.boolean(),
    /** Names of directories that did not answer in time: people in them may not be found. */
    silent: z.array(z.string()),
  })
  .meta({ id: 'DirectoriesFound' })
export type DirectoriesFound = z.infer<typeof DirectoriesFound>

export const ContactCard = z.strictObject({
  id: Id,
  kind: z.enum(['phone', 'email']),
  label: z.enum(['work', 'mobile', 'private', 'home']),
  masked: z.string(),
  /** False: its value does not open, and nothing goes there (E1). */
  isReadable: z.boolean(),
  lineType: z.string().nullable(),
  source: z.string(),
  firstSeenAt: Instant,
  lastChangedAt: Instant,
})
/** A contact in full; the console hides it again after thirty seconds (D10). */
export const RevealedContact = z.strictObject({ value: z.string() }).meta({ id: 'RevealedContact' })
export const RecentVerification = z.strictObject({
  id: Id,
  purpose: Purpose,
  state: z.string(),
  outcome: z.string().nullable(),
  channel: Channel,
  referrerName: z.string(),
  startedAt: Instant,
})
/** The directory's fields of a person, on the card and in their access report. */
export const personFields = {
  id: Id,
  name: z.string(),
  login: z.string(),
  title: z.string().nullable(),
  department: z.string().nullable(),
  team: z.string().nullable(),
  office: z.string().nullable(),
  country: z.string().nullable(),
  timeZone: z.string().nullable(),
  managerName: z.string().nullable(),
  hiredOn: z.string().nullable(),
  accountState: z.string(),
  passwordChangedAt: Instant.nullable(),
  refreshedAt: Instant,
}
export const PersonCard = z
  .strictObject({
    ...personFields,
    workEmail: z.string().nullable(),
    tier: Tier,
    neverViaHelpDesk: z.boolean(),
    /** The person's entry on the list "never via the help desk"; reasons and names only for those who may change it. */
    protection: z
      .strictObject({
        reason: z.string().nullable(),
        byName: z.string().nullable(),
        at: Instant.nullable(),
        off: z.strictObject({ byId: Id, byName: z.string(), reason: z.string(), at: Instant }).nullable(),
      })
      .nullable(),
    contacts: z.array(ContactCard),
    /** Set up at the end of earlier cases. `waiting`: not 72 hours old · `disputed`: never counts. */
    passkeys: z.array(
      z.strictObject({
        id: Id,
        name: z.string(),
        createdAt: Instant,
        lastUsedAt: Instant.nullable(),
        state: z.enum(['waiting', 'usable', 'disputed']),
      }),
    ),
    /** Their printed recovery sheet. `resting`: the policy's time is not over · `disputed`: it never counts again; null: none. */
    sheet: z
      .strictObject({
        id: Id,
        madeAt: Instant,
        countsFrom: Instant,
        codesLeft: z.int(),
        state: z.enum(['resting', 'usable', 'used_up', 'disputed']),
      })
      .nullable(),
    recent: z.array(RecentVerification).max(10),
    /** An open verification of this person, if there is one. */
    openVerificationId: Id.nullable(),
    warnings: z.array(Sentence),
    /** They said "this was not me"; null to agents, whatever there is (B9). */
    freeze: Freeze.nullable(),
  })
  .meta({ id: 'PersonCard' })
export type PersonCard = z.infer<typeof PersonCard>

export const SendOptionsQuery = z.strictObject({ purpose: Purpose })
export const SendOption = z.strictObject({
  contactId: Id,
  channel: Channel,
  masked: z.string(),
  label: z.string(),
  /** These fields keep contacts apart that read alike: kind of line, system that holds it, age. */
  lineType: z.string().nullable(),
  source: z.string(),
  lastChangedAt: Instant,
  allowed: z.boolean(),
  /** The reasons against it, or warnings; the policy's answer in sentences. */
  reasons: z.array(Sentence),
  warnings: z.array(Sentence),
  /** The message exactly as it would be sent, with a placeholder in the link's place. */
  preview: z.strictObject({ subject: z.string().nullable(), text: z.string() }),
})
export const SendOptions = z
  .strictObject({
    purposes: z.array(Purpose),
    /** The evidence that the policy demands for this person and purpose, as evidence classes. */
    evidence: z.array(z.string()),
    options: z.array(SendOption),
    /** Set when nothing may be started at all. */
    blocked: Sentence.nullable(),
  })
  .meta({ id: 'SendOptions' })
export type SendOptions = z.infer<typeof SendOptions>

/** A ticket's reference: letters, digits, and - _ # / . only, so that it can be put into a message safely. */
export const Ticket = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}#/._-]{0,39}$/u, 'letters, digits, and # / . _ - only, at most 40')

export const StartVerificationInput = z.strictObject({
  personId: Id,
  purpose: Purpose,
  contactId: Id,
  ticket: Ticket.nullable(),
})
export const Started = z
  .strictObject({
    verificationId: Id,
    /** `pending`: accepted but not recorded yet; look at the verification. */
    status: z.enum(['recorded', 'pending']),
    state: z.string(),
    delivery: z.enum(['accepted', 'refused', 'unknown', 'pending']),
    contactMasked: z.string(),
    linkExpiresAt: Instant.nullable(),
  })
  .meta({ id: 'Started' })
export type Started = z.infer<typeof Started>

export const MatchCode = z
  .strictObject({
    code: z.string().regex(/^\d{6}$/),
    phrase: z.tuple([z.string(), z.string()]),
    linkOrdinal: z.int(),
    expiresAt: Instant,
    triesLeft: z.int(),
  })
  .meta({ id: 'MatchCode' })
export type MatchCode = z.infer<typeof MatchCode>

export const ResendInput = z.strictObject({ contactId: Id })
/** One admin asks for an account to be taken off the list "never via the help desk", another takes it off or declines. */
export const UnprotectInput = z.strictObject({
  decision: z.enum(['ask', 'accept', 'decline']),
  reason: StaffText(500),
})
export type UnprotectInput = z.infer<typeof UnprotectInput>

export const CancelInput = z.strictObject({ reason: StaffText(500) })
export const DecideInput = z.strictObject({
  decision: z.enum(['approved', 'refused']),
  reason: StaffText(500),
  /** Hash of what was on the screen (D4); another state of the case voids the decision. */
  screenHash: z.string().regex(/^[0-9a-f]{64}$/),
})
export const Decided = z
  .strictObject({
    /** `first_approval`: recorded, and a second person has to approve before it counts. */
    status: z.enum(['recorded', 'pending', 'first_approval']),
    state: z.string(),
    outcome: z.string().nullable(),
    decision: z.string().nullable(),
    /** Until when the second approval may come. */
    awaitsSecondUntil: Instant.nullable(),
  })
  .meta({ id: 'Decided' })
export type Decided = z.infer<typeof Decided>
export const LabelInput = z.strictObject({
  label: z.enum(['genuine', 'suspicious', 'false_refusal', 'unsure']),
  reason: StaffText(500),
  /** `review`: only for a case of the sample (console.review). */
  basis: z.enum(labelBases),
})
/** The mark says that the organisation's own testers (red team) played a closed case. */
export const ExerciseInput = z.strictObject({ isExercise: z.boolean(), reason: StaffText(500) })
export const Done = z.strictObject({ done: z.literal(true) }).meta({ id: 'Done' })
export type Done = z.infer<typeof Done>

/** `providerUrl`: where the browser goes next, so that the identity provider's session ends too. */
export const SignedOut = z
  .strictObject({ done: z.literal(true), providerUrl: z.string().nullable() })
  .meta({ id: 'SignedOut' })
export type SignedOut = z.infer<typeof SignedOut>
