/**
 * Which database role may do what to which table (docs/architecture.md). This table is the source: every migration run
 * revokes everything and grants exactly this, and a test compares the result with the catalogue. A new table is unreachable
 * until it is listed here.
 */

/** A privilege on all columns, or on those named. */
export type Columns = 'all' | readonly string[]

/** The privileges of a role on one table. */
export type TablePrivileges = {
  readonly select?: Columns
  readonly insert?: Columns
  readonly update?: Columns
  readonly delete?: 'all'
}

/** The processes' roles, and the two that only own functions. */
export const databaseRoles = [
  'countersign_api',
  'countersign_worker',
  'countersign_resolver',
  'countersign_recorder',
  'countersign_freezer',
] as const

/** One database role. */
export type DatabaseRole = (typeof databaseRoles)[number]

const read: TablePrivileges = { select: 'all' }
const add: TablePrivileges = { select: 'all', insert: 'all' }
const keep: TablePrivileges = { select: 'all', insert: 'all', update: 'all' }
const own: TablePrivileges = { select: 'all', insert: 'all', update: 'all', delete: 'all' }
const change = (...columns: string[]): TablePrivileges => ({ select: 'all', update: columns })
const addAndChange = (...columns: string[]): TablePrivileges => ({ ...add, update: columns })
const useUp: TablePrivileges = { select: 'all', delete: 'all' }
const words = (text: string) => text.split(' ')

/** These columns of an import, a proposal and a naming are written after it was made. */
const importEnd = words(
  'state bytes sha256 is_drop_confirmed ended_at confirmed_by_id confirmed_by_name confirmed_at',
)
const proposalEnd = words('state decided_by decided_by_name decided_at decision_reason saved_version')
const naming = words('accepted_by accepted_by_name accepted_at effective_at ended_by ended_by_name ended_at')

/** Each process checks if the database belongs to its build (database-state.ts). */
const readsSchema: Readonly<Record<string, TablePrivileges>> = {
  schema_migrations: read,
  schema_checksums: read,
}

