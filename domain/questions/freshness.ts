import type { FactInput } from './families/family.ts'
import { families } from './families/index.ts'
import type { PlannedQuestion } from './plan.ts'

/**
 * Decides if a planned question may still be shown: the sources say now what they said when the plan was made, read
 * lately enough.
 */
export const isStillTrue = (
  { family, fact }: Pick<PlannedQuestion, 'family' | 'fact'>,
  input: FactInput,
): boolean => families.some((one) => one.family === family && one.factsNow(input).includes(fact))
