import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, it } from 'vitest'
import { knowLocalhostNames } from './localhost-names.ts'

const server = createServer((request, response) => response.end(request.headers.host))
afterAll(() => {
  server.close()
})

it('names under localhost lead to this machine', async () => {
  knowLocalhostNames()
  knowLocalhostNames()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const host = `portal.localhost:${String(port)}`
  expect(await (await fetch(`http://${host}/`)).text()).toBe(host)
  await expect(fetch('http://portal.localhost.invalid/')).rejects.toThrow()
})
