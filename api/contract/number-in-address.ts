import { z } from 'zod'
import type { ZodOpenApiOverride } from 'zod-openapi'

/** Digits, with a sign and a fraction: at most fifteen, so that each is the number it says. */
const written = /^-?\d{1,12}(?:\.\d{1,3})?$/

/** Described as the number it is; JSON Schema would tell of a text. */
const describedAs =
  (schema: z.ZodType): ZodOpenApiOverride =>
  ({ jsonSchema }) => {
    const { $schema, ...number } = z.toJSONSchema(schema)
    delete jsonSchema.pattern
    Object.assign(jsonSchema, number)
  }

/**
 * A number that comes as text, in a path or a query. `Number()` alone would take an empty value for 0, `1e2` for 100
 * and `0x10` for 16: a filter that was left empty would filter. Those are refused, as any other word is.
 */
export const NumberInAddress = (schema: z.ZodNumber) =>
  z
    .string()
    .regex(written, 'not a number as digits')
    .transform(Number)
    .pipe(schema)
    .meta({ override: describedAs(schema) })

/** The same, where leaving it out means `fallback`. */
export const NumberInAddressOr = (schema: z.ZodNumber, fallback: number) =>
  NumberInAddress(schema)
    .default(fallback)
    .meta({ override: describedAs(schema.default(fallback)) })
