import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { migrations } from './index.ts'

const checksum = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

it('steps are never edited: a change is a new step, and its line is added here', () => {
  expect(Object.fromEntries(migrations.map(({ name, sql }) => [name, checksum(sql)]))).toEqual({
    '0001-events': '0d3a52d30148aea0',
    '0001-verifications': '21bc1ca028709813',
    '0001-relay-progress': '4c20a77af95022a2',
    '0002-labels': '738ec376511af642',
  })
})
