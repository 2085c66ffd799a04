/** After an approval: waiting time, grant, the one write, notices, as the workflow of each purpose records them. */
import { actionEvents } from '#domain/events/catalog.ts'
import type { GrantFields, GrantWait } from '#domain/grant.ts'
import type { ActionState } from '#domain/verification/outcome.ts'
import {
  actions,
  isActing,
  isFinishedByParticipant,
  writeOf,
  type ActingPurpose,
} from '#domain/verification/verification.ts'
import { issueGrant, putGrant } from './granting.ts'
import { tellContacts } from './notices.ts'
import { endsOf, type End } from './purposes.ts'
import { date, participant, put, system, tell, wait, type Story } from './story.ts'
import { waitFor } from './waiting.ts'

/** Carries out what was approved. */
export const actOn = (story: Story): void => {
  const { purpose, random } = story.case
  if (story.outcome !== 'passed' || !isActing(purpose)) return
  const end = random.weighted(endsOf(purpose))
  wait(story, 1, 2)
  const waited = waitFor(story)
  if (waited.kind === 'over') putAction(story, { ...waited, grant: null })
  else follow(story, { purpose, end, waited: waited.waited, begunAt: waited.begunAt, seq: waited.seq })
}

type Course = {
  readonly purpose: ActingPurpose
  readonly end: End
  readonly waited: GrantWait | null
  /** When the child began. */
  readonly begunAt: Date
  /** Records of it so far. */
  readonly seq: number
}

const follow = (story: Story, course: Course): void => {
  const grant = issueGrant(story, course.waited)
  if (course.end === 'expired') endUnused(story, course, grant, 'expired')
  else if (course.end === 'not_locked') endUnused(story, course, grant, 'failed')
  else act(story, course, grant, course.end)
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

/** A grant leaves these on the row of the action; nothing where there is none. */
const ofGrant = (grant: GrantFields | null) => ({
  grant_id: grant?.id ?? null,
  granted_at: grant?.issuedAt ?? null,
  expires_at: grant?.expiresAt ?? null,
})

const putAction = (story: Story, action: Action): void => {
  const { world, case: past } = story
  const { state, grant, operationId = null, reason, begunAt, seq } = action
  const isDone = state === 'completed'
  put(story, 'actions', {
    verification_id: past.id,
    kind: past.purpose,
    person_id: past.person.id,
    state,
    ...ofGrant(grant),
    operation_id: operationId,
    reason,
    tries: 0,
    completed_at: isDone ? date(story) : null,
    not_before: action.notBefore,
    sessions_ended: isDone && isFinishedByParticipant(past.purpose) ? 'done' : null,
    run_id: world.idOf('reset run', past.id),
    run_started_at: begunAt,
    seq,
    recorded_at: date(story),
  })
}

const waitedUntil = ({ waited }: GrantFields): string | null => waited && waited.notBefore

/** The grant was not used: nobody did the last thing while it lived, or there was nothing to unlock any more. */
const endUnused = (
  story: Story,
  { purpose, begunAt, seq }: Course,
  grant: GrantFields,
  state: 'expired' | 'failed',
): void => {
  const reason = state === 'expired' ? 'time_over' : 'account_not_locked'
  const notBefore = waitedUntil(grant)
  if (state === 'expired') story.now = Date.parse(grant.expiresAt)
  else wait(story, 1, 2)
  tell(story, system('workflow'), 'grant.voided', { grantId: grant.id, reason })
  tell(story, system('workflow'), `${actionEvents[purpose]}.${state}`, { action: state, reason })
  tellContacts(story, 'ended')
  putGrant(story, grant, { voidedAt: date(story), voidReason: reason })
  // An unlock had said already what it was about to do.
  putAction(story, { state, reason, grant, begunAt, notBefore, seq: seq + (state === 'failed' ? 3 : 2) })
}

/** The one write, read back; or nobody can say what became of it. */
const act = (
  story: Story,
  { purpose, begunAt, seq }: Course,
  grant: GrantFields,
  state: 'completed' | 'unknown',
): void => {
  const { world, case: past } = story
  const operationId = world.idOf('operation', past.id)
  const event = actionEvents[purpose]
  if (isFinishedByParticipant(purpose)) wait(story, 25, 140)
  else wait(story, 0, 1)
  if (purpose === 'password_reset') tell(story, participant(story), 'password.submitted', {})
  tell(story, participant(story), `${event}.intended`, { operationId, attempt: 1 })
  tell(story, participant(story), 'grant.spent', { grantId: grant.id, operationId })
  putGrant(story, grant, { spentAt: date(story) })
  const intendedAt = date(story)
  wait(story, 1, 2)
  putIntent(story, { purpose, grant, operationId, intendedAt, state })
  const reason = state === 'unknown' ? 'read_back_unknown' : null
  const notBefore = waitedUntil(grant)
  putAction(story, { state, reason, grant, operationId, begunAt, notBefore, seq: seq + 3 })
  tell(story, system('workflow'), `${event}.${state}`, { action: state, reason })
  if (state === 'completed') afterwards(story, purpose)
}

/** The changes that go with the end of an action that is done. */
const afterwards = (story: Story, purpose: ActingPurpose): void => {
  const isLast = isFinishedByParticipant(purpose)
  if (isLast) tell(story, system('workflow'), 'sessions.ended', { result: 'done' })
  tellContacts(story, actions[purpose].notice)
  if (purpose === 'mfa_reset') showCode(story)
}

/** The directory's code for a new factor is good for so long, milliseconds (activities/directory/builtin.ts). */
const enrolmentMs = 30 * 60_000

/** The code for a new factor: shown once, and gone from its row. */
const showCode = (story: Story): void => {
  const { case: past } = story
  const issuedAt = story.now
  const session = story.rows.get('portal_sessions')?.at(-1)
  wait(story, 3, 20)
  tell(story, participant(story), 'enrolment_code.shown', {})
  put(story, 'enrolment_codes', {
    verification_id: past.id,
    portal_session_id: session?.['id'],
    expires_at: date(story, issuedAt + enrolmentMs),
    code_sealed: null,
    created_at: date(story, issuedAt),
    shown_at: date(story),
  })
}

const putIntent = (
  story: Story,
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
  const { world, case: past } = story
  const memory = world.memoryOf(past.person)
  const before = 1 + memory.writes
  const isDone = state === 'completed'
  if (isDone) memory.writes += 1
  put(story, 'intents', {
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
    resolved_at: date(story),
  })
}
