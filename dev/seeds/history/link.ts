/** The beginning of a story: started, sent, delivered, opened with the match code. */
import { pickLanguage } from '#domain/languages.ts'
import { maskContact, numberPrefix } from '#domain/contact.ts'
import { allQuestions, type QuestionPlan } from '#domain/questions/plan.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import type { SeedContact } from '../contacts.ts'
import { officeOf } from '../offices.ts'
import { planFor } from './answering.ts'
import { tellContacts } from './notices.ts'
import { date, move, participant, policyOf, put, starter, system, tell, wait, type Story } from './story.ts'

/** A message as the product records it. */
export const putDelivery = (
  story: Story,
  kind: 'link' | 'second_code' | 'entry_code',
  contact: SeedContact,
  status: 'accepted' | 'delivered' | 'refused',
  ordinal = 1,
): string => {
  const { world, case: past } = story
  const id = world.idOf('delivery', past.id, kind, ...(ordinal === 1 ? [] : [String(ordinal)]))
  const isPhone = contact.kind === 'phone'
  put(story, 'deliveries', {
    id,
    verification_id: past.id,
    person_id: past.person.id,
    kind,
    ordinal,
    channel: isPhone ? 'sms' : 'email',
    contact_id: contact.id,
    contact_masked: maskContact(contact.kind, contact.value),
    number_index: world.indexOf(contact.kind, contact.value),
    prefix_index: isPhone ? world.indexOf('phone_prefix', numberPrefix(contact.value)) : null,
    status,
    error_code: status === 'refused' ? '30003' : null,
    begun_at: date(story),
    finished_at: date(story, story.now + 900),
    reported_at: status === 'delivered' ? date(story, story.now + 6_000) : null,
  })
  return id
}

/** The agent starts, the link goes out; undelivered where the provider refuses it. */
export const sendLink = (story: Story): void => {
  const { case: past, columns } = story
  const isRefused = past.scenario === 'undelivered'
  const isReported = past.channel === 'sms' && !isRefused
  tell(story, starter(story), 'verification.created', { state: 'created' })
  const status = isRefused ? 'refused' : isReported ? 'delivered' : 'accepted'
  const deliveryId = putDelivery(story, 'link', past.contact, status)
  wait(story, 1, 3)
  const delivery = isRefused ? 'refused' : 'accepted'
  const payload = { ...move(story, isRefused ? 'fail_delivery' : 'deliver'), reason: delivery, delivery }
  const type = isRefused ? 'link.undelivered' : 'link.sent'
  tell(story, system('workflow'), type, { ...payload, ref: deliveryId, ordinal: 1 })
  tellContacts(story, 'started', past.contact)
  if (isRefused) return
  columns['sent_at'] = date(story)
  if (past.entry !== null) sendEntryCode(story, past.entry)
  if (isReported) reportDelivered(story, deliveryId)
}

/** A provider of SMS reports a message a moment later. */
export const reportDelivered = (story: Story, deliveryId: string): void => {
  wait(story, 2, 9)
  tell(story, { kind: 'provider', id: 'delivery' }, 'link.delivery_reported', {
    status: 'delivered',
    deliveryId,
  })
}

/** Channel and address of a message, as its event holds them. */
export const addressOf = (contact: SeedContact) => ({
  channel: contact.kind === 'phone' ? 'sms' : 'email',
  contact: maskContact(contact.kind, contact.value),
})

/** Sends the link's code to a contact of the other channel, where nobody reads a number out. */
const sendEntryCode = (story: Story, contact: SeedContact): void => {
  putDelivery(story, 'entry_code', contact, contact.kind === 'phone' ? 'delivered' : 'accepted')
  const sent = { delivery: 'accepted', ordinal: 1, ...addressOf(contact), contactLabel: contact.label }
  tell(story, system('workflow'), 'entry_code.sent', sent)
}

/** The participant sees the page that says who asks. */
export const seePage = (story: Story): void => {
  const { world, case: past } = story
  wait(story, 12, 190)
  put(story, 'link_visits', {
    verification_id: past.id,
    link_id: world.idOf('link', past.id),
    kind: 'page_seen',
    user_agent_family: null,
    at: date(story),
  })
  tell(story, participant(story), 'link.page_seen', { scannerLike: false })
}

/** The match code is read out and typed, right at last; the plan is fixed with it. */
export const openCase = (story: Story): { readonly plan: QuestionPlan; readonly tries: number } => {
  const { world, case: past, columns } = story
  const wrong = past.random.chance(0.07) ? past.random.int(1, 2) : 0
  for (let tries = 1; tries <= wrong; tries += 1) {
    wait(story, 12, 30)
    tell(story, participant(story), 'code.tried', { accepted: false, tries, ordinal: 1 })
  }
  wait(story, 18, 65)
  const plan = planFor(story)
  if (plan.route === 'questions') world.memoryOf(past.person).sets.push(story.now)
  const { route } = plan
  tell(story, participant(story), 'code.tried', { accepted: true, tries: wrong + 1, ordinal: 1 })
  tell(story, participant(story), 'verification.opened', { ...move(story, 'open'), route })
  tell(story, participant(story), 'verification.answering_begun', move(story, 'begin'))
  columns['opened_at'] = date(story)
  columns['code_tries'] = wrong + 1
  putSession(story, 1)
  return { plan, tries: wrong + 1 }
}

