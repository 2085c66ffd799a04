/**
 * The notes on everything that is kept about participants, column by column (M8, M9): how a row belongs to its person,
 * how long it stays, and whether an access report holds the column or why not. A test compares it with the database's
 * own catalogue.
 */
import type { WithheldReason } from '#domain/access-report.ts'

/** The way in which the rows of a table belong to a participant. */
export type RowOwner =
  'id' | 'person_id' | 'person_or_approver' | 'verification_id' | 'participant_pseudonym' | 'object_id'

/** One table that holds rows about participants. */
export type DataNote = {
  readonly owner: RowOwner
  /** Column by which rows are ordered. */
  readonly at: string
  /** Days from `at` until a row is deleted; null: no end is set. */
  readonly days: number | null
  readonly shown: readonly string[]
  readonly withheld: Readonly<Partial<Record<WithheldReason, readonly string[]>>>
}

const listOf = (words: string): readonly string[] => words.split(' ').filter((word) => word !== '')

type Columns = readonly [shown: string, withheld?: Readonly<Partial<Record<WithheldReason, string>>>]

const note = (
  owner: RowOwner,
  at: string,
  days: number | null,
  [shown, withheld = {}]: Columns,
): DataNote => ({
  owner,
  at,
  days,
  shown: listOf(shown),
  withheld: Object.fromEntries(
    Object.entries({ technical: '', ...withheld }).map(([reason, columns]) => [
      reason,
      [...(reason === 'technical' ? ['tenant_id'] : []), ...listOf(columns)],
    ]),
  ),
})

const runColumns = 'run_id run_started_at seq'
const tokenColumns = 'token_hash token_mark'
const codeColumns = 'code_next_at code_other_way code_asks code_ask_id code_contact_id code_choices'
const saidByStaff = { technical: 'id by_id' }
const ownComment = { elsewhere: 'comment_sealed' }

/** The facts of a person from the directory and other sources. */
const personTables = {
  people: note('id', 'refreshed_at', null, [
    `id directory directory_id login work_email display_name given_name family_name romanised_name title department team
     office country time_zone language hired_on tier account_state never_via_help_desk password_changed_at mfa_changed_at
     blocked_until refreshed_at is_tier_from_directory`.replace(/\s+/g, ' '),
    {
      technical: 'pseudonym search_text sign_in_subject directory_handle',
      others: 'manager_id manager_handle',
    },
  ]),
  contacts: note('person_id', 'first_seen_at', null, [
    'id kind label masked line_type source first_seen_at last_changed_at changed_by removed_at',
    { technical: 'person_id', elsewhere: 'value_sealed', secret: 'value_index' },
  ]),
  // Values are shown as facts, but for those that name another person.
  facts: note('person_id', 'read_at', null, [
    'family source valid_from valid_to read_at',
    { technical: 'id person_id import_id', elsewhere: 'value' },
  ]),
  // On their way into facts; gone once the import is over.
  import_rows: note('person_id', 'line', null, [
    'family valid_from',
    { technical: 'import_id line person_id key', elsewhere: 'value' },
  ]),
  sign_ins: note('person_id', 'at', null, [
    'at country asn local_hour succeeded source interactive fresh_factor device_os',
    { technical: 'id person_id' },
  ]),
  sign_in_networks: note('person_id', 'first_on', null, [
    'asn country first_on last_on times',
    { technical: 'person_id' },
  ]),
  devices: note('person_id', 'first_seen_at', null, [
    'first_seen_at last_seen_at seen_count languages',
    { technical: 'id person_id', secret: 'key_digest parts parts_digest seen' },
  ]),
  passkeys: note('person_id', 'created_at', null, [
    'name created_at last_used_at removed_at remove_reason',
    {
      technical: 'id person_id verification_id sign_count removed_by',
      secret: 'credential_index credential_sealed',
    },
  ]),
  enrolments: note('person_id', 'started_at', null, [
    'started_at methods strength expires_at ended_at',
    { technical: 'id person_id sign_in_subject policy_version', secret: tokenColumns },
  ]),
  passkey_requests: note('verification_id', 'asked_at', null, [
    'verification_id asked_at tries proven_at given_up_at',
    { technical: 'passkey_id' },
  ]),
  provider_sign_ins: note('verification_id', 'asked_at', null, [
    'verification_id asked_at tries problem other_account_at weak_at proven_at methods acr strength given_up_at',
    { technical: 'sign_in_subject' },
  ]),
  push_requests: note('person_id', 'asked_at', null, [
    'verification_id asked_at proven_at denied_at given_up_at account',
    { technical: 'person_id' },
  ]),
  pushes: note('person_id', 'asked_at', null, [
    'verification_id asked_at state account sent_at ended_at',
    { technical: 'id person_id portal_session_id transaction devices shown_number looked_at' },
  ]),
  recovery_sheets: note('person_id', 'made_at', null, [
    'made_at activated_at voided_at void_reason',
    { technical: 'id person_id verification_id portal_session_id voided_by' },
  ]),
  recovery_codes: note('person_id', 'ordinal', null, [
    'ordinal used_at used_in',
    { technical: 'sheet_id person_id', secret: 'digest' },
  ]),
  recovery_code_requests: note('person_id', 'asked_at', null, [
    'verification_id asked_at tries tried_at proven_at given_up_at',
    { technical: 'person_id sheet_id' },
  ]),
  identity_risks: note('person_id', 'read_at', null, [
    'level detections source at read_at',
    { technical: 'person_id' },
  ]),
  calendars: note('person_id', 'read_at', null, [
    'leave_from leave_until meeting_from meeting_until travel_countries travel_until source read_at',
    { technical: 'person_id' },
  ]),
  wrong_codes: note('person_id', 'last_at', null, ['in_a_row last_at', { technical: 'person_id' }]),
  staff: note('person_id', 'created_at', null, [
    'email verified_email display_name role disabled_at created_at',
    { technical: 'id person_id issuer subject' },
  ]),
  // The mark that the help desk never handles the account, and why.
  protected_accounts: note('person_id', 'added_at', null, [
    'reason added_by_name added_at off_asked_by_name off_reason off_asked_at off_by_name off_at',
    { technical: 'id person_id added_by off_asked_by off_by' },
  ]),
  // The mails which say that they are named.
  naming_notices: note('person_id', 'created_at', null, [
    'status tries created_at begun_at',
    { technical: 'naming_id person_id not_before' },
  ]),
} as const satisfies Record<string, DataNote>