/** Input rows, sessions, policy and settings. Never a state row, never the directory. */
const api: Readonly<Record<string, TablePrivileges>> = {
  ...readsSchema,
  tenants: change('name', 'settings'),
  // The columns say how the reading of a directory ended. Not the cursor, which only its adapter understands.
  directory_syncs: {
    select: [
      ...['tenant_id', 'directory', 'offers', 'people', 'synced_at', 'problem'],
      ...['held_people', 'held_contacts', 'held_since', 'log_until', 'log_problem', 'log_sign_ins'],
    ],
  },
  people: read,
  contacts: read,
  facts: read,
  question_blocks: read,
  question_epochs: read,
  imports: addAndChange(...importEnd),
  // Sealed, and read by the worker alone.
  import_chunks: { insert: 'all' },
  thin_counts: { select: 'all', insert: ['tenant_id', 'wanted_at'], update: ['wanted_at'] },
  disclosures: add,
  harvest_alarms: read,
  answer_times: read,
  habits: read,
  sign_ins: read,
  sign_in_networks: read,
  devices: read,
  identity_risks: read,
  calendars: read,
  // A sighting is made by the first request from an address; its device is known with the beacon.
  sightings: addAndChange('device_digest'),
  staff: change('email', 'display_name', 'verified_email'),
  sign_in_transactions: { select: 'all', insert: 'all', delete: 'all' },
  staff_sessions: keep,
  policies: add,
  policy_proposals: addAndChange(...proposalEnd),
  policy_effects: read,
  staff_notices: add,
  // Made and revoked by the operator; nobody reads a hash back.
  api_clients: {
    select: ['tenant_id', 'id', 'name', 'scopes', 'token_mark', 'last_used_at', 'expires_at', 'revoked_at'],
    update: ['last_used_at'],
  },
  idempotency: own,
  rate_limits: own,
  staff_counters: { select: 'all', insert: 'all', delete: 'all' },
  verifications: read,
  verification_reasons: read,
  links: read,
  deliveries: read,
  delivery_reports: { insert: 'all' },
  message_texts: addAndChange(
    ...['accepted_by', 'accepted_by_name', 'accepted_at', 'ended_by', 'ended_by_name', 'ended_at'],
  ),
  test_messages: add,
  link_visits: add,
  code_challenges: read,
  // Rows that wait to become facts are part of the participant's access report (M8); their contents are the worker's.
  import_rows: { select: ['tenant_id', 'line', 'family', 'person_id', 'valid_from'] },
  // The number of wrong codes in a row is part of the participant's access report (M8).
  wrong_codes: read,
  portal_sessions: change('language', 'last_used_at', 'ended_at', 'end_reason'),
  // Sealed to the worker's key; once stored, the API cannot look at it again (M3).
  sealed_inputs: {
    insert: 'all',
    select: ['tenant_id', 'id', 'verification_id', 'kind', 'created_at', 'expires_at'],
  },
  plans: change(
    ...['current_position', 'shown_at', 'deadline_at', 'extensions', 'dropped_positions'],
    ...['gate', 'completed_at', 'completed_reason'],
  ),
  answers: add,
  probe_facts: add,
  scorings: read,
  feedback: keep,
  labels: add,
  second_approvers: addAndChange(...naming),
  protected_accounts: addAndChange(
    ...['off_asked_by', 'off_asked_by_name', 'off_reason', 'off_asked_at', 'off_by', 'off_by_name', 'off_at'],
  ),
  named_approvers: addAndChange(...naming, 'accept_reason', 'end_reason'),
  naming_notices: read,
  approvals: read,
  // Read for the participant's access report.
  schedules: read,
  approver_requests: read,
  approver_sessions: addAndChange('ended_at'),
  staff_alarms: add,
  contact_reveals: add,
  unreadable_contacts: add,
  impersonations: read,
  moved_sessions: add,
  duress_marks: change('cleared_at', 'cleared_by', 'cleared_by_name', 'clear_reason'),
  elevated_threats: addAndChange(
    ...['lowering_asked_by', 'lowering_asked_by_name', 'lowering_asked_at'],
    ...['lowered_by', 'lowered_by_name', 'lowered_at'],
  ),
  exercises: add,
  cohort_decisions: add,
  saved_views: own,
  // Neither the age of a passkey nor that one was used is the API's to write: evidence comes from the worker alone.
  passkeys: {
    select: 'all',
    insert: words(
      'tenant_id id person_id verification_id credential_index credential_sealed name sign_count',
    ),
    update: ['removed_at', 'removed_by', 'remove_reason'],
  },
  enrolments: addAndChange('ended_at'),
  // Deleting a challenge uses it up.
  passkey_challenges: own,
  passkey_requests: read,
  provider_sign_ins: read,
  push_requests: read,
  pushes: read,
  // Neither the age of a sheet nor that a code was used is the API's to write.
  recovery_sheets: {
    select: 'all',
    insert: ['tenant_id', 'id', 'person_id', 'verification_id', 'portal_session_id'],
    update: ['activated_at', 'voided_at', 'voided_by', 'void_reason'],
  },
  recovery_codes: { select: 'all', insert: ['tenant_id', 'sheet_id', 'person_id', 'ordinal', 'digest'] },
  recovery_code_requests: read,
  staff_passkeys: {
    select: 'all',
    insert: ['tenant_id', 'id', 'staff_id', 'credential_index', 'credential_sealed', 'name', 'sign_count'],
    update: ['name', 'sign_count', 'last_used_at', 'removed_at', 'remove_reason'],
  },
  grants: read,
  actions: read,
  // Shown once: the code goes as it is read.
  enrolment_codes: change('code_sealed', 'shown_at'),
  intents: read,
  notices: add,
  report_links: change('used_at'),
  reports: add,
  account_locks: add,
  case_copies: { select: 'all', insert: ['tenant_id', 'verification_id', 'staff_id'] },
  audit: read,
  audit_heads: read,
}

