/** After an approval: waiting time, grant, the one write, notices, as the workflow of each purpose records them. */
import { actionEvents } from '#domain/events/catalog.ts'
import type { GrantFields, GrantWait } from '#domain/grant.ts'
import type { ActionState } from '#domain/verification/outcome.ts'
import { isActing, writeOf, type ActingPurpose } from '#domain/verification/verification.ts'
import type { NoticeKind } from '#services/sending/notices.ts'
import { issueGrant, putGrant } from './granting.ts'
import { tellContacts } from './notices.ts'
import { date, participant, put, system, tell, wait, type Telling } from './telling.ts'
import { waitFor } from './waiting.ts'

type End = 'completed' | 'expired' | 'unknown' | 'not_locked'

/** A password has to be thought of; an unlock begins by itself, and somebody may have been quicker. */
const ends: Readonly<Record<ActingPurpose, Readonly<Partial<Record<End, number>>>>> = {
  password_reset: { completed: 955, expired: 40, unknown: 5 },
  account_unlock: { completed: 94, not_locked: 6 },
  mfa_reset: { completed: 95, expired: 5 },
}

/** Carries out what was approved. */
export const actOn = (telling: Telling): void => {
  const { purpose, random } = telling.case
  if (telling.outcome !== 'passed' || !isActing(purpose)) return
  const end = random.weighted(ends[purpose] as Record<End, number>)
  wait(telling, 1, 2)
  const turn = waitFor(telling)
  if (turn.kind === 'over') putAction(telling, { ...turn, grant: null })
  else follow(telling, { purpose, end, waited: turn.waited, begunAt: turn.begunAt, seq: turn.seq })
}

type Way = {
  readonly purpose: ActingPurpose
  readonly end: End
  readonly waited: GrantWait | null
  /** When the child began. */
  readonly begunAt: Date
  /** Records of it so far. */
  readonly seq: number
}

const follow = (telling: Telling, way: Way): void => {
  const grant = issueGrant(telling, way.waited)
  if (way.end === 'expired') endUnused(telling, way, grant, 'expired')
  else if (way.end === 'not_locked') endUnused(telling, way, grant, 'failed')
  else act(telling, way, grant, way.end)
}

type Action = {
  readonly state: ActionState
  readonly reason: string | null
  readonly grant: GrantFields | null
  readonly begunAt: Date
  readonly seq: number
  readonly operationId?: string
  /** When its waiting time was over; null where there was none. */
  readonly notBefore: string | null
}

/** What a grant leaves on the row of the action; nothing where there is none. */
const ofGrant = (grant: GrantFields | null) => ({
  grant_id: grant?.id ?? null,
  granted_at: grant?.issuedAt ?? null,
  expires_at: grant?.expiresAt ?? null,
})

const putAction = (telling: Telling, action: Action): void => {
  const { world, case: past } = telling
  const { state, grant, operationId = null, reason, begunAt, seq } = action
  const isDone = state === 'completed'
  put(telling, 'actions', {
    verification_id: past.id,
    kind: past.purpose,
    person_id: past.person.id,
    state,
    ...ofGrant(grant),
    operation_id: operationId,
    reason,
    tries: 0,
    completed_at: isDone ? date(telling) : null,
    not_before: action.notBefore,
    sessions_ended: isDone && past.purpose !== 'account_unlock' ? 'done' : null,
    run_id: world.idOf('reset run', past.id),
    run_started_at: begunAt,
    seq,
    recorded_at: date(telling),
  })
}

const waitedUntil = ({ waited }: GrantFields): string | null => waited && waited.notBefore

/** The grant was not used: nobody did the last thing while it lived, or there was nothing to unlock any more. */
const endUnused = (
  telling: Telling,
  { purpose, begunAt, seq }: Way,
  grant: GrantFields,
  state: 'expired' | 'failed',
): void => {
  const reason = state === 'expired' ? 'time_over' : 'account_not_locked'
  const notBefore = waitedUntil(grant)
  if (state === 'expired') telling.now = Date.parse(grant.expiresAt)
  else wait(telling, 1, 2)
  tell(telling, system('workflow'), 'grant.voided', { grantId: grant.id, reason })
  tell(telling, system('workflow'), `${actionEvents[purpose]}.${state}`, { action: state, reason })
  tellContacts(telling, 'ended')
  putGrant(telling, grant, { voidedAt: date(telling), voidReason: reason })
  // An unlock had said already what it was about to do.
  putAction(telling, { state, reason, grant, begunAt, notBefore, seq: seq + (state === 'failed' ? 3 : 2) })
}

