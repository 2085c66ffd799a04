import { expect, it } from 'vitest'
import { reasonOf } from './failure.ts'

const failed = (code: string) => Object.assign(new Error('http://user:canary@host'), { code })

it.each([
  ['81', 'CLICKHOUSE_URL names a database that is not there: create it, or correct the name'],
  ['516', 'ClickHouse refuses the user or password of CLICKHOUSE_URL'],
  ['ECONNREFUSED', 'no ClickHouse answers where CLICKHOUSE_URL says (ECONNREFUSED)'],
  ['999', 'ClickHouse says error 999'],
])('M2: error %s is reported in words, without anything of its message', (code, words) => {
  expect(reasonOf(failed(code))).toBe(words)
})

it('an error without a code has its name, and what is none says so', () => {
  expect([reasonOf(new TypeError('canary')), reasonOf('canary')]).toEqual([
    'TypeError without a code',
    'the reason is unknown',
  ])
})