/** A case and what happened in it. */
const caseTables = {
  verifications: note('person_id', 'created_at', null, [
    `id created_at purpose tier policy_version state outcome decision decided_by_kind decided_by_name decision_reason
     recommendation instruction referrer_kind referrer_name channel contact_masked ticket risk_tenths band code_tries answered
     sent_at opened_at answers_completed_at scored_at decided_at closed_at expires_at furthest_step privilege_found`.replace(
      /\s+/g,
      ' ',
    ),
    {
      technical: `person_id decided_by_id second_by decision_key_id decision_signature decision_session_id referrer_id contact_id link_ordinal ${runColumns} occurred_at recorded_at facets reason_bits risk_key completed_key outcome_key outcome_key_agent`,
      answers: 'correct decide_tenths recommendation_reasons',
      elsewhere: 'score_reasons feedback commented overturned',
    },
  ]),
  links: note('person_id', 'created_at', null, [
    'verification_id purpose channel ordinal created_at expires_at used_at superseded_at voided_at',
    { technical: 'id person_id policy_version contact_id', secret: `contact_value_index ${tokenColumns}` },
  ]),
  deliveries: note('person_id', 'begun_at', null, [
    'verification_id kind ordinal channel contact_masked status error_code report_code number_check begun_at finished_at sent_at delayed_at reported_at',
    { technical: 'id person_id contact_id provider_id text_id', secret: 'number_index prefix_index' },
  ]),
  link_visits: note('verification_id', 'at', null, [
    'verification_id kind user_agent_family at',
    { technical: 'id link_id' },
  ]),
  code_challenges: note('person_id', 'created_at', null, [
    'verification_id kind ordinal tries max_tries created_at expires_at accepted_at',
    { technical: 'person_id contact_id', secret: 'code_hash' },
  ]),
  portal_sessions: note('person_id', 'started_at', null, [
    'verification_id language started_at last_used_at absolute_expires_at ended_at end_reason',
    { technical: 'id person_id link_id', secret: `${tokenColumns} probe_nonce device_key` },
  ]),
  sealed_inputs: note('verification_id', 'created_at', null, [
    'verification_id kind created_at expires_at',
    { technical: 'id', secret: 'sealed' },
  ]),
  grants: note('person_id', 'issued_at', null, [
    'verification_id directory directory_id purpose policy_version issued_at expires_at tries spent_at voided_at void_reason scheduled_at not_before',
    { technical: 'id person_id key_id approvers session_id', secret: 'evidence_digest signature' },
  ]),
  actions: note('person_id', 'recorded_at', null, [
    'verification_id kind state reason tries granted_at completed_at expires_at sessions_ended recorded_at not_before',
    { technical: `person_id grant_id operation_id workflow_id ${runColumns}` },
  ]),
  schedules: note('person_id', 'scheduled_at', null, [
    'verification_id purpose policy_version scheduled_at wait_seconds',
    { technical: 'person_id key_id approvers session_id', secret: 'evidence_digest signature' },
  ]),
  enrolment_codes: note('verification_id', 'created_at', null, [
    'verification_id created_at expires_at shown_at',
    { technical: 'portal_session_id', secret: 'code_sealed' },
  ]),
  intents: note('person_id', 'intended_at', null, [
    'verification_id kind attempt status refusal intended_at acted_at resolved_at',
    { technical: 'operation_id grant_id report_id person_id version_before version_after' },
  ]),
  notices: note('person_id', 'created_at', null, [
    'verification_id kind channel status tries created_at begun_at sent_at',
    { technical: 'id person_id contact_id not_before counted_at', secret: 'number_index prefix_index' },
  ]),
  report_links: note('person_id', 'created_at', null, [
    'verification_id created_at expires_at used_at',
    { technical: 'id person_id', secret: tokenColumns },
  ]),
  // An approver was asked for the participant, or the participant was asked to vouch for another person; the answer belongs
  // to that other person.
  named_approvers: note('person_or_approver', 'named_at', null, [
    'team reason named_by_name named_at accepted_by_name accepted_at effective_at ended_by_name ended_at accept_reason end_reason',
    { technical: 'id named_by accepted_by ended_by', others: 'person_id approver_id' },
  ]),
  approver_requests: note('person_or_approver', 'created_at', null, [
    'relation ordinal tries max_tries created_at expires_at answered_at voided_at void_reason',
    {
      technical: 'id policy_version asked_by_kind asked_by_id session_id answer_input_id',
      secret: `${tokenColumns} screen_hash`,
      others: 'verification_id person_id approver_id answer',
    },
  ]),
  approvals: note('person_id', 'approved_at', null, [
    'verification_id ordinal staff_name reason approved_at expires_at used_at ended_at end_reason recorded_at',
    { technical: 'id person_id first_id staff_id key_id', secret: 'screen_hash signature' },
  ]),
  approver_sessions: note('person_id', 'started_at', null, [
    'started_at expires_at ended_at',
    {
      technical: 'id request_id person_id issuer subject amr',
      secret: tokenColumns,
      others: 'verification_id',
    },
  ]),
  reports: note('person_id', 'at', null, [
    'verification_id source at lifted_at lifted_by_name lift_reason',
    { technical: 'id person_id lifted_by' },
  ]),
  contact_reveals: note('person_id', 'at', null, [
    'contact_masked staff_name reason at',
    { technical: 'id person_id contact_id staff_id' },
  ]),
  unreadable_contacts: note('person_id', 'found_at', null, [
    'contact_masked found_on found_at announced_at',
    { technical: 'contact_id person_id' },
  ]),
  account_locks: note('person_id', 'requested_at', null, [
    'verification_id state attempt reason requested_at recorded_at completed_at',
    { technical: 'report_id person_id operation_id' },
  ]),
  // The acts of staff around a case, and whether they were forced: theirs, not the participant's.
  case_copies: note('verification_id', 'at', 1, ['', { others: 'id verification_id staff_id at seen_at' }]),
  duress_marks: note('verification_id', 'at', null, [
    '',
    {
      others:
        'id verification_id staff_id staff_name at raised_at cleared_at cleared_by cleared_by_name clear_reason',
    },
  ]),
} as const satisfies Record<string, DataNote>

