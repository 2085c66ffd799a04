/** The two parts of a mail. The HTML says what the text says; it loads nothing and runs nothing. */
import { Eta } from 'eta'
import type { Language } from '#domain/languages.ts'
import { isolated } from '../texts.ts'
import type { Block } from './blocks.ts'
import { layout } from './layout.ts'

/** A fact beside the text: "Ticket: 4711". */
export type Fact = { readonly label: string; readonly value: string }

/** Everything that is filled into the layout. */
export type Letter = {
  readonly language: Language
  readonly direction: 'ltr' | 'rtl'
  readonly subject: string
  readonly heading: string
  readonly organisation: string
  readonly blocks: readonly Block[]
  /** The one link, its verb and the line above its address; null where the mail has none. */
  readonly link: { readonly address: string; readonly button: string; readonly copyLink: string } | null
  readonly facts: readonly Fact[]
  readonly closing: readonly string[]
}

/** Every value is escaped by the library: the layout has no place that takes one as markup. */
const eta = new Eta({ tags: ['{{', '}}'], autoEscape: true, autoTrim: false })

const template = eta.compile(layout)

/** The HTML part. */
export const htmlOf = ({ link, ...letter }: Letter): string =>
  eta.render(template, {
    ...letter,
    start: letter.direction === 'rtl' ? 'right' : 'left',
    link: link?.address ?? '',
    button: link?.button ?? '',
    copyLink: link?.copyLink ?? '',
  })

/** The part that is plain text: the text itself, then the same facts and sentences as in the HTML. */
export const textOf = (text: string, { facts, closing }: Pick<Letter, 'facts' | 'closing'>): string => {
  const lines = facts.map(({ label, value }) => `${label}: ${isolated(value)}`)
  return [text.trimEnd(), ...(lines.length === 0 ? [] : [lines.join('\n')]), ...closing].join('\n\n')
}
