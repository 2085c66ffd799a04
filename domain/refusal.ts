/**
 * The reasons why a request that was understood is not done: states of the world, never blame. Closed: an edge
 * translates each code, and a new one does not compile until it is translated. Public and portal answers collapse most
 * of them (C17, H1), so that no caller learns which it was.
 */
export const refusalCodes = [
  'not_found',
  'not_permitted',
  'sign_in_required',
  'api_key_required',
  'scope_missing',
  'session_ended',
  'state_does_not_allow',
  'verification_closed',
  'already_decided',
  'evidence_missing',
  'second_approval_required',
  'not_second_approver',
  'first_approver',
  'started_by_you',
  'in_starters_line',
  'first_approval_over',
  'privilege_differs',
  'policy_and_cases',
  'passkey_required',
  'supervisor_required',
  'own_case',
  'asked_to_vouch',
  'own_part',
  'contact_not_on_file',
  'contact_not_allowed',
  'contact_changed',
  'never_via_help_desk',
  'purpose_not_offered',
  'account_disabled',
  'send_limit_reached',
  'agent_limit_reached',
  'view_limit_reached',
  'participant_blocked',
  'open_verification_exists',
  'link_unusable',
  'code_wrong',
  'code_exhausted',
  'approver_unavailable',
  'approver_named_already',
  'question_over',
  'step_over',
  'passkey_refused',
  'step_up_required',
  'sign_in_again_required',
  'password_refused',
  'grant_unusable',
  'directory_refused',
  'directory_cannot',
  'account_not_locked',
  'idempotency_key_reused',
  'policy_changed',
  'proposal_over',
  'second_person_required',
  'account_not_linked',
  'other_not_linked',
  'threat_unchanged',
  'protection_unchanged',
  'import_over',
  'imports_open',
  'drop_not_confirmed',
  'too_many_requests',
] as const

/** One refusal code. */
export type RefusalCode = (typeof refusalCodes)[number]

/** A refusal as it travels: the code, and slots for its sentence (never personal data or secrets). */
export type Refusal = {
  readonly code: RefusalCode
  readonly slots?: Readonly<Record<string, string | number>>
}

/** Builds a refusal. */
export const refusal = (code: RefusalCode, slots?: Refusal['slots']): Refusal =>
  slots === undefined ? { code } : { code, slots }