/** Questions, checks, judgement and what was said of it. */
const evidenceTables = {
  disclosures: note('participant_pseudonym', 'shown_at', null, [
    'verification_id family epoch value_count channel shown_at',
    {
      technical: 'id participant_pseudonym agent_id',
      secret: 'fact_digest value_digest',
      others: 'block_id',
    },
  ]),
  plans: note('verification_id', 'created_at', null, [
    'verification_id route question_count completed_at completed_reason created_at code_refusal code_given_up_at',
    {
      technical: `current_position shown_at deadline_at extensions gate ${codeColumns}`,
      others: 'plan_sealed',
      answers: 'dropped_positions',
    },
  ]),
  answers: note('verification_id', 'created_at', null, [
    'verification_id position created_at family form timed_out seconds_tenths extensions',
    { technical: 'exposure points_row', answers: 'reply_sealed verdict', raw: 'input_summary' },
  ]),
  probe_facts: note('verification_id', 'received_at', 30, [
    'verification_id kind step received_at',
    { technical: 'id portal_session_id nonce_ok', raw: 'report_sealed' },
  ]),
  sightings: note('person_id', 'at', 30, [
    'verification_id asn country network_class at',
    { technical: 'id person_id', secret: 'address_digest network_digest device_digest' },
  ]),
  habits: note('person_id', 'at', 90, [
    'verification_id at',
    { technical: 'person_id', raw: 'summary_sealed' },
  ]),
  // The newest of each case is shown as checks, with the evidence in words.
  scorings: note('verification_id', 'created_at', null, [
    'verification_id ordinal policy_version created_at is_mobile',
    {
      technical: 'versions evidence_digest',
      elsewhere: 'results score evidence_sealed',
      answers: 'decision',
    },
  ]),
  feedback: note('verification_id', 'at', null, ['verification_id rating at', ownComment]),
  labels: note('verification_id', 'at', null, ['verification_id label reason basis by_name at', saidByStaff]),
  // Staff say of a case that it was a trial of theirs.
  exercises: note('verification_id', 'at', null, [
    'verification_id is_exercise reason by_name at',
    saidByStaff,
  ]),
  // Payloads say how answers were graded, names are those of staff; what happened, when and by which kind of hand is shown.
  audit: note('object_id', 'created_at', null, [
    'type created_at actor_kind object_kind object_id',
    {
      technical: 'seq event_id version actor_id occurred_at payload_hash prev_hash hash',
      answers: 'payload',
      others: 'actor_name',
    },
  ]),
} as const satisfies Record<string, DataNote>