/** The one write, read back; or nobody can say what became of it. */
const act = (
  telling: Telling,
  { purpose, begunAt, seq }: Way,
  grant: GrantFields,
  state: 'completed' | 'unknown',
): void => {
  const { world, case: past } = telling
  const operationId = world.idOf('operation', past.id)
  const event = actionEvents[purpose]
  if (purpose === 'account_unlock') wait(telling, 0, 1)
  else wait(telling, 25, 140)
  if (purpose === 'password_reset') tell(telling, participant(telling), 'password.submitted', {})
  tell(telling, participant(telling), `${event}.intended`, { operationId, attempt: 1 })
  tell(telling, participant(telling), 'grant.spent', { grantId: grant.id, operationId })
  putGrant(telling, grant, { spentAt: date(telling) })
  const intendedAt = date(telling)
  wait(telling, 1, 2)
  putIntent(telling, { purpose, grant, operationId, intendedAt, state })
  const reason = state === 'unknown' ? 'read_back_unknown' : null
  const notBefore = waitedUntil(grant)
  putAction(telling, { state, reason, grant, operationId, begunAt, notBefore, seq: seq + 3 })
  tell(telling, system('workflow'), `${event}.${state}`, { action: state, reason })
  if (state === 'completed') afterwards[purpose](telling)
}

const notices = {
  password_reset: 'password_changed',
  account_unlock: 'account_unlocked',
  mfa_reset: 'factors_reset',
} as const satisfies Record<ActingPurpose, NoticeKind>

const endSessions = (telling: Telling): void => {
  tell(telling, system('workflow'), 'sessions.ended', { result: 'done' })
}

const afterwards: Readonly<Record<ActingPurpose, (telling: Telling) => void>> = {
  password_reset: (telling) => {
    endSessions(telling)
    tellContacts(telling, notices.password_reset)
  },
  account_unlock: (telling) => {
    tellContacts(telling, notices.account_unlock)
  },
  mfa_reset: (telling) => {
    endSessions(telling)
    tellContacts(telling, notices.mfa_reset)
    showCode(telling)
  },
}

/** The directory's code for a new factor is good for so long, milliseconds (activities/directory/builtin.ts). */
const enrolmentMs = 30 * 60_000

/** The code for a new factor: shown once, and gone from its row. */
const showCode = (telling: Telling): void => {
  const { case: past } = telling
  const issuedAt = telling.now
  const session = telling.rows.get('portal_sessions')?.at(-1)
  wait(telling, 3, 20)
  tell(telling, participant(telling), 'enrolment_code.shown', {})
  put(telling, 'enrolment_codes', {
    verification_id: past.id,
    portal_session_id: session?.['id'],
    expires_at: date(telling, issuedAt + enrolmentMs),
    code_sealed: null,
    created_at: date(telling, issuedAt),
    shown_at: date(telling),
  })
}

const putIntent = (
  telling: Telling,
  {
    purpose,
    grant,
    operationId,
    intendedAt,
    state,
  }: {
    readonly purpose: ActingPurpose
    readonly grant: GrantFields
    readonly operationId: string
    readonly intendedAt: Date
    readonly state: 'completed' | 'unknown'
  },
): void => {
  const { world, case: past } = telling
  const memory = world.memoryOf(past.person)
  const before = 1 + memory.writes
  const isDone = state === 'completed'
  if (isDone) memory.writes += 1
  put(telling, 'intents', {
    operation_id: operationId,
    grant_id: grant.id,
    verification_id: past.id,
    person_id: past.person.id,
    kind: writeOf[purpose],
    attempt: 1,
    version_before: String(before),
    version_after: isDone ? String(before + 1) : null,
    status: isDone ? 'done' : 'unknown',
    intended_at: intendedAt,
    acted_at: intendedAt,
    resolved_at: date(telling),
  })
}
