import { questionFamilies } from '../questions/definitions.ts'
import { verdicts } from '../questions/plan.ts'
import { actionStates, decisions, outcomes } from '../verification/outcome.ts'
import { actingPurposes, actions, type ActingPurpose } from '../verification/verification.ts'

/** The names of an action's events begin with these, by purpose: `reset.completed`, `unlock.failed` and so on. */
export const actionEvents = Object.fromEntries(
  actingPurposes.map((purpose) => [purpose, actions[purpose].events]),
) as { readonly [P in ActingPurpose]: (typeof actions)[P]['events'] }

/** The end of an action is the last part of its event. */
export const actionEnds = ['completed', 'failed', 'unknown', 'expired'] as const

/** An event that ends an action. */
export type ActionEnd = `${(typeof actionEvents)[ActingPurpose]}.${(typeof actionEnds)[number]}`

/** One value for each event that ends an action. */
export const forActionEnds = <T>(
  give: (end: (typeof actionEnds)[number]) => T,
): Readonly<Record<ActionEnd, T>> =>
  Object.fromEntries(
    Object.values(actionEvents).flatMap((stem) => actionEnds.map((end) => [`${stem}.${end}`, give(end)])),
  ) as Record<ActionEnd, T>

/** The kind of a value: one of a closed list, a whole number, yes or no, or codes of silent checks. */
export type Field = readonly string[] | 'number' | 'flag' | 'codes'

type Entry = {
  /** The version of its payload. */
  readonly version: number
  /**
   * Analytics take over these keys of the payload; all others stay in the audit trail. Every event uses the same name for the
   * same fact. A value of another kind is left out: free text can never get through, and no event fails because of a figure.
   */
  readonly analytics?: Readonly<Record<string, Field>>
}

const plain: Entry = { version: 1 }
const counts = { correct: 'number', partial: 'number', incorrect: 'number' } as const
const recommendations = ['approve', 'hold', 'refuse'] as const
const deliveryStates = ['accepted', 'refused', 'unknown', 'delivered', 'undelivered'] as const
const routes = ['questions', 'second_contact', 'none'] as const

const intended = Object.fromEntries(
  Object.values(actionEvents).map((stem) => [`${stem}.intended`, plain]),
) as Readonly<Record<`${(typeof actionEvents)[ActingPurpose]}.intended`, Entry>>

/**
 * Every fact that Countersign records, in the past tense, with the version of its payload. An event is written by
 * `append_events` in the transaction of the state it tells of: once to the audit chain, once to the outbox that the
 * analytics store follows. Payloads carry ids, codes, numbers and masked values; never a contact, token, code,
 * answer, password or name (E8, M2).
 */
