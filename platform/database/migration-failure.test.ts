import { expect, it } from 'vitest'
import { explained } from './migration-failure.ts'

const told = (code: string) =>
  explained('A step', () => Promise.reject(Object.assign(new Error('select secret'), { code }))).catch(String)

it.each([
  [
    'a backup that was restored without its roles',
    '42704',
    /restore the roles first \(pg_dumpall --globals-only\)/,
  ],
  ['a right that is missing', '42501', /a superuser or, from PostgreSQL 16 on, the owner of the database/],
  ['a full disk, by its class', '53100', /more room/],
  ['anything else', 'XX000', /which the log of the database server names/],
])('%s: one sentence says what to do', async (_what, code, todo) => {
  const sentence = await told(code)
  expect(sentence).toMatch(todo)
  expect(sentence).toMatch(
    /^StepError: A step failed \(\w{5}\) and changed nothing: .*, then migrate again\.$/,
  )
  expect(sentence).not.toContain('secret')
})
