import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addTenant, createTestApi, type TestApi } from '../testing/test-api.ts'
import { linkCases, wrongCode } from '../testing/link-case.ts'
import { enterAs } from '../testing/visit.ts'

let api: TestApi
let tenantId: string
beforeAll(async () => {
  api = await createTestApi()
  tenantId = (await addTenant(api)).id
})
afterAll(() => api.stop())

const header = 'clear-site-data'

describe('F11: the last page of a visit', () => {
  it('empties the cache and nothing else, so that the key of a known device lives on', async () => {
    const visit = await enterAs(api, tenantId)
    expect((await visit.step()).headers[header]).toBeUndefined()
    const { reportDigits } = (await visit.step()).json
    const ended = await visit.post('report', { digits: reportDigits })
    expect(ended.json.step.kind).toBe('ended')
    expect(ended.headers[header]).toBe('"cache"')
    expect((await visit.step()).headers[header]).toBe('"cache"')
  })

  it('is one also where the code was wrong too often', async () => {
    const links = linkCases(api, tenantId)
    const { token, code } = await links.makeCase()
    for (let n = 0; n < 4; n += 1)
      expect((await links.submit(token, wrongCode(code))).headers[header]).toBeUndefined()
    expect((await links.submit(token, wrongCode(code))).headers[header]).toBe('"cache"')
  })
})
