/** A plan of any number of choice questions: the policy asks for three to six, the goals are set at three and eight. */
import { testChoice, testFamilies } from '#api/testing/plan.ts'
import type { AskingPlan } from '#domain/questions/plan.ts'

/** Exactly `count` questions: no number of points ends it earlier. */
export const planOf = (count: number): AskingPlan => ({
  route: 'questions',
  questions: Array.from({ length: count }, (_, index) =>
    testChoice(index + 1, testFamilies[index % testFamilies.length] ?? 'manager'),
  ),
  spare: null,
  rule: { minAnswered: count, maxAsked: count, enoughAt: 10_000, hopelessAt: -10_000 },
})
