/** Right answers of a demo person, as the portal's questions want them. */
import { z } from 'zod'
import { plainLabel } from '#domain/questions/grading/labels.ts'
import type { DemoPerson } from '../seeds/answers.ts'

const Label = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('quarter'), year: z.number(), quarter: z.number() }),
  z.object({ kind: z.literal('month'), year: z.number(), month: z.number() }),
  z.object({ kind: z.literal('weekday'), weekday: z.number() }),
  z.object({ kind: z.literal('slot'), weekday: z.number(), hour: z.number() }),
])

/** A question as the portal's API shows it, as far as an answer needs it. */
export const Question = z.object({
  kind: z.literal('question'),
  position: z.number(),
  text: z.object({ key: z.string(), what: z.enum(['password', 'second_step']).optional() }),
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

/** The knowledge of the person; `hiredOn` as the person card says it, YYYY-MM-DD. */
export type Knowledge = Omit<DemoPerson, 'login' | 'name' | 'workEmail' | 'addresses'> & {
  readonly hiredOn: string | null
}

const quarterOf = (hiredOn: string): string =>
  `${hiredOn.slice(0, 4)} Q${String(Math.ceil(Number(hiredOn.slice(5, 7)) / 3))}`

const dayMs = 24 * 3600 * 1000

/** The month of the last change of the second step: the seed's own moment follows from the first day of work. */
const secondStepMonth = (known: Knowledge): string | null => {
  const { hiredOn, hiredDaysAgo, secondStepDaysAgo } = known
  if (hiredOn === null || secondStepDaysAgo === null) return null
  const at = Date.parse(hiredOn) + (hiredDaysAgo - secondStepDaysAgo) * dayMs
  return new Date(at).toISOString().slice(0, 7)
}

/**
 * The right answer to each kind of question; the start in two forms, since the portal shows quarters and takes months.
 */
const truths: Readonly<Record<string, (known: Knowledge) => string | readonly string[] | null>> = {
  'question.manager.choice': ({ managerName }) => managerName,
  'question.manager.typed': ({ managerName }) => managerName,
  'question.team_mate.choice': ({ teamMateNames }) => teamMateNames,
  'question.office.choice': ({ office }) => office,
  'question.group.choice': ({ groupNames }) => groupNames,
  'question.free_weekday.choice': ({ freeWeekday }) => freeWeekday,
  'question.meeting_slot.choice': ({ meetingSlot }) => meetingSlot,
  'question.meeting_organiser.choice': ({ organiserNames }) => organiserNames,
  'question.start_month.choice': ({ hiredOn }) => hiredOn && quarterOf(hiredOn),
  'question.start_month.typed': ({ hiredOn }) => hiredOn && hiredOn.slice(0, 7),
  'question.start_month.year': ({ hiredOn }) => hiredOn && hiredOn.slice(0, 4),
  'question.device_model.choice': ({ deviceModel }) => deviceModel,
  'question.ticket_category.choice': ({ ticketCategory }) => ticketCategory,
  'question.asset_tag.typed': ({ assetTagEnd }) => assetTagEnd,
}

const truthsOf = ({ text }: Question, known: Knowledge): readonly string[] => {
  // Nobody remembers a password that this run may have changed.
  const truth =
    text.key === 'question.sign_in_change.choice' && text.what === 'second_step'
      ? secondStepMonth(known)
      : (truths[text.key]?.(known) ?? null)
  return truth === null ? [] : typeof truth === 'string' ? [truth] : truth
}

/** The right reply to a question, or "I don't know" where the person knows nothing of it. */
export const replyTo = (question: Question, known: Knowledge): Reply => {
  const own = truthsOf(question, known)
  const { ask } = question
  if (ask.form === 'typed') {
    const [text] = own
    return text === undefined ? { kind: 'dont_know' } : { kind: 'text', text }
  }
  const option = ask.options.find(({ label }) => own.includes(plainLabel(label)))
  return option === undefined ? { kind: 'dont_know' } : { kind: 'option', optionId: option.id }
}