/** State rows, deliveries, grants, intents, people and the directory. */
const worker: Readonly<Record<string, TablePrivileges>> = {
  ...readsSchema,
  tenants: read,
  directory_syncs: keep,
  people: keep,
  contacts: keep,
  facts: own,
  question_blocks: keep,
  question_epochs: add,
  imports: keep,
  import_chunks: useUp,
  import_rows: own,
  thin_counts: keep,
  disclosures: read,
  harvest_alarms: add,
  habits: { select: 'all', insert: 'all', delete: 'all' },
  answer_times: { select: 'all', insert: 'all', delete: 'all' },
  sign_ins: { select: 'all', insert: 'all', delete: 'all' },
  sign_in_networks: own,
  devices: own,
  identity_risks: own,
  calendars: own,
  sightings: useUp,
  directory_accounts: { select: 'all', update: 'all' },
  directory_password_history: { select: 'all', insert: 'all', delete: 'all' },
  // Removed by a reset; enrolled at the directory's own page alone.
  directory_factors: useUp,
  staff: read,
  policies: read,
  policy_effects: add,
  staff_notices: keep,
  elevated_threats: read,
  verifications: keep,
  verification_reasons: add,
  links: keep,
  deliveries: keep,
  delivery_reports: useUp,
  message_texts: read,
  test_messages: keep,
  link_visits: add,
  code_challenges: keep,
  wrong_codes: own,
  portal_sessions: keep,
  sealed_inputs: useUp,
  // Deletes what is over, and reads no answer.
  idempotency: { select: ['tenant_id', 'created_at'], delete: 'all' },
  plans: keep,
  answers: read,
  probe_facts: useUp,
  scorings: add,
  feedback: read,
  labels: read,
  protected_accounts: read,
  second_approvers: read,
  named_approvers: read,
  naming_notices: keep,
  approvals: addAndChange('used_at', 'ended_at', 'end_reason'),
  // One that counts for nothing is signed anew.
  schedules: keep,
  approver_requests: keep,
  approver_sessions: change('ended_at'),
  unreadable_contacts: addAndChange('announced_at'),
  impersonations: add,
  duress_marks: add,
  // A person who edits the policy approves nothing for a day (D6).
  policy_proposals: read,
  exercises: read,
  passkeys: change('sign_count', 'last_used_at', 'removed_at', 'removed_by', 'remove_reason'),
  enrolments: { select: ['tenant_id', 'id', 'person_id', 'policy_version', 'started_at'] },
  passkey_challenges: useUp,
  passkey_requests: keep,
  provider_sign_ins: keep,
  push_requests: keep,
  pushes: keep,
  recovery_sheets: read,
  recovery_codes: change('used_at', 'used_in'),
  recovery_code_requests: keep,
  grants: keep,
  actions: keep,
  enrolment_codes: keep,
  intents: keep,
  notices: keep,
  report_links: keep,
  reports: add,
  account_locks: keep,
  case_copies: own,
  audit: read,
  audit_heads: read,
  // All tenants' rows, in a relay transaction only (policy relay_rows).
  outbox: read,
  relay_cursors: keep,
}

/** Only what maps a credential to ids. */
const resolver: Readonly<Record<string, TablePrivileges>> = {
  tenants: { select: ['id', 'oidc_issuer'] },
  // Which of them let people set up a passkey, before it is known whose person comes.
  policies: { select: ['tenant_id', 'version', 'effective_at', 'document'] },
  people: {
    select: words('tenant_id id search_text display_name login work_email account_state sign_in_subject'),
  },
  staff: { select: ['tenant_id', 'id', 'issuer', 'subject'] },
  staff_sessions: { select: ['tenant_id', 'id', 'token_hash'] },
  portal_sessions: { select: ['tenant_id', 'id', 'verification_id', 'token_hash'] },
  api_clients: { select: ['tenant_id', 'id', 'key_hash'] },
  links: { select: ['tenant_id', 'id', 'verification_id', 'token_hash'] },
  report_links: { select: ['tenant_id', 'id', 'verification_id', 'token_hash'] },
  deliveries: { select: ['tenant_id', 'id', 'verification_id', 'provider_id'] },
  approver_requests: { select: ['tenant_id', 'id', 'verification_id', 'token_hash'] },
  approver_sessions: { select: ['tenant_id', 'id', 'verification_id', 'token_hash'] },
  enrolments: { select: ['tenant_id', 'id', 'token_hash'] },
}

/** The owner of append_events; nobody else adds to these tables. */
const recorder: Readonly<Record<string, TablePrivileges>> = {
  audit: add,
  audit_heads: keep,
  outbox: { insert: 'all' },
  // Triggers of other rows keep the columns that the list filters by; never a state.
  verifications: {
    select: ['tenant_id', 'id', 'furthest_step', 'outcome', 'overturned'],
    update: ['furthest_step', 'feedback', 'commented', 'overturned'],
  },
}

