import type { Step } from '#api/contract/portal.ts'
import type { Language } from '../copy/index.ts'
import type { Visit } from '../visit.ts'

/** The name of a step. */
export type StepKind = Step['kind']

/** Every step component gets these. */
export type StepProps<K extends StepKind> = {
  step: Extract<Step, { kind: K }>
  visit: Visit
  language: Language
}

/** Kinds of the file that is fetched while the participant reads the first page. */
export type LaterKind = Exclude<StepKind, 'who_asks'>
