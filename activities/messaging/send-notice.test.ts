import { describe, expect, it } from 'vitest'
import { endOf } from './send-notice.ts'

describe('the end of a try of a notice', () => {
  it('R2: puts back only what provably went nowhere, each time for twice as long', () => {
    const waits = [1, 2, 7].map((tries) => endOf({ kind: 'not_taken', code: 'no_answer' }, tries))
    expect(waits).toEqual([
      { status: 'waiting', againInSeconds: 10 },
      { status: 'waiting', againInSeconds: 20 },
      { status: 'waiting', againInSeconds: 640 },
    ])
  })

  it('gives up after the eighth try', () => {
    expect(endOf({ kind: 'not_taken', code: 'no_answer' }, 8).status).toBe('refused')
  })

  it.each([
    [{ kind: 'accepted', providerId: null }, 'sent'],
    [{ kind: 'refused', code: 'address' }, 'refused'],
    [{ kind: 'unknown', code: 'timeout' }, 'unknown'],
  ] as const)('R2: never sends %o again', (result, status) => {
    expect(endOf(result, 1).status).toBe(status)
  })
})
