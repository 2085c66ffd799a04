import { ruleFor } from '#domain/policy/policy.ts'
import type { MessageText } from '#domain/messages/message-text.ts'
import { purposes, type Channel } from '#domain/verification/verification.ts'
import { openVerificationOf, type OpenVerification } from '#services/people/people.ts'
import { currentPolicy } from '#services/policy/policies.ts'
import { ownTextOf } from '#services/sending/message-texts.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { compose, linkTo } from '#services/messages/compose.ts'
import { languageOf } from '#services/messages/texts.ts'
import { bind } from '../../http/bind.ts'
import type { Sentence } from '../../contract/common.ts'
import type { ApiDeps } from '../../deps.ts'
import { countLookUp } from '../../http/limit-reached.ts'
import type { JudgedContact } from '#services/sending/judge-contacts.ts'
import { readSendFacts, type SendFacts } from './send-facts.ts'

/** Stands where the token will be. */
const placeholder = '…'

const sentence = (key: string, slots: Sentence['slots'] = {}): Sentence => ({ key, slots })

type Words = {
  readonly organisation: string
  readonly language: string | null
  readonly portalUrl: string
  readonly own: Readonly<Record<Channel, MessageText | null>>
}

/** The words of the link as the agent sees them before sending. */
const previewOf = (channel: Channel, lifetimeSeconds: number, words: Words) => {
  const slots = {
    organisation: words.organisation,
    link: linkTo(words.portalUrl, 'v', placeholder),
    code: null,
    minutes: Math.round(lifetimeSeconds / 60),
  }
  const { subject, text } = compose('link', channel, words.language, slots, words.own[channel])
  return { subject, text }
}

const option = ({ contact, channel, answer }: JudgedContact, words: Words) => ({
  contactId: contact.id,
  channel,
  masked: contact.masked,
  label: contact.label,
  lineType: contact.lineType,
  source: contact.source,
  lastChangedAt: contact.lastChangedAt.toISOString(),
  allowed: answer.isAllowed,
  reasons: answer.reasons.map((code) => sentence(`send.${code}`, { contact: contact.masked })),
  warnings: answer.warnings.map((code) => sentence(`send.${code}`, { contact: contact.masked })),
  preview: previewOf(channel, answer.lifetimeSeconds, words),
})

/** The organisation's own texts of the link in a language, by channel: the preview shows what will go out. */
const ownLinkTexts = async (tx: Tx, tag: string | null) => {
  const of = (channel: Channel) => ownTextOf(tx, { kind: 'link', channel, language: languageOf(tag) })
  const [sms, email] = await Promise.all([of('sms'), of('email')])
  return { sms, email }
}

const blockedBy = (facts: SendFacts, open: OpenVerification | undefined): Sentence | null => {
  if (facts.person.accountState === 'disabled') return sentence('send.account_disabled')
  if (!facts.isOffered) return sentence('send.purpose_not_offered')
  if (facts.person.neverViaHelpDesk) return sentence('send.never_via_help_desk')
  if (facts.isOwnCase) return sentence('send.own_case')
  // A case that anybody may have asked for stops no agent: their start ends it.
  if (open !== undefined && !open.isUnopenedHelp)
    return sentence('send.open_verification', { verificationId: open.id })
  if (facts.person.isBlocked) return sentence('send.participant_blocked')
  return facts.judged.length === 0 ? sentence('send.no_contacts') : null
}

/**
 * Lists what may be sent where, with the policy's answer and the message exactly as it would go out. Counted as the
 * card is (D8).
 */
export const sendOptions = ({ db, keys, factTools, settings }: ApiDeps) =>
  bind('console.sendOptions', ({ staff, params, query }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const policy = await currentPolicy(tx)
      await countLookUp(tx, staff, params.personId, policy)
      const { purpose } = query
      const { personId } = params
      const [facts, open] = await Promise.all([
        readSendFacts({ tx, keys, factTools, staff, policy, purpose, personId }),
        openVerificationOf(tx, personId),
      ])
      const rule = ruleFor(policy, purpose, facts.person.tier)
      const message = {
        organisation: staff.tenantName,
        language: facts.person.language,
        portalUrl: settings.portalUrl,
        own: await ownLinkTexts(tx, facts.person.language),
      }
      return {
        purposes: [...purposes],
        evidence: [
          ...rule.classesRequired,
          ...Array<string>(Math.max(0, rule.classesNeeded - rule.classesRequired.length)).fill('any_other'),
        ],
        options: facts.judged.map((judged) => option(judged, message)),
        blocked: blockedBy(facts, open),
      }
    }),
  )
