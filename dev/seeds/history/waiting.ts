/** An approved action may have to wait: for the policy's time, and for the participant who comes back (F3). */
import { actionEvents } from '#domain/events/catalog.ts'
import { returnSeconds, type GrantWait } from '#domain/grant.ts'
import { ruleFor } from '#domain/policy/policy.ts'
import type { ActionState } from '#domain/verification/outcome.ts'
import { isActing } from '#domain/verification/verification.ts'
import { signSchedule } from '#platform/crypto/signed-records.ts'
import { approversOf, evidenceDigestOf, sessionOf } from './granting.ts'
import { endSession, putDelivery, putOneLink, putSession, reportDelivered, addressOf } from './link.ts'
import { tellContacts } from './notices.ts'
import { date, deskActor, participant, policyOf, put, system, tell, wait, type Story } from './story.ts'

/** The end of the wait before a grant. `seq`: records of the action so far. */
export type WaitEnd =
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

const fateOf = ({ world }: Story): Fate => {
  const fate = fates[world.waits.begun % fates.length] ?? 'returned'
  world.waits.begun += 1
  return fate
}

const stopReasons = [
  'The manager says that nobody lost a phone.',
  'Called back on the number on file: they did not ask for this.',
] as const

/** Waits where the policy of the case says so; else its turn has come at once. */
export const waitFor = (story: Story): WaitEnd => {
  const { purpose, person } = story.case
  const { waitSeconds } = ruleFor(policyOf(story), purpose, person.tier)
  const begunAt = date(story)
  if (waitSeconds === 0) return { kind: 'come', waited: null, begunAt, seq: 1 }
  const waited = schedule(story, waitSeconds)
  const over = { kind: 'over', begunAt, notBefore: waited.notBefore } as const
  const fate = fateOf(story)
  if (fate === 'vetoed') return { ...over, ...veto(story, waitSeconds) }
  if (fate === 'stopped') return { ...over, ...stop(story, waitSeconds) }
  story.now = Date.parse(waited.notBefore)
  const isBack = comeBack(story, fate === 'returned')
  return isBack ? { kind: 'come', waited, begunAt, seq: 2 } : { ...over, ...miss(story) }
}

const schedule = (story: Story, waitSeconds: number): GrantWait => {
  const { world, case: past, now } = story
  const signed = {
    tenantId: world.tenantId,
    verificationId: past.id,
    personId: past.person.id,
    purpose: past.purpose,
    policyVersion: policyOf(story).version,
    approvers: approversOf(story),
    evidenceDigest: evidenceDigestOf(story),
    sessionId: sessionOf(story),
    scheduledAt: new Date(now).toISOString(),
    waitSeconds,
  }
  const { keyId, signature } = signSchedule(world.keys, signed)
  put(story, 'schedules', {
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
  tell(story, system('workflow'), 'action.scheduled', {})
  tellContacts(story, 'scheduled')
  return {
    scheduledAt: signed.scheduledAt,
    notBefore: new Date(now + waitSeconds * 1000).toISOString(),
  }
}

/** "This was not me" on one of the messages: the report ends it, and the freeze tells every contact. */
const veto = (story: Story, waitSeconds: number) => {
  const { world, case: past } = story
  wait(story, waitSeconds * 0.1, waitSeconds * 0.9)
  put(story, 'reports', {
    id: world.idOf('report', past.id),
    verification_id: past.id,
    person_id: past.person.id,
    source: 'message',
    at: date(story),
  })
  world.memoryOf(past.person).reports.push(story.now)
  tell(story, participant(story), 'participant.reported', { source: 'message' })
  endSession(story, 'reported')
  tellContacts(story, 'frozen')
  wait(story, 0, 1)
  return endAs(story, 'failed', 'reported', 2)
}

/** A person who steers the case took it back. */
const stop = (story: Story, waitSeconds: number) => {
  const { agent, random } = story.case
  wait(story, waitSeconds * 0.1, waitSeconds * 0.9)
  endSession(story, 'stopped')
  tellContacts(story, 'stopped')
  tell(story, deskActor(story, agent), 'action.stopped', { reason: random.pick(stopReasons) })
  return { state: 'failed', reason: 'stopped', seq: 2 } as const
}

/** The participant is asked back by a fresh link; true: they typed its code. */
const comeBack = (story: Story, returns: boolean): boolean => {
  const { case: past, columns } = story
  tell(story, system('workflow'), 'action.awaited', {})
  const sent = date(story)
  const isSms = past.channel === 'sms'
  const deliveryId = putDelivery(story, 'link', past.contact, isSms ? 'delivered' : 'accepted', 2)
  wait(story, 1, 2)
  const payload = { ordinal: 2, ...addressOf(past.contact), delivery: 'accepted' }
  tell(story, system('workflow'), 'link.sent', payload)
  if (isSms) reportDelivered(story, deliveryId)
  if (!returns) {
    story.now = sent.getTime() + returnSeconds * 1000
    putOneLink(story, { ordinal: 2, sent, tries: 0, used: null, voided: date(story) })
    return false
  }
  wait(story, 60, 480)
  tell(story, participant(story), 'code.tried', { accepted: true, tries: 1, ordinal: 2 })
  tell(story, participant(story), 'participant.returned', { ordinal: 2 })
  columns['code_tries'] = Number(columns['code_tries']) + 1
  putOneLink(story, { ordinal: 2, sent, tries: 1, used: date(story), voided: null })
  putSession(story, 2)
  wait(story, 1, 2)
  return true
}

const miss = (story: Story) => {
  const ended = endAs(story, 'expired', 'time_over', 3)
  tellContacts(story, 'ended')
  return ended
}

const endAs = (story: Story, state: 'failed' | 'expired', reason: string, seq: number) => {
  const { purpose } = story.case
  if (isActing(purpose))
    tell(story, system('workflow'), `${actionEvents[purpose]}.${state}`, { action: state, reason })
  return { state, reason, seq }
}