/** Every table with rows about participants. */
export const dataMap: Readonly<Record<string, DataNote>> = {
  ...personTables,
  ...caseTables,
  ...evidenceTables,
}

/** Tables without rows about participants, or whose rows say nothing that the others do not; each with why. */
export const otherTables: Readonly<Record<string, string>> = {
  tenants: 'the organisation',
  policies: 'rules, saved by staff',
  policy_proposals: 'rules, proposed by staff',
  policy_effects: 'that a delayed version took effect was told',
  elevated_threats: 'a switch of the organisation',
  question_blocks: 'values of the whole organisation, nobody’s in particular',
  question_epochs: 'when lists were cut',
  harvest_alarms: 'counts of lists and cases by day and network, nobody in particular',
  answer_times: 'how long questions of a family take, nobody in particular',
  staff_sessions: 'sessions of staff',
  staff_alarms: 'limits that staff reached',
  impersonations: 'messages in the name of staff that did not come from the API',
  moved_sessions: 'sessions of staff that were used elsewhere',
  staff_passkeys: 'passkeys of staff',
  second_approvers: 'members of staff who may give second approvals',
  staff_notices: 'mail to staff about their own account',
  passkey_challenges: 'hashes of open challenges, five minutes',
  staff_counters: 'counts of what staff did; who was looked up is in the audit',
  sign_in_transactions: 'people on their way to a session, ten minutes',
  imports: 'files that staff or API clients brought; their rows are in import_rows, and as facts',
  import_chunks: 'files on their way to the worker, sealed, gone once their rows are read',
  thin_counts: 'how many people are thin files',
  cohort_decisions: 'decisions about groups, nobody in particular',
  api_clients: 'systems that call by a key, under names that the operator gave them',
  idempotency: 'answers to repeated requests of staff and API clients',
  rate_limits: 'counts by keyed digest of an address',
  directory_syncs: 'how far the reading of each directory came',
  directory_accounts: 'the demo directory itself; a directory answers for what it holds',
  directory_password_history: 'the demo directory itself',
  message_texts: 'words of messages, written by staff',
  test_messages: 'messages that staff sent to themselves to look at them',
  directory_factors: 'the demo directory itself',
  delivery_reports: 'reports of providers on their way into deliveries',
  audit_heads: 'the newest hash of each chain',
  verification_reasons: 'reasons of a score once more, as an index of the list',
  saved_views: 'filters, sort and columns of the list that staff keep under a name',
  outbox: 'audit entries on their way to analytics, without identities',
  relay_cursors: 'how far the relay is',
}