/** Numbers the sessions and links of a story: the first link, or a later one. */
const numbered = (story: Story, kind: 'session' | 'link' | 'nonce', ordinal: number): string =>
  story.world.idOf(kind, story.case.id, ...(ordinal === 1 ? [] : [String(ordinal)]))

/** Stores the session of the browser that typed the code of a link. */
export const putSession = (story: Story, ordinal: number): void => {
  const { case: past, now } = story
  const { lifetimes } = policyOf(story)
  const { language } = officeOf(past.person.office)
  put(story, 'portal_sessions', {
    id: numbered(story, 'session', ordinal),
    verification_id: past.id,
    person_id: past.person.id,
    link_id: numbered(story, 'link', ordinal),
    // The hash of a token that nobody ever had.
    token_hash: tokenHash(newToken()),
    probe_nonce: numbered(story, 'nonce', ordinal).replaceAll('-', ''),
    language: pickLanguage([language]),
    started_at: date(story),
    last_used_at: date(story, now + 120_000),
    absolute_expires_at: date(story, now + lifetimes.portalAbsolute * 1000),
    ended_at: null,
    end_reason: null,
  })
}

/** Ends the portal session, where there was one. */
export const endSession = (story: Story, reason: string): void => {
  const session = story.rows.get('portal_sessions')?.at(-1) as Record<string, unknown> | undefined
  if (session !== undefined) Object.assign(session, { ended_at: date(story), end_reason: reason })
}

/** Rows that are written once it is known how far the link came. */
export const putLink = (story: Story): void => {
  const { columns, rows } = story
  const opened = columns['opened_at'] as Date | undefined
  const sent = columns['sent_at'] as Date | undefined
  if (sent === undefined) return
  // The case counts every code that was typed; the rows of later links hold theirs already.
  const later = (rows.get('code_challenges') ?? []).filter(({ kind }) => kind === 'match')
  putOneLink(story, {
    ordinal: 1,
    sent,
    tries: later.reduce((left, { tries }) => left - Number(tries), Number(columns['code_tries'] ?? 0)),
    used: opened ?? null,
    voided: opened === undefined ? (columns['closed_at'] as Date) : null,
  })
}

/** The fate of one link and its code. */
export type LinkFate = {
  readonly ordinal: number
  readonly sent: Date
  readonly tries: number
  readonly used: Date | null
  readonly voided: Date | null
}

/** A link and the challenge of its code. */
export const putOneLink = (story: Story, { ordinal, sent, tries, used, voided }: LinkFate): void => {
  const { world, case: past } = story
  const { lifetimes, version } = policyOf(story)
  put(story, 'links', {
    id: numbered(story, 'link', ordinal),
    verification_id: past.id,
    person_id: past.person.id,
    purpose: past.purpose,
    policy_version: version,
    ordinal,
    channel: past.channel,
    contact_id: past.contact.id,
    contact_value_index: world.indexOf(past.contact.kind, past.contact.value),
    token_hash: tokenHash(newToken()),
    created_at: sent,
    expires_at: new Date(sent.getTime() + lifetimes.smsLink * 1000),
    used_at: used,
    voided_at: voided,
  })
  putChallenge(story, { kind: 'match', ordinal, contactId: null, at: sent, tries, accepted: used })
}

/** A code that was asked for. */
export const putChallenge = (
  story: Story,
  challenge: {
    kind: 'match' | 'second'
    ordinal: number
    contactId: string | null
    at: Date
    tries: number
    accepted: Date | null
  },
): void => {
  const { case: past } = story
  const { lifetimes, limits } = policyOf(story)
  put(story, 'code_challenges', {
    verification_id: past.id,
    kind: challenge.kind,
    ordinal: challenge.ordinal,
    person_id: past.person.id,
    contact_id: challenge.contactId,
    tries: challenge.tries,
    max_tries: limits.codeTriesPerCode,
    created_at: challenge.at,
    expires_at: new Date(challenge.at.getTime() + lifetimes.matchCode * 1000),
    accepted_at: challenge.accepted,
  })
}

/** The plan in its state when nothing more is asked of it. */
export const putPlan = (
  story: Story,
  plan: QuestionPlan,
  end: {
    readonly route: QuestionPlan['route']
    readonly gate: 'open' | 'closed'
    readonly position: number
    readonly reason: string | null
  },
): void => {
  const { world, case: past, columns } = story
  put(story, 'plans', {
    verification_id: past.id,
    route: end.route,
    plan_sealed: world.seal('plans', 'plan_sealed', past.id, plan),
    question_count: plan.route === 'questions' ? allQuestions(plan).length : 0,
    current_position: end.position,
    gate: end.gate,
    completed_at: end.reason === null ? null : date(story),
    completed_reason: end.reason,
    created_at: columns['opened_at'],
  })
}