/** The owner of freeze_person and lift_freeze: it takes away what is live, lets new cases begin again, and sends notices. */
const freezer: Readonly<Record<string, TablePrivileges>> = {
  reports: addAndChange('lifted_at', 'lifted_by', 'lifted_by_name', 'lift_reason'),
  staff: {
    // the last four say who of them is which person
    select: words('tenant_id id role display_name disabled_at person_id issuer subject verified_email'),
  },
  tenants: { select: ['id', 'oidc_issuer'] },
  verifications: { select: ['tenant_id', 'id', 'referrer_id', 'decided_by_id', 'second_by'] },
  people: change('blocked_until', 'never_via_help_desk'),
  protected_accounts: read,
  links: change('voided_at'),
  grants: change('voided_at', 'void_reason'),
  portal_sessions: change('ended_at', 'end_reason'),
  contacts: read,
  notices: add,
}

/** The matrix. */
export const roleMatrix: Readonly<Record<DatabaseRole, Readonly<Record<string, TablePrivileges>>>> = {
  countersign_api: api,
  countersign_worker: worker,
  countersign_resolver: resolver,
  countersign_recorder: recorder,
  countersign_freezer: freezer,
}

const both: readonly DatabaseRole[] = ['countersign_api', 'countersign_worker']

/** Functions that run with their owner's rights and not with their caller's: `security definer` in their text. */
export const functionOwners: Readonly<Partial<Record<DatabaseRole, readonly string[]>>> = {
  countersign_resolver: [
    ...['resolve_staff', 'resolve_staff_session', 'resolve_portal_session', 'resolve_api_client'],
    ...['resolve_link', 'resolve_report_link', 'resolve_approver_request', 'resolve_approver_session'],
    ...['resolve_delivery', 'resolve_delivery_id', 'resolve_participant', 'tenant_ids'],
    ...['people_matching', 'resolve_enrolment', 'resolve_account', 'enrolment_levels'],
  ],
  countersign_recorder: ['append_events', 'raise_step', 'keep_feedback', 'keep_overturned'],
  countersign_freezer: ['freeze_person', 'lift_freeze', 'keep_protected'],
}

/** The roles that may call each function; no function of ours may be called by anybody else. */
export const functionCallers: Readonly<Record<string, readonly DatabaseRole[]>> = {
  current_tenant: [...databaseRoles],
  append_events: [...both, 'countersign_recorder'],
  freeze_person: both,
  lift_freeze: ['countersign_api'],
  tenant_ids: both,
  people_matching: ['countersign_api'],
  resolve_staff_session: ['countersign_api'],
  resolve_portal_session: ['countersign_api'],
  resolve_api_client: ['countersign_api'],
  resolve_participant: ['countersign_api'],
  resolve_link: ['countersign_api'],
  resolve_report_link: ['countersign_api'],
  resolve_staff: ['countersign_api'],
  resolve_delivery: ['countersign_api'],
  resolve_delivery_id: ['countersign_api'],
  resolve_approver_request: ['countersign_api'],
  resolve_approver_session: ['countersign_api'],
  resolve_enrolment: ['countersign_api'],
  resolve_account: ['countersign_api'],
  enrolment_levels: ['countersign_api'],
  ensure_partitions: ['countersign_worker'],
  iso_instant: both,
  person_of_staff: ['countersign_freezer', ...both],
  compare_persons: ['countersign_freezer', ...both],
  read_staff_session: ['countersign_api'],
  read_portal_session: ['countersign_api'],
  read_api_client: ['countersign_api'],
  list_verifications: ['countersign_api'],
  read_verification: ['countersign_api'],
  read_portal_case: ['countersign_api'],
  audit_canonical: ['countersign_recorder', ...both],
  audit_time: ['countersign_recorder', ...both],
  length_prefixed: ['countersign_recorder', ...both],
  facet_bit: ['countersign_recorder', ...both],
  outcome_key: ['countersign_recorder', ...both],
  reason_bits: ['countersign_recorder', ...both],
}
