import { asks, type CheckMode } from '../risk/check.ts'
import { isSameValue } from './diff.ts'
import { fieldsOf, isWeakerMode, type Direction, type FieldValue } from './fields.ts'
import { lockings, type Cap, type Decider, type Policy } from './policy.ts'

/** A field by which one policy is weaker than another, and in which way; screens have words for both. */
export type Weakening = {
  readonly path: string
  readonly by: Exclude<Direction, 'none'>
  readonly before: FieldValue
  readonly after: FieldValue
}

const deciders: readonly Decider[] = ['supervisor', 'agent', 'auto']

const rank = (order: readonly string[], value: FieldValue): number => order.findIndex((one) => one === value)

/** Members of a field that is a set; only such fields are compared by what they gain or lose. */
const texts = (value: FieldValue): readonly string[] =>
  (value as readonly unknown[]).map((one) => JSON.stringify(one))

const lacks = (from: FieldValue, members: FieldValue): boolean =>
  texts(members).some((one) => !texts(from).includes(one))

/** A cap binds as tightly as another when it lets no more happen in no less time. */
const isAsTight = (cap: Cap, than: Cap): boolean => cap.max <= than.max && cap.seconds >= than.seconds

const isLooser = (before: readonly Cap[], after: readonly Cap[]): boolean =>
  before.some((cap) => !after.some((other) => isAsTight(other, cap)))

const worsens: Readonly<
  Record<Exclude<Direction, 'mode' | 'none'>, (before: FieldValue, after: FieldValue) => boolean>
> = {
  up: (before, after) => Number(after) > Number(before),
  down: (before, after) => Number(after) < Number(before),
  either: (before, after) => !isSameValue(before, after),
  loses: (before, after) => lacks(after, before),
  gains: (before, after) => lacks(before, after),
  caps: (before, after) => isLooser(before as readonly Cap[], after as readonly Cap[]),
  decider: (before, after) => rank(deciders, after) > rank(deciders, before),
  locking: (before, after) => rank(lockings, after) < rank(lockings, before),
  // A hit that asks for one more kind has no points in the decision, and points may make a supervisor decide.
  asks: (before, after) =>
    rank(asks, after) < rank(asks, before) ||
    (after === 'one_more_kind' && (before === 'points' || before === 'two_kinds')),
}

const isWorse = (
  path: string,
  direction: Exclude<Direction, 'none'>,
  before: FieldValue,
  after: FieldValue,
  draft: Policy,
): boolean =>
  direction === 'mode'
    ? isWeakerMode(String(path.split('.')[2]), before as CheckMode, after as CheckMode, draft)
    : worsens[direction](before, after)

/**
 * The fields by which `after` is weaker than `before`: through each of them some case that is refused or held could be
 * approved, a limit grows, a contact rule loosens, or less speaks against a participant (D14). Computed from
 * the policies alone, never from what an author says of a change. Fields are looked at one by one, so a tightening
 * elsewhere makes up for nothing.
 */
export const weakenings = (before: Policy, after: Policy): readonly Weakening[] => {
  const fields = new Map(fieldsOf(after).map((field) => [field.path, field]))
  return fieldsOf(before).flatMap(({ path, value, direction }) => {
    const next = fields.get(path)
    if (next === undefined || direction === 'none' || next.direction === 'none') return []
    const isWeakened = isWorse(path, direction, value, next.value, after)
    return isWeakened ? [{ path, by: direction, before: value, after: next.value }] : []
  })
}

/** True if a change needs a second admin (D13). */
export const isWeaker = (before: Policy, after: Policy): boolean => weakenings(before, after).length > 0
