import type { Step } from '#api/contract/portal.ts'
import type { Language } from '../copy/index.ts'
import type { Visit } from '../visit.ts'

/** What every step component is given. */
export type StepProps<K extends Step['kind']> = {
  step: Extract<Step, { kind: K }>
  visit: Visit
  language: Language
}

/** The step as it is when it has this kind, else nothing. */
export const stepOf = <K extends Step['kind']>(step: Step, kind: K): Extract<Step, { kind: K }> | null =>
  step.kind === kind ? (step as Extract<Step, { kind: K }>) : null

const shownBy = {
  who_asks: 'first',
  match_code: 'later',
  checking: 'later',
  question: 'later',
  second_code: 'later',
  waiting: 'later',
  new_password: 'later',
  ended: 'later',
} as const satisfies Record<Step['kind'], 'first' | 'later'>

/** Whether a step is in the file that is fetched later; a new kind does not compile until it is placed. */
export const isLater = (step: Step): boolean => shownBy[step.kind] === 'later'
