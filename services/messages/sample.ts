/** The sample that fills a preview and a test message. Its link says what every dead link says. */
import { ruleOf, type MessageKind } from '#domain/messages/kinds.ts'
import { linkTo } from './compose.ts'
import type { MessageSlots } from './texts.ts'

/** As long as a token, and never one. */
const noToken = `TEST${'-'.repeat(39)}`

/** The page that the one link of a message leads to. */
export const pageOf = (kind: MessageKind): 'v' | 'approve' | 'not-me' => {
  if (kind === 'link') return 'v'
  return kind === 'approver_request' ? 'approve' : 'not-me'
}

/** An invitation holds the same address for everybody, and no token. */
const linkOf = (portalUrl: string, kind: MessageKind): string =>
  kind === 'passkey_invitation' ? `${portalUrl}/enrol` : linkTo(portalUrl, pageOf(kind), noToken)

/** An agent and a ticket for a sample. */
export const sampleFacts = { agent: 'Sam Sample', ticket: 'TEST-1' } as const

/** Slots that look like real ones, for a message of this kind. */
export const sampleSlots = (organisation: string, portalUrl: string, kind: MessageKind): MessageSlots => ({
  organisation,
  link: ruleOf(kind).needs.includes('link') ? linkOf(portalUrl, kind) : null,
  code: ruleOf(kind).needs.includes('code') ? '123456' : null,
  minutes: 10,
})
