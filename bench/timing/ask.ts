import { Agent, request } from 'node:http'

const agent = new Agent({ keepAlive: true })

/** Posts to the portal as its own page does; the time until the whole answer is there, and the answer without what is random. */
export const ask = (
  to: { readonly port: number; readonly origin: string },
  path: string,
  body: object,
): Promise<{ readonly ms: number; readonly answer: string }> =>
  new Promise((resolve, reject) => {
    const headers = {
      ...{ host: new URL(to.origin).host, origin: to.origin, 'sec-fetch-site': 'same-origin' },
      ...{ 'content-type': 'application/json', 'accept-language': 'en', 'x-countersign': '1' },
    }
    const begun = performance.now()
    const options = { agent, host: '127.0.0.1', port: to.port, path, method: 'POST', headers }
    const sent = request(options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const ms = performance.now() - begun
        const text = Buffer.concat(chunks).toString()
        resolve({ ms, answer: `${String(response.statusCode)} ${text.replace(/"requestId":"[^"]*"/, '')}` })
      })
    })
    sent.on('error', reject)
    sent.end(JSON.stringify(body))
  })
