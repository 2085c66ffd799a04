import type { MessageKind } from '#domain/messages/kinds.ts'
import type { Channel } from '#domain/verification/verification.ts'
import { ownTextOf } from '../sending/message-texts.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { compose } from './compose.ts'
import { languageOf, type MessageSlots, type Rendered } from './texts.ts'

/** A message as it goes out. `textId`: the organisation's own text that it was written with (D15). */
export type Written = Rendered & { readonly textId: string | null }

/** Writes a message in the words that are in force for the tenant now: its own, else the standard ones. */
export const write = async (
  tx: Tx,
  kind: MessageKind,
  channel: Channel,
  tag: string | null,
  slots: MessageSlots,
): Promise<Written> => {
  const own = await ownTextOf(tx, { kind, channel, language: languageOf(tag) })
  return { ...compose(kind, channel, tag, slots, own), textId: own?.id ?? null }
}
