import { z } from 'zod'
import {
  deviceKinds,
  questionSentences,
  signInChanges,
  type QuestionText as Text,
} from '#domain/questions/definitions.ts'
import { OptionLabel } from './common.ts'

const slots = {
  device: z.enum(deviceKinds),
  what: z.enum(signInChanges),
  characters: z.int(),
  zone: z.string().nullish(),
}
const sentences = questionSentences.map(([key, names]) =>
  z.strictObject({ key: z.literal(key), ...Object.fromEntries(names.map((name) => [name, slots[name]])) }),
)
/** A question's sentence by key and slots, as `domain/questions/definitions.ts` names them. */
export const QuestionText = z.discriminatedUnion(
  'key',
  sentences as [(typeof sentences)[number]],
) as unknown as z.ZodType<Text, Text>
const TypedField = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('name'), maxLength: z.int() }),
  z.strictObject({ kind: z.literal('characters'), length: z.int(), maxLength: z.int() }),
  z.strictObject({ kind: z.literal('month'), maxLength: z.int() }),
  z.strictObject({ kind: z.literal('year'), maxLength: z.int() }),
])
/** A question asks for one of the options, or for something typed. */
export const QuestionAsk = z.discriminatedUnion('form', [
  z.strictObject({
    form: z.literal('choice'),
    options: z.array(z.strictObject({ id: z.string(), label: OptionLabel })),
  }),
  z.strictObject({ form: z.literal('typed'), field: TypedField }),
])
