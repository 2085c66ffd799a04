/** An answer as the page sends it, over HTTP. */
import { Agent, request } from 'node:http'
import { portalCookie } from '#api/http/cookies.ts'
import type { Asked, Product } from './product.ts'

const agent = new Agent({ keepAlive: true })

type Post = {
  readonly port: number
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: unknown
}

/** Posts and gives the time until the whole answer is there. @throws on any status but 200 */
export const post = ({ port, path, headers, body }: Post): Promise<number> =>
  new Promise((resolve, reject) => {
    const text = JSON.stringify(body)
    const begun = performance.now()
    const sent = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - begun)
        else reject(new Error(`${String(response.statusCode)}: ${Buffer.concat(chunks).toString('utf8')}`))
      })
    })
    sent.on('error', reject)
    sent.end(text)
  })

/** As a page counts a click on an option. */
const summary = {
  ...{ keydowns: 0, inputs: 1, pastes: 0, assisted: 0, blurs: 0 },
  ...{
    untrusted: [],
    visibleMs: 4_000,
    accessibility: false,
    rhythm: null,
    mouse: { presses: 0, centred: 0 },
  },
}

/** Headers of a request with a JSON body. */
export const json = { 'content-type': 'application/json' }

/** Sends one; gives the time until the whole answer is there. */
export const postAnswer = (
  { api }: Pick<Product, 'api'>,
  port: number,
  { session }: Pick<Asked, 'session'>,
  { position, optionId }: { readonly position: number; readonly optionId: string },
): Promise<number> =>
  post({
    port,
    path: '/api/portal/answer',
    headers: {
      ...json,
      'x-countersign': '1',
      'sec-fetch-site': 'same-origin',
      origin: api.settings.portalUrl,
      cookie: `${portalCookie}=${session}`,
    },
    body: { position, reply: { kind: 'option', optionId }, summary },
  })
