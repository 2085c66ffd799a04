import type { z } from 'zod'
import type { RouteSchemas } from '../contract/schemas.ts'
import { InvalidInput, type Issue } from './errors.ts'

type Raw = { readonly params: unknown; readonly query: unknown; readonly body: unknown }
type Fault = { readonly issue: Issue; readonly isShape: boolean }

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  )

type Sentences = {
  readonly [C in z.core.$ZodIssue['code']]: (issue: Extract<z.core.$ZodIssue, { code: C }>) => string
}

const plain = (): string => 'is not accepted'

/** Sentences of ours: a library's own may repeat what was sent. */
const sentences: Sentences = {
  invalid_type: (issue) => `expected ${issue.expected}`,
  too_small: (issue) => `too small or too short, at least ${String(issue.minimum)}`,
  too_big: (issue) => `too big or too long, at most ${String(issue.maximum)}`,
  invalid_format: (issue) =>
    issue.format === 'regex' ? customOr(issue.message, 'has the wrong form') : `expected ${issue.format}`,
  invalid_value: (issue) => `expected one of ${issue.values.map(String).join(', ')}`,
  unrecognized_keys: () => 'this key is not accepted',
  custom: (issue) => customOr(issue.message, plain()),
  invalid_element: plain,
  invalid_key: plain,
  invalid_union: plain,
  not_multiple_of: plain,
}

/** Each code has the function for its own kind of issue, which the compiler cannot follow through a look-up. */
const sentenceOf = (issue: z.core.$ZodIssue): string =>
  (sentences[issue.code] as (of: z.core.$ZodIssue) => string)(issue)

/** Our own schemas' messages are sentences; the library's begin with "Invalid". */
const customOr = (message: string, fallback: string): string =>
  message.startsWith('Invalid') ? fallback : message

const dotted = (...path: readonly PropertyKey[]): string => path.map(String).join('.')

const faultsOf = (part: string, input: unknown, issue: z.core.$ZodIssue): Fault[] => {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      issue: { path: dotted(...issue.path, key), code: 'unrecognized_key', message: sentenceOf(issue) },
      isShape: true,
    }))
  const given = at(input, issue.path)
  return [
    {
      issue: { path: dotted(...issue.path) || part, code: issue.code, message: sentenceOf(issue) },
      isShape: issue.code === 'invalid_type' && typeof given === 'object' && given !== null,
    },
  ]
}

const isGiven = (value: unknown): boolean =>
  value !== undefined && !(typeof value === 'object' && value !== null && Object.keys(value).length === 0)

const parsePart = (schema: z.ZodType | undefined, part: string, input: unknown, faults: Fault[]): unknown => {
  if (schema === undefined) {
    if (isGiven(input))
      faults.push({
        issue: { path: part, code: 'unrecognized_key', message: 'nothing is accepted here' },
        isShape: true,
      })
    return undefined
  }
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  faults.push(...parsed.error.issues.flatMap((issue) => faultsOf(part, input, issue)))
  return undefined
}

/**
 * Parses all parts of a request and reports every fault together, by field.
 * @throws InvalidInput 400 when the shape is wrong (unknown key, a list or object where one value belongs), else 422
 */
export const parseInput = (
  schema: RouteSchemas,
  raw: Raw,
): { params: unknown; query: unknown; body: unknown } => {
  const faults: Fault[] = []
  const parsed = {
    params: parsePart(schema.params, 'params', raw.params, faults),
    query: parsePart(schema.query, 'query', raw.query, faults),
    body: parsePart(schema.body, 'body', raw.body, faults),
  }
  if (faults.length > 0)
    throw new InvalidInput(
      faults.some((fault) => fault.isShape) ? 400 : 422,
      faults.map((fault) => fault.issue),
    )
  return parsed
}
