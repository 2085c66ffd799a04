import { z } from 'zod'
import { OptionLabel } from './common.ts'

const Device = z.enum(['laptop', 'desktop', 'other'])
/** A question's sentence by key and slots, as `domain/questions/plan.ts` names them. */
export const QuestionText = z.discriminatedUnion('key', [
  z.strictObject({ key: z.literal('question.manager.choice') }),
  z.strictObject({ key: z.literal('question.manager.typed') }),
  z.strictObject({ key: z.literal('question.team_mate.choice') }),
  z.strictObject({ key: z.literal('question.office.choice') }),
  z.strictObject({ key: z.literal('question.start_month.choice') }),
  z.strictObject({ key: z.literal('question.start_month.typed') }),
  z.strictObject({ key: z.literal('question.group.choice') }),
  z.strictObject({
    key: z.literal('question.sign_in_change.choice'),
    what: z.enum(['password', 'second_step']),
  }),
  z.strictObject({ key: z.literal('question.free_weekday.choice') }),
  z.strictObject({ key: z.literal('question.meeting_slot.choice') }),
  z.strictObject({ key: z.literal('question.meeting_organiser.choice') }),
  z.strictObject({ key: z.literal('question.device_model.choice'), device: Device }),
  z.strictObject({ key: z.literal('question.ticket_category.choice') }),
  z.strictObject({ key: z.literal('question.asset_tag.typed'), device: Device, characters: z.int() }),
])
const TypedField = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('name'), maxLength: z.int() }),
  z.strictObject({ kind: z.literal('characters'), length: z.int(), maxLength: z.int() }),
  z.strictObject({ kind: z.literal('month'), maxLength: z.int() }),
])
/** A question asks for one of the options, or for something typed. */
export const QuestionAsk = z.discriminatedUnion('form', [
  z.strictObject({
    form: z.literal('choice'),
    options: z.array(z.strictObject({ id: z.string(), label: OptionLabel })),
  }),
  z.strictObject({ form: z.literal('typed'), field: TypedField }),
])
