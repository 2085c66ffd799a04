import { describe, expect, it } from 'vitest'
import { createNewest } from './newest.ts'

describe('answers that overtake each other', () => {
  it('only the one to the newest question counts, whichever comes last', async () => {
    const newest = createNewest<string>()
    const answers: ((text: string) => void)[] = []
    const ask = () => newest(() => new Promise<string>((resolve) => answers.push(resolve)))
    const [first, second] = [ask(), ask()]
    answers[1]?.('new')
    answers[0]?.('old')
    expect([await first, await second]).toEqual([null, { answer: 'new' }])
  })

  it('a failure counts only for the newest too', async () => {
    const newest = createNewest<string>()
    const failing = () => Promise.reject(new Error('no'))
    const first = newest(failing)
    const second = newest(failing)
    expect(await first).toBeNull()
    await expect(second).rejects.toThrow('no')
  })
})
