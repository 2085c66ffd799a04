import type { MessageKind } from '#domain/messages/kinds.ts'
import type { Channel } from '#domain/verification/verification.ts'
import { ownTextOf } from '../sending/message-texts.ts'
import type { Person } from '../people/people.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { compose } from './compose.ts'
import { readLetterhead, type CaseOf, type Sender } from './letterhead.ts'
import { languageOf, type MessageSlots, type Rendered } from './texts.ts'

/** The reader of a message, as far as its words, dates and times depend on them. */
export type Reader = Pick<Person, 'language' | 'country' | 'timeZone'>

/** A message that is to be written. */
export type MessageFor = {
  readonly kind: MessageKind
  readonly channel: Channel
  readonly reader: Reader
  /** The case that the message tells of; null: none. */
  readonly of: CaseOf | null
  /** The moment that it tells of. */
  readonly at: Date
  readonly values: Pick<MessageSlots, 'link' | 'code' | 'minutes'>
}

/** The parts of a message that go to the provider as they are. */
export type Content = Rendered & { readonly sender: Sender }

/** A message as it goes out. `textId`: the organisation's own text that it was written with (D15). */
export type Written = { readonly content: Content; readonly textId: string | null }

/** Writes a message in the words that are in force for the tenant now: its own, else the standard ones. */
export const write = async (
  tx: Tx,
  { kind, channel, reader, of, at, values }: MessageFor,
): Promise<Written> => {
  const { language: tag, country } = reader
  const [own, { organisation, sender, agent, ticket, phone, zone }] = await Promise.all([
    ownTextOf(tx, { kind, channel, language: languageOf(tag) }),
    readLetterhead(tx, of),
  ])
  const about = { agent, ticket, at, zone: reader.timeZone ?? zone, country, phone }
  const written = compose(kind, channel, tag, { ...values, organisation, about }, own)
  return { content: { ...written, sender }, textId: own?.id ?? null }
}
