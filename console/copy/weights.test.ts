import { expect, it } from 'vitest'
import { checks } from '#domain/risk/checks/index.ts'
import { languages } from '#domain/languages.ts'
import { enChecks } from '#domain/words/en/checks/index.ts'
import { load } from './index.ts'

const names = [...new Set(checks.flatMap(({ defaultWeights }) => Object.keys(defaultWeights)))]

it.each(languages.filter((language) => language !== 'en'))(
  'every weight of a check has words in %s for what it found then',
  async (language) => {
    const { weightCase } = await load(language)
    expect(names.filter((name) => weightCase(name) === name)).toEqual([])
  },
)

it('nothing else has such words', () => {
  expect(Object.keys(enChecks.weights).sort()).toEqual(names.toSorted())
})