const catalog = {
  'verification.created': plain,
  'verification.opened': { version: 1, analytics: { route: routes } },
  'verification.answering_begun': plain,
  'verification.scored': {
    version: 1,
    analytics: {
      /** Risk score in tenths, 0-100. */
      riskTenths: 'number',
      decideTenths: 'number',
      band: ['low', 'guarded', 'elevated', 'high'],
      recommendation: recommendations,
      /** Codes of the checks that are the score's reasons, strongest first. */
      reasons: 'codes',
      ...counts,
      invalid: 'number',
      skipped: 'number',
    },
  },
  'verification.weighed': plain,
  'verification.handed_over': plain,
  'approval.first_given': plain,
  'approval.second_given': plain,
  'approval.ended': plain,
  'privilege.found': plain,
  'verification.decided': { version: 1, analytics: { decision: decisions } },
  'verification.closed': { version: 1, analytics: { outcome: outcomes, decision: decisions } },
  'link.sent': { version: 1, analytics: { ordinal: 'number', delivery: deliveryStates } },
  'link.undelivered': { version: 1, analytics: { ordinal: 'number' } },
  'link.delivery_reported': { version: 1, analytics: { status: deliveryStates } },
  'link.page_seen': { version: 1, analytics: { scannerLike: 'flag' } },
  'code.tried': { version: 1, analytics: { accepted: 'flag', tries: 'number' } },
  'second_contact.asked': plain,
  'second_code.sent': { version: 1, analytics: { delivery: deliveryStates } },
  'entry_code.sent': plain,
  'second_code.tried': { version: 1, analytics: { accepted: 'flag', tries: 'number' } },
  'second_code.given_up': plain,
  'approver.asked': {
    version: 1,
    analytics: { delivery: deliveryStates, ordinal: 'number', relation: ['manager', 'named'] },
  },
  'approver.sign_in_refused': plain,
  'approver.digits_wrong': plain,
  'approver.answered': {
    version: 1,
    analytics: { answer: ['yes', 'no', 'not_sure'], relation: ['manager', 'named'] },
  },
  'approver.silent': { version: 1, analytics: { ordinal: 'number' } },
  'approver.named': plain,
  'second_approver.named': plain,
  'second_approver.accepted': plain,
  'second_approver.ended': plain,
  'approver.name_accepted': plain,
  'approver.name_took_effect': plain,
  'approver.name_ended': plain,
  'passkey.asked': plain,
  'passkey.tried': { version: 1, analytics: { accepted: 'flag', tries: 'number' } },
  'passkey.given_up': plain,
  'passkey.clone_suspected': plain,
  'provider_sign_in.asked': plain,
  'provider_sign_in.tried': { version: 1, analytics: { accepted: 'flag', tries: 'number' } },
  'provider_sign_in.other_account': plain,
  'provider_sign_in.given_up': plain,
  'push.asked': plain,
  'push.sent': plain,
  'push.approved': plain,
  'push.denied': plain,
  'push.unanswered': plain,
  'push.given_up': plain,
  'recovery_code.asked': plain,
  'recovery_code.tried': { version: 1, analytics: { accepted: 'flag', tries: 'number' } },
  'recovery_code.given_up': plain,
  'recovery_sheet.shown': plain,
  'recovery_sheet.made': plain,
  'recovery_sheet.voided': plain,
  'passkey.enrolled': plain,
  'enrolment.begun': plain,
  'enrolment.refused': plain,
  'enrolment.invited': plain,
  'passkey.removed': plain,
  'session.breached': plain,
  'checks.received': plain,
  'question.shown': { version: 1, analytics: { position: 'number', family: questionFamilies } },
  'answer.stored': {
    version: 1,
    analytics: {
      position: 'number',
      family: questionFamilies,
      verdict: verdicts,
      secondsTenths: 'number',
      extensions: 'number',
      timedOut: 'flag',
    },
  },
  'answers.completed': { version: 1, analytics: { route: routes, tooFew: 'flag' } },
  'participant.reported': plain,
  'freeze.lifted': plain,
  'duress.signalled': plain,
  'duress.cleared': plain,
  'account.lock_asked': plain,
  'account.locked': plain,
  'account.lock_failed': plain,
  'action.scheduled': plain,
  'action.awaited': plain,
  'action.stopped': plain,
  'participant.returned': plain,
  'grant.issued': plain,
  'grant.spent': plain,
  'grant.voided': plain,
  'password.submitted': plain,
  ...intended,
  ...forActionEnds((): Entry => ({ version: 1, analytics: { action: actionStates } })),
  'enrolment_code.shown': plain,
  'sessions.ended': { version: 1, analytics: { result: ['done', 'not_offered', 'failed'] } },
  'notice.sent': plain,
  'notice.dropped': plain,
  'feedback.given': { version: 1, analytics: { rating: ['easy', 'hard'] } },
  'label.given': { version: 1, analytics: { label: ['genuine', 'suspicious', 'false_refusal', 'unsure'] } },
  'exercise.marked': plain,
  'exercise.unmarked': plain,
  'cohort.decided': plain,
  'staff.signed_in': plain,
  'staff.signed_out': plain,
  'staff.stepped_up': plain,
  'staff.step_up_refused': plain,
  'staff.passkey_added': plain,
  'staff.passkey_removed': plain,
  'staff.limit_reached': plain,
  'staff.impersonated': plain,
  'staff.session_moved': plain,
  'device.copied': plain,
  'contact.unreadable': plain,
  'start.refused': plain,
  'staff.linked': plain,
  'staff.turned_off': plain,
  'staff.person_linked': plain,
  'organisation.created': plain,
  'organisation.changed': plain,
  'place.added': plain,
  'place.removed': plain,
  'api_client.created': plain,
  'api_client.revoked': plain,
  'api_client.limit_reached': plain,
  'access.denied': plain,
  'people.searched': plain,
  'people.listed': plain,
  'people.accounts_set': plain,
  'person.viewed': plain,
  'contact.revealed': plain,
  'person.protected': plain,
  'person.protection_off_asked': plain,
  'person.protection_kept': plain,
  'person.unprotected': plain,
  'transcript.opened': plain,
  'evidence.opened': plain,
  'export.made': plain,
  'access_report.made': plain,
  'policy.saved': { version: 1, analytics: { version: 'number' } },
  'policy.proposed': plain,
  'policy.accepted': plain,
  'policy.declined': plain,
  'policy.withdrawn': plain,
  'policy.called_off': plain,
  'policy.hastened': plain,
  'policy.took_effect': plain,
  'threat.raised': plain,
  'threat.lowering_asked': plain,
  'threat.lowered': plain,
  'harvest.suspected': plain,
  'message_text.proposed': plain,
  'message_text.accepted': plain,
  'message_text.declined': plain,
  'message_text.withdrawn': plain,
  'message_text.reset': plain,
  'message.tested': plain,
  'sends.nearly_used': plain,
  'sends.used_up': plain,
  'source.uploaded': plain,
  'source.imported': plain,
  'network_data.replaced': plain,
  'directory.drop_held': plain,
  'directory.drop_accepted': plain,
} as const satisfies Readonly<Record<string, Entry>>

/** The name of an event. */
export type EventType = keyof typeof catalog

const events: Readonly<Record<EventType, Entry>> = catalog
const eventTypes = Object.keys(events) as EventType[]

/** The version of each event's payload. */
export const eventVersions = Object.fromEntries(
  eventTypes.map((type) => [type, events[type].version]),
) as Readonly<Record<EventType, number>>

/** The fields that analytics take over of each event. */
export const analyticsFields = Object.fromEntries(
  eventTypes.flatMap((type) => {
    const { analytics } = events[type]
    return analytics === undefined ? [] : [[type, analytics]]
  }),
) as Partial<Record<EventType, Readonly<Record<string, Field>>>>

/** Values an event's payload may hold. */
export type EventPayload = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

/** One event before it is stored; tenant, actor and time come from the transaction that stores it. */
export type EventDraft = {
  readonly type: EventType
  /** The kind and id of the thing that the event is about. */
  readonly object: {
    readonly kind:
      'verification' | 'person' | 'staff' | 'api_client' | 'policy' | 'tenant' | 'report' | 'alarm'
    readonly id: string
  }
  readonly payload: EventPayload
  /** When it happened, ISO 8601 UTC; the database's clock says when it was recorded. */
  readonly occurredAt?: string
}
