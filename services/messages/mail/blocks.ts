/** The text of a mail as its two parts show it: paragraphs, and the one link as a button. */
import type { Placeholder } from '#domain/messages/kinds.ts'
import type { Slots } from '#domain/messages/message-text.ts'

/** Letters that are shown in one way. A code is set apart, so that it can be read off. */
export type Part = { readonly text: string; readonly isCode: boolean }

/** A paragraph with its lines, or the place of the link. */
export type Block =
  { readonly kind: 'text'; readonly lines: readonly (readonly Part[])[] } | { readonly kind: 'link' }

const inBraces = /(\{[^{}]*\})/

const isSlot = (slots: Slots, name: string): name is Placeholder => Object.hasOwn(slots, name)

const partOf = (piece: string, slots: Slots): Part => {
  const name = /^\{([^{}]*)\}$/.exec(piece)?.[1] ?? ''
  return isSlot(slots, name) ? { text: slots[name], isCode: name === 'code' } : { text: piece, isCode: false }
}

const partsOf = (line: string, slots: Slots | null): readonly Part[] =>
  slots === null
    ? [{ text: line, isCode: false }]
    : line
        .split(inBraces)
        .filter((piece) => piece !== '')
        .map((piece) => partOf(piece, slots))

const isLink = (line: string, slots: Slots | null): boolean =>
  slots !== null && slots.link !== '' && line.trim() === '{link}'

/** Cuts the paragraphs of a text at its link. `slots` null: the text is filled already, and braces in it are nobody's. */
export const blocksOf = (text: string, slots: Slots | null): readonly Block[] => {
  const blocks: Block[] = []
  let lines: (readonly Part[])[] = []
  const endParagraph = () => {
    if (lines.length > 0) blocks.push({ kind: 'text', lines })
    lines = []
  }
  for (const line of text.split('\n')) {
    if (line.trim() !== '' && !isLink(line, slots)) {
      lines.push(partsOf(line, slots))
      continue
    }
    endParagraph()
    if (line.trim() !== '') blocks.push({ kind: 'link' })
  }
  endParagraph()
  return blocks
}
