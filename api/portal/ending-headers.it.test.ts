import { describe, expect, it } from 'vitest'
import { wrongCode } from '../testing/link-case.ts'
import { usePortal } from '../testing/use-test-api.ts'

const { enter, links } = usePortal()

const header = 'clear-site-data'

describe('F11: the last page of a visit', () => {
  it('empties the cache and nothing else, so that the key of a known device lives on', async () => {
    const visit = await enter()
    expect((await visit.step()).headers[header]).toBeUndefined()
    const { reportDigits } = (await visit.step()).json
    const ended = await visit.post('report', { digits: reportDigits })
    expect(ended.json.step.kind).toBe('ended')
    expect(ended.headers[header]).toBe('"cache"')
    expect((await visit.step()).headers[header]).toBe('"cache"')
  })

  it('is one also where the code was wrong too often', async () => {
    const { token, code } = await links.makeCase()
    for (let n = 0; n < 4; n += 1)
      expect((await links.submit(token, wrongCode(code))).headers[header]).toBeUndefined()
    expect((await links.submit(token, wrongCode(code))).headers[header]).toBe('"cache"')
  })
})
