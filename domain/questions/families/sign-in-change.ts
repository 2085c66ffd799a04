import { definitions, type Purpose } from '../../verification/verification.ts'
import type { Block } from '../cells.ts'
import { changeValue, text, type Value } from '../fact-values.ts'
import { isFresh, monthIndex } from '../moments.ts'
import type { SignInChange } from '../plan.ts'
import { choiceOf, pickOne, type FactInput, type Family } from './family.ts'

const size = 5

/** The oldest change that people are expected to remember. */
const rememberedMonths = 12

/**
 * The window of five months that holds a month: aligned to a fixed grid and in order of time, so the list says nothing
 * about the participant beyond the window, and never changes.
 */
const windowOf = (what: SignInChange, index: number): Block => {
  const first = Math.floor(index / size) * size
  return {
    id: `months-${what}-${first}`,
    family: 'sign_in_change',
    epoch: 'fixed',
    values: Array.from({ length: size }, (_, step) => ({
      value: changeValue(what, first + step),
      label: { kind: 'month', year: Math.floor((first + step) / 12), month: ((first + step) % 12) + 1 },
    })),
  }
}

/** The subject of the case itself is not asked about: the story would give the answer away, or make it wrong. */
const isOfPurpose = (what: SignInChange, purpose: Purpose): boolean =>
  definitions[purpose].isAbout.some((about) => about === what)

type Change = { readonly id: SignInChange; readonly month: number }

const isAskable = (month: number, now: number): boolean => {
  const today = monthIndex(now)
  const last = Math.floor(month / size) * size + size - 1
  // Months yet to come could be ruled out by anyone.
  return today - month <= rememberedMonths && last <= today
}

const changes = ({ facts: { signIn }, purpose, now }: FactInput): readonly Change[] => {
  if (signIn === null || !isFresh(signIn.asOf, now)) return []
  const known: readonly (readonly [SignInChange, number | null])[] = [
    ['password', signIn.passwordChangedAt],
    ['second_step', signIn.secondStepChangedAt],
  ]
  return known.flatMap(([id, at]) =>
    at === null || isOfPurpose(id, purpose) || !isAskable(monthIndex(at), now)
      ? []
      : [{ id, month: monthIndex(at) }],
  )
}

const factOf = ({ id, month }: Change): string => changeValue(id, month)

/** Q17, the month of the last change of password or second step, whichever the case is not about. */
export const signInChangeFamily: Family = {
  family: 'sign_in_change',
  code: 'Q17',
  about: {
    name: 'change of sign-in',
    question: 'in which month did you last change password or second step',
    form: '5 months',
    notAsked: 'the change that the case is about; changes more than a year ago; months that are not over',
  },
  values: ({ signIn }) => {
    const valueAt = (what: SignInChange, at: number | null | undefined): readonly Value[] => {
      if (at == null) return []
      const value = changeValue(what, monthIndex(at))
      return [{ value, label: text(value) }]
    }
    return [
      ...valueAt('password', signIn?.passwordChangedAt),
      ...valueAt('second_step', signIn?.secondStepChangedAt),
    ]
  },
  factsNow: (input) => changes(input).map(factOf),
  instances: (input) => {
    const change = pickOne(changes(input), 'sign_in_change', input)
    if (change === undefined) return []
    const body = choiceOf(
      input.tenant,
      'sign_in_change',
      windowOf(change.id, change.month),
      changeValue(change.id, change.month),
    )
    if (body === null) return []
    return [
      {
        family: 'sign_in_change',
        source: 'sign_ins',
        exposure: 'internal',
        points: 'choice_private',
        text: { key: 'question.sign_in_change.choice', what: change.id },
        fact: factOf(change),
        body,
      },
    ]
  },
}
