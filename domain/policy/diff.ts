import { fieldsOf, type FieldValue } from './fields.ts'
import type { Policy } from './policy.ts'

/** One field that two policies set differently. */
export type PolicyChange = {
  readonly path: string
  readonly before: FieldValue
  readonly after: FieldValue
}

/** True if two values of a field are the same, in any order where they are sets. */
export const isSameValue = (a: FieldValue, b: FieldValue): boolean => canonical(a) === canonical(b)

const canonical = (value: FieldValue): string =>
  typeof value === 'object' ? JSON.stringify(value.map((one) => JSON.stringify(one)).sort()) : String(value)

/** The differences, in the order of the fields; empty where two policies do the same, however they are written. */
export const policyDiff = (before: Policy, after: Policy): readonly PolicyChange[] => {
  const values = new Map(fieldsOf(after).map(({ path, value }) => [path, value]))
  return fieldsOf(before).flatMap(({ path, value }) => {
    const next = values.get(path)
    return next === undefined || isSameValue(value, next) ? [] : [{ path, before: value, after: next }]
  })
}
