/** JSON files of the operator that the worker alone reads. An error names the field and repeats no value. */
import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import { StartError } from '#platform/process/start-error.ts'

/** The variable that names a file, its path, and the page that says what stands in it. */
export type OperatorFile = { readonly variable: string; readonly path: string; readonly page: string }

/** A fault in such a file; it names the place and repeats no value. */
export class OperatorFileProblem extends StartError {
  override readonly name = 'OperatorFileProblem'
  constructor({ variable, path }: OperatorFile, problem: string, options?: ErrorOptions) {
    super(`${variable} names ${path}, which cannot be used: ${problem}.`, options)
  }
}

/** Says in words what is wrong with a field: zod's own sentences speak of its types. */
const wordsOf = (issue: z.core.$ZodIssue, page: string): string => {
  if (issue.code === 'invalid_type')
    return issue.message.endsWith('received undefined')
      ? 'is missing'
      : `must be of the type ${issue.expected}`
  if (issue.code === 'unrecognized_keys')
    return `has fields that are not known there (${issue.keys.join(', ')})`
  if (issue.code === 'invalid_union') return `must be one of those that ${page} names`
  if (issue.code === 'invalid_value') return `must be ${issue.values.map(String).join(' or ')}`
  if (issue.code === 'too_small') return 'is too short'
  return issue.code === 'too_big' ? 'is too long' : issue.message
}

const jsonOf = (text: string, file: OperatorFile): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    // The parser's own message repeats text of the file.
    throw new OperatorFileProblem(file, 'it is not JSON')
  }
}

/** Parses the text of a file. @throws OperatorFileProblem */
export const parseOperatorFile = <T extends z.ZodType>(
  schema: T,
  text: string,
  file: OperatorFile,
): z.output<T> => {
  const parsed = schema.safeParse(jsonOf(text, file))
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || 'it'} ${wordsOf(issue, file.page)}`,
  )
  throw new OperatorFileProblem(file, fields.join('; '))
}

/** Reads a file. @throws OperatorFileProblem */
export const readOperatorFile = (file: OperatorFile): string => {
  try {
    return readFileSync(file.path, 'utf8')
  } catch (error) {
    throw new OperatorFileProblem(file, 'it does not exist or cannot be read', { cause: error })
  }
}
