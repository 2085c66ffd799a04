import { actingPurposes, actions, type ActingPurpose } from '../verification/verification.ts'

/** The names of an action's events begin with these, by purpose: `reset.completed`, `unlock.failed` and so on. */
export const actionEvents = Object.fromEntries(
  actingPurposes.map((purpose) => [purpose, actions[purpose].events]),
) as { readonly [P in ActingPurpose]: (typeof actions)[P]['events'] }

/** The end of an action is the last part of its event. */
export const actionEnds = ['completed', 'failed', 'unknown', 'expired'] as const

/** An event that ends an action. */
export type ActionEnd = `${(typeof actionEvents)[ActingPurpose]}.${(typeof actionEnds)[number]}`

/** Something for each event that ends an action. */
export const forActionEnds = <T>(
  give: (end: (typeof actionEnds)[number]) => T,
): Readonly<Record<ActionEnd, T>> =>
  Object.fromEntries(
    Object.values(actionEvents).flatMap((stem) => actionEnds.map((end) => [`${stem}.${end}`, give(end)])),
  ) as Record<ActionEnd, T>

const intended = Object.fromEntries(
  Object.values(actionEvents).map((stem) => [`${stem}.intended`, 1]),
) as Readonly<Record<`${(typeof actionEvents)[ActingPurpose]}.intended`, 1>>

/**
 * Every fact that Countersign records, in the past tense, with the version of its payload. An event is written by
 * `append_events` in the transaction of the state it tells of: once to the audit chain, once to the outbox that the
 * analytics store follows. Payloads carry ids, codes, numbers and masked values; never a contact, token, code,
 * answer, password or name (E8, M2).
 */
export const eventVersions = {
  'verification.created': 1,
  'verification.opened': 1,
  'verification.answering_begun': 1,
  'verification.scored': 1,
  'verification.weighed': 1,
  'verification.handed_over': 1,
  'approval.first_given': 1,
  'approval.second_given': 1,
  'approval.ended': 1,
  'privilege.found': 1,
  'verification.decided': 1,
  'verification.closed': 1,
  'link.sent': 1,
  'link.undelivered': 1,
  'link.delivery_reported': 1,
  'link.page_seen': 1,
  'code.tried': 1,
  'second_contact.asked': 1,
  'second_code.sent': 1,
  'entry_code.sent': 1,
  'second_code.tried': 1,
  'second_code.given_up': 1,
  'approver.asked': 1,
  'approver.sign_in_refused': 1,
  'approver.digits_wrong': 1,
  'approver.answered': 1,
  'approver.silent': 1,
  'approver.named': 1,
  'second_approver.named': 1,
  'second_approver.accepted': 1,
  'second_approver.ended': 1,
  'approver.name_accepted': 1,
  'approver.name_took_effect': 1,
  'approver.name_ended': 1,
  'passkey.asked': 1,
  'passkey.tried': 1,
  'passkey.given_up': 1,
  'passkey.clone_suspected': 1,
  'passkey.enrolled': 1,
  'passkey.removed': 1,
  'session.breached': 1,
  'checks.received': 1,
  'question.shown': 1,
  'answer.stored': 1,
  'answers.completed': 1,
  'participant.reported': 1,
  'freeze.lifted': 1,
  'duress.signalled': 1,
  'duress.cleared': 1,
  'account.lock_asked': 1,
  'account.locked': 1,
  'account.lock_failed': 1,
  'action.scheduled': 1,
  'action.awaited': 1,
  'action.stopped': 1,
  'participant.returned': 1,
  'grant.issued': 1,
  'grant.spent': 1,
  'grant.voided': 1,
  'password.submitted': 1,
  ...intended,
  ...forActionEnds(() => 1 as const),
  'enrolment_code.shown': 1,
  'sessions.ended': 1,
  'notice.sent': 1,
  'notice.dropped': 1,
  'feedback.given': 1,
  'label.given': 1,
  'exercise.marked': 1,
  'exercise.unmarked': 1,
  'cohort.decided': 1,
  'staff.signed_in': 1,
  'staff.signed_out': 1,
  'staff.stepped_up': 1,
  'staff.step_up_refused': 1,
  'staff.passkey_added': 1,
  'staff.passkey_removed': 1,
  'staff.limit_reached': 1,
  'staff.impersonated': 1,
  'staff.session_moved': 1,
  'contact.unreadable': 1,
  'start.refused': 1,
  'staff.linked': 1,
  'staff.turned_off': 1,
  'staff.person_linked': 1,
  'organisation.created': 1,
  'organisation.changed': 1,
  'api_client.created': 1,
  'api_client.revoked': 1,
  'api_client.limit_reached': 1,
  'access.denied': 1,
  'people.searched': 1,
  'person.viewed': 1,
  'contact.revealed': 1,
  'person.protected': 1,
  'person.protection_off_asked': 1,
  'person.protection_kept': 1,
  'person.unprotected': 1,
  'transcript.opened': 1,
  'evidence.opened': 1,
  'export.made': 1,
  'access_report.made': 1,
  'policy.saved': 1,
  'policy.proposed': 1,
  'policy.accepted': 1,
  'policy.declined': 1,
  'policy.withdrawn': 1,
  'policy.called_off': 1,
  'policy.hastened': 1,
  'policy.took_effect': 1,
  'threat.raised': 1,
  'threat.lowering_asked': 1,
  'threat.lowered': 1,
  'harvest.suspected': 1,
  'message_text.proposed': 1,
  'message_text.accepted': 1,
  'message_text.declined': 1,
  'message_text.withdrawn': 1,
  'message_text.reset': 1,
  'message.tested': 1,
  'sends.nearly_used': 1,
  'sends.used_up': 1,
  'source.uploaded': 1,
  'source.imported': 1,
  'network_data.replaced': 1,
  'directory.drop_held': 1,
  'directory.drop_accepted': 1,
} as const

/** The name of an event. */
export type EventType = keyof typeof eventVersions

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
