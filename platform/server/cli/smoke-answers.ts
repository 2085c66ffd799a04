/** Right answers of a demo person, as the portal's questions want them. */
import { z } from 'zod'
import type { DemoPerson } from '../db/seeds/answers.ts'

const Label = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('quarter'), year: z.number(), quarter: z.number() }),
])

/** A question as the portal's API shows it, as far as an answer needs it. */
export const Question = z.object({
  kind: z.literal('question'),
  position: z.number(),
  text: z.object({ key: z.string() }),
  ask: z.discriminatedUnion('form', [
    z.object({
      form: z.literal('choice'),
      options: z.array(z.object({ id: z.string(), label: Label })),
    }),
    z.object({ form: z.literal('typed') }),
  ]),
})
/** One question. */
export type Question = z.infer<typeof Question>

/** A reply as the portal sends it. */
export type Reply =
  | { readonly kind: 'option'; readonly optionId: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'dont_know' }

/** What the person knows; `hiredOn` as the person card says it, YYYY-MM-DD. */
export type Knowledge = Pick<DemoPerson, 'managerName' | 'deviceModel' | 'assetTagEnd' | 'ticketCategory'> & {
  readonly hiredOn: string | null
}

const quarterOf = (hiredOn: string): string =>
  `${hiredOn.slice(0, 4)} Q${String(Math.ceil(Number(hiredOn.slice(5, 7)) / 3))}`

/** What answers each kind of question; the start in two forms, since the portal shows quarters and takes months. */
const truths: Readonly<Record<string, (known: Knowledge) => string | null>> = {
  'question.manager.choice': ({ managerName }) => managerName,
  'question.manager.typed': ({ managerName }) => managerName,
  'question.start_month.choice': ({ hiredOn }) => hiredOn && quarterOf(hiredOn),
  'question.start_month.typed': ({ hiredOn }) => hiredOn && hiredOn.slice(0, 7),
  'question.device_model.choice': ({ deviceModel }) => deviceModel,
  'question.ticket_category.choice': ({ ticketCategory }) => ticketCategory,
  'question.asset_tag.typed': ({ assetTagEnd }) => assetTagEnd,
}

const shown = (label: z.infer<typeof Label>): string =>
  label.kind === 'text' ? label.text : `${String(label.year)} Q${String(label.quarter)}`

/** The right reply to a question, or "I don't know" where the person knows nothing of it. */
export const replyTo = (question: Question, known: Knowledge): Reply => {
  const truth = truths[question.text.key]?.(known) ?? null
  if (truth === null) return { kind: 'dont_know' }
  const { ask } = question
  if (ask.form === 'typed') return { kind: 'text', text: truth }
  const option = ask.options.find(({ label }) => shown(label) === truth)
  return option === undefined ? { kind: 'dont_know' } : { kind: 'option', optionId: option.id }
}
