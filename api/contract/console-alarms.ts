import { z } from 'zod'
import { Id, Instant } from './common.ts'

/** A report of "this was not me", and its consequences. */
export const ReportedAlarm = z.strictObject({
  id: Id,
  /** Null: it is about a passkey that was set up without a case. */
  verificationId: Id.nullable(),
  personId: Id,
  personName: z.string(),
  /** On the portal, or from the link of a message. */
  source: z.enum(['portal', 'message']),
  at: Instant,
  /** Until when nothing new begins for the person; null once it may. */
  blockedUntil: Instant.nullable(),
  /** The state of the account's lock; null: none was asked for. */
  lock: z.enum(['requested', 'in_progress', 'completed', 'failed']).nullable(),
  lifted: z.strictObject({ at: Instant, byName: z.string(), reason: z.string() }).nullable(),
})
export type ReportedAlarm = z.infer<typeof ReportedAlarm>

/** The silent signal of a member of staff, and its consequences. */
export const DuressAlarm = z.strictObject({
  verificationId: Id,
  personId: Id,
  personName: z.string(),
  /** The member of staff who gave the signal. */
  staffName: z.string(),
  at: Instant,
  /** It was approved, and what was approved stays pending. */
  isWaiting: z.boolean(),
  cleared: z.strictObject({ at: Instant, byName: z.string(), reason: z.string() }).nullable(),
})
export type DuressAlarm = z.infer<typeof DuressAlarm>

/** Where a case is found, as text to paste. */
export const CaseAddress = z.strictObject({ address: z.url() }).meta({ id: 'CaseAddress' })

/** The alarms for those who watch over cases. `duress`: null for readers who may not know of it. */
export const Alarms = z
  .strictObject({
    reports: z.array(ReportedAlarm),
    duress: z.array(DuressAlarm).nullable(),
    /** Members of staff, and systems that call by a key, who reached a limit of theirs (D8). */
    limits: z.array(
      z.strictObject({
        id: Id,
        staffName: z.string(),
        isSystem: z.boolean(),
        kind: z.enum(['look_up', 'search', 'start', 'reveal']),
        at: Instant,
      }),
    ),
    /** Messages to cases that named staff and did not come from the API: refused, and shown once an hour (T11). */
    impersonations: z.array(
      z.strictObject({
        id: Id,
        /** Empty where the message named nobody of the staff. */
        staffName: z.string(),
        act: z.enum([
          'start',
          'resend',
          'ask_approver',
          'approve',
          'refuse',
          'cancel',
          'send_return_link',
          'report',
          'stop',
        ]),
        verificationId: Id,
        at: Instant,
      }),
    ),
    /** Sessions of staff that were used in another browser and network: shown once an hour for each member (F4). */
    sessions: z.array(
      z.strictObject({
        id: Id,
        staffName: z.string(),
        /** Under elevated threat it ended. */
        isEnded: z.boolean(),
        at: Instant,
      }),
    ),
    /** Contacts that do not open: changed or moved in the database, or their key is gone (E1). */
    unreadable: z.array(
      z.strictObject({
        /** The contact. */
        id: Id,
        personId: Id,
        personName: z.string(),
        contactMasked: z.string(),
        at: Instant,
      }),
    ),
    /** Contacts that staff were shown in full (D10). */
    reveals: z.array(
      z.strictObject({
        id: Id,
        personId: Id,
        personName: z.string(),
        contactMasked: z.string(),
        staffName: z.string(),
        reason: z.string(),
        at: Instant,
      }),
    ),
  })
  .meta({ id: 'Alarms' })
export type Alarms = z.infer<typeof Alarms>

/** The reason why new verifications of a person do not pass (agents do not get it: B9). */
export const Freeze = z
  .strictObject({
    blockedUntil: Instant.nullable(),
    /** Reports that speak against everything new until a supervisor lifts the freeze, newest first. */
    reports: z.array(z.strictObject({ verificationId: Id.nullable(), at: Instant })).min(1),
    /** Without a lift they do so until then. */
    until: Instant,
  })
  .meta({ id: 'Freeze' })
export type Freeze = z.infer<typeof Freeze>
