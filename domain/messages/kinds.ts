/** Every message to a participant, an approver or a contact, and what it cannot do without. */
import { actingPurposes, actions, type Channel } from '../verification/verification.ts'

/** The placeholders that a message may name. Nothing else may be between braces: there is no expression language (K10). */
export const placeholders = ['organisation', 'link', 'code', 'minutes', 'warning'] as const

/** One of them. */
export type Placeholder = (typeof placeholders)[number]

/**
 * The fixed sentences of `{warning}` say that nobody asks for this link, or for this code, or calls about this, or
 * neither; on a page with a No of its own, they also say that it is there (B12).
 */
export type Warning = 'link' | 'link_with_no' | 'code' | 'call' | 'call_or_link'

type Rule = {
  readonly channels: readonly Channel[]
  /** The text must contain each of these placeholders, and no other. */
  readonly needs: readonly Placeholder[]
  readonly warning: Warning
}

const both = ['sms', 'email'] as const
const notice: Rule = { channels: both, needs: ['organisation', 'link', 'warning'], warning: 'link' }

const noticesOfActions = actingPurposes.map((purpose) => actions[purpose].notice)

/** The kinds of notices to a contact. A new kind is a line here, and its words in `domain/words/`. */
export const noticeKinds = [
  'started',
  'finished',
  'refused',
  'ended',
  ...noticesOfActions,
  'passkey_added',
  'sheet_made',
  'frozen',
  'account_locked',
  'unfrozen',
  'scheduled',
  'stopped',
] as const

/** One of them. */
export type NoticeKind = (typeof noticeKinds)[number]

/** True if a message is a notice. */
export const isNotice = (kind: MessageKind): kind is NoticeKind => noticeKinds.some((known) => known === kind)

/** A text of every notice. */
export const eachNotice = <T>(give: (kind: NoticeKind) => T): Readonly<Record<NoticeKind, T>> =>
  Object.fromEntries(noticeKinds.map((kind) => [kind, give(kind)])) as Record<NoticeKind, T>

/** The rule of each kind of message. */
export const messageRules = {
  link: {
    channels: both,
    needs: ['organisation', 'link', 'minutes', 'warning'],
    warning: 'link_with_no',
  },
  /** Its one link is that of a notice: the code is typed on a page that is open already. */
  second_code: {
    channels: both,
    needs: ['organisation', 'code', 'link', 'minutes', 'warning'],
    warning: 'code',
  },
  approver_request: {
    channels: both,
    needs: ['organisation', 'link', 'minutes', 'warning'],
    warning: 'call_or_link',
  },
  approver_named: { channels: ['email'], needs: ['organisation', 'warning'], warning: 'call' },
  /** Its link is an address that is the same for everybody. */
  passkey_invitation: { channels: ['email'], needs: ['organisation', 'link', 'warning'], warning: 'call' },
  ...eachNotice(() => notice),
} satisfies Readonly<Record<string, Rule>>

/** The kind of a message. */
export type MessageKind = keyof typeof messageRules

/** All of them, as a screen lists them. */
export const messageKinds = Object.keys(messageRules) as MessageKind[]

/** The rule of a kind, whatever its exact form. */
export const ruleOf = (kind: MessageKind): Rule => messageRules[kind]

/** A text of every message. */
export const eachMessage = <T>(give: (kind: MessageKind) => T): Readonly<Record<MessageKind, T>> =>
  Object.fromEntries(messageKinds.map((kind) => [kind, give(kind)])) as Record<MessageKind, T>
