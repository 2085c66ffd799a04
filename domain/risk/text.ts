/**
 * Sentences of the checks: a key and typed slots, so that the console can show them in any language. The English
 * sentences are the reference, written for a help desk manager: what was seen, not what to think of it.
 */
import { enChecks } from '../words/en/checks/index.ts'

/** Every sentence by key; `{name}` is a slot, `{name:noun|nouns}` a count with its noun. */
export const checkTexts = enChecks.texts

export type CheckTextKey = keyof typeof checkTexts

export type CheckText = { key: CheckTextKey; slots: Readonly<Record<string, string | number>> }

type NameOf<Slot extends string> = Slot extends `${infer Name}:${string}` ? Name : Slot
type SlotNames<S extends string> = S extends `${string}{${infer Slot}}${infer Rest}`
  ? NameOf<Slot> | SlotNames<Rest>
  : never
type SlotsOf<K extends CheckTextKey> = SlotNames<(typeof checkTexts)[K]>
type SlotArgs<K extends CheckTextKey> = [SlotsOf<K>] extends [never]
  ? []
  : [slots: Readonly<Record<SlotsOf<K>, string | number>>]

/** Names a sentence; the compiler asks for exactly the slots it has. */
export function say<K extends CheckTextKey>(key: K, ...slots: SlotArgs<K>): CheckText {
  return { key, slots: slots[0] ?? {} }
}

/** The sentence with its slots filled; `texts` is another language's table with the same keys. */
export function renderCheckText(
  text: CheckText,
  texts: Readonly<Record<CheckTextKey, string>> = checkTexts,
): string {
  return texts[text.key].replace(
    /\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g,
    (whole, name: string, one?: string, many?: string) => {
      const value = text.slots[name]
      if (value === undefined) return whole
      const noun = value === 1 ? one : many
      return noun === undefined ? String(value) : `${String(value)} ${noun}`
    },
  )
}
