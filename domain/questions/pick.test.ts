import { describe, expect, it } from 'vitest'
import type { Instance } from './families/family.ts'
import { numberedSets } from './people-sets.ts'
import { pickQuestions } from './pick.ts'
import type { Exposure, PointsRow, QuestionSource } from './plan.ts'
import { createTestTools } from './testing/plans.ts'

/* The selection alone, on instances that are nothing but what it looks at. */

const tools = createTestTools()
const everybody = Array.from({ length: 40 }, (_, index) => `person ${index}`)
const rule = { minAnswered: 3, maxAsked: 4, minPeople: 20, verificationId: 'v' }

let made = 0
const instance = (
  exposure: Exposure,
  points: PointsRow,
  body: object,
  source: QuestionSource = made % 2 === 0 ? 'hr' : 'tickets',
): Instance =>
  ({ family: `family ${(made += 1)}`, source, exposure, points, body, factDigest: `fact ${made}` }) as never
const typed = (exposure: Exposure, points: PointsRow) => instance(exposure, points, { form: 'typed' })
/** A list with the first so many people behind it. */
const listed = (people: number, exposure: Exposure = 'private', points: PointsRow = 'choice_private') =>
  instance(exposure, points, { form: 'choice', people: new Set(everybody.slice(0, people)) })

const pick = (instances: readonly Instance[], more: object = {}) =>
  pickQuestions(instances, { ...rule, ...more }, tools, numberedSets(new Set(everybody)))

describe('challenges 3.5: people behind all lists', () => {
  it('twenty are enough, nineteen are not', () => {
    expect(pick([listed(20), listed(40), listed(30)]).picked?.set).toHaveLength(3)
    expect(pick([listed(19), listed(40), listed(30)]).picked).toBeNull()
  })
})

describe('challenges 3.1: what a profile page tells', () => {
  it('is asked once at most, and once where there is no more', () => {
    const others = [typed('private', 'typed_private'), typed('internal', 'typed_medium')]
    const one = pick([...others, typed('public', 'choice_public')])
    expect(one.picked?.set.map(({ exposure }) => exposure).sort()).toEqual(['internal', 'private', 'public'])
    const two = [typed('public', 'choice_public'), typed('public', 'choice_public')]
    const exposures = pick([...others, ...two]).picked?.set.map(({ exposure }) => exposure)
    expect(exposures?.filter((exposure) => exposure === 'public')).toHaveLength(1)
  })
})
