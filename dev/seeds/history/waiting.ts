/** What is approved and has to wait: for the policy's time, and for the participant who comes back (F3). */
import { actionEvents } from '#domain/events/catalog.ts'
import { returnSeconds, type GrantWait } from '#domain/grant.ts'
import { ruleFor } from '#domain/policy/policy.ts'
import type { ActionState } from '#domain/verification/outcome.ts'
import { isActing } from '#domain/verification/verification.ts'
import { signSchedule } from '#platform/crypto/signed-records.ts'
import { approversOf, evidenceDigestOf, sessionOf } from './granting.ts'
import { endSession, putDelivery, putOneLink, putSession, reportDelivered, wayOf } from './link.ts'
import { tellContacts } from './notices.ts'
import { date, deskActor, participant, policyOf, put, system, tell, wait, type Telling } from './telling.ts'

/** How the time before a grant ended. `seq`: records of the action so far. */
export type Turn =
  | {
      readonly kind: 'come'
      readonly waited: GrantWait | null
      readonly begunAt: Date
      readonly seq: number
    }
  | {
      readonly kind: 'over'
      readonly state: ActionState
      readonly reason: string
      readonly begunAt: Date
      readonly notBefore: string
      readonly seq: number
    }

type Fate = 'returned' | 'vetoed' | 'stopped' | 'missed'

/** One after the other, so that few cases that waited still show every end. */
const fates: readonly Fate[] = ['returned', 'vetoed', 'returned', 'missed', 'stopped', 'returned', 'returned']

const fateOf = ({ world }: Telling): Fate => {
  const fate = fates[world.waits.begun % fates.length] ?? 'returned'
  world.waits.begun += 1
  return fate
}

const stopReasons = [
  'The manager says that nobody lost a phone.',
  'Called back on the number on file: they did not ask for this.',
] as const

/** Waits where the policy of the case says so; else its turn has come at once. */
export const waitFor = (telling: Telling): Turn => {
  const { purpose, person } = telling.case
  const { waitSeconds } = ruleFor(policyOf(telling), purpose, person.tier)
  const begunAt = date(telling)
  if (waitSeconds === 0) return { kind: 'come', waited: null, begunAt, seq: 1 }
  const waited = schedule(telling, waitSeconds)
  const over = { kind: 'over', begunAt, notBefore: waited.notBefore } as const
  const fate = fateOf(telling)
  if (fate === 'vetoed') return { ...over, ...veto(telling, waitSeconds) }
  if (fate === 'stopped') return { ...over, ...stop(telling, waitSeconds) }
  telling.now = Date.parse(waited.notBefore)
  const isBack = comeBack(telling, fate === 'returned')
  return isBack ? { kind: 'come', waited, begunAt, seq: 2 } : { ...over, ...miss(telling) }
}

const schedule = (telling: Telling, waitSeconds: number): GrantWait => {
  const { world, case: past, now } = telling
  const signed = {
    tenantId: world.tenantId,
    verificationId: past.id,
    personId: past.person.id,
    purpose: past.purpose,
    policyVersion: policyOf(telling).version,
    approvers: approversOf(telling),
    evidenceDigest: evidenceDigestOf(telling),
    sessionId: sessionOf(telling),
    scheduledAt: new Date(now).toISOString(),
    waitSeconds,
  }
  const { keyId, signature } = signSchedule(world.keys, signed)
  put(telling, 'schedules', {
    verification_id: past.id,
    person_id: past.person.id,
    purpose: past.purpose,
    policy_version: signed.policyVersion,
    approvers: signed.approvers,
    evidence_digest: Buffer.from(signed.evidenceDigest, 'hex'),
    session_id: signed.sessionId,
    scheduled_at: signed.scheduledAt,
    wait_seconds: waitSeconds,
    key_id: keyId,
    signature,
  })
  tell(telling, system('workflow'), 'action.scheduled', {})
  tellContacts(telling, 'scheduled')
  return {
    scheduledAt: signed.scheduledAt,
    notBefore: new Date(now + waitSeconds * 1000).toISOString(),
  }
}

/** "This was not me" on one of the messages: the report ends it, and the freeze tells every contact. */
const veto = (telling: Telling, waitSeconds: number) => {
  const { world, case: past } = telling
  wait(telling, waitSeconds * 0.1, waitSeconds * 0.9)
  put(telling, 'reports', {
    id: world.idOf('report', past.id),
    verification_id: past.id,
    person_id: past.person.id,
    source: 'message',
    at: date(telling),
  })
  world.memoryOf(past.person).reports.push(telling.now)
  tell(telling, participant(telling), 'participant.reported', { source: 'message' })
  endSession(telling, 'reported')
  tellContacts(telling, 'frozen')
  wait(telling, 0, 1)
  return endAs(telling, 'failed', 'reported', 2)
}

/** Whoever steers the case took it back. */
const stop = (telling: Telling, waitSeconds: number) => {
  const { agent, random } = telling.case
  wait(telling, waitSeconds * 0.1, waitSeconds * 0.9)
  endSession(telling, 'stopped')
  tellContacts(telling, 'stopped')
  tell(telling, deskActor(telling, agent), 'action.stopped', { reason: random.pick(stopReasons) })
  return { state: 'failed', reason: 'stopped', seq: 2 } as const
}

/** The participant is asked back by a fresh link; true: they typed its code. */
const comeBack = (telling: Telling, returns: boolean): boolean => {
  const { case: past, columns } = telling
  tell(telling, system('workflow'), 'action.awaited', {})
  const sent = date(telling)
  const isSms = past.channel === 'sms'
  const deliveryId = putDelivery(telling, 'link', past.contact, isSms ? 'delivered' : 'accepted', 2)
  wait(telling, 1, 2)
  const payload = { ordinal: 2, ...wayOf(past.contact), delivery: 'accepted' }
  tell(telling, system('workflow'), 'link.sent', payload)
  if (isSms) reportDelivered(telling, deliveryId)
  if (!returns) {
    telling.now = sent.getTime() + returnSeconds * 1000
    putOneLink(telling, { ordinal: 2, sent, tries: 0, used: null, voided: date(telling) })
    return false
  }
  wait(telling, 60, 480)
  tell(telling, participant(telling), 'code.tried', { accepted: true, tries: 1, ordinal: 2 })
  tell(telling, participant(telling), 'participant.returned', { ordinal: 2 })
  columns['code_tries'] = Number(columns['code_tries']) + 1
  putOneLink(telling, { ordinal: 2, sent, tries: 1, used: date(telling), voided: null })
  putSession(telling, 2)
  wait(telling, 1, 2)
  return true
}

const miss = (telling: Telling) => {
  const ended = endAs(telling, 'expired', 'time_over', 3)
  tellContacts(telling, 'ended')
  return ended
}

const endAs = (telling: Telling, state: 'failed' | 'expired', reason: string, seq: number) => {
  const { purpose } = telling.case
  if (isActing(purpose))
    tell(telling, system('workflow'), `${actionEvents[purpose]}.${state}`, { action: state, reason })
  return { state, reason, seq }
}
