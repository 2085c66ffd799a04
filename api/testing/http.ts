import { request as send, type IncomingHttpHeaders } from 'node:http'

/** The whole answer that came back. */
export type Answer = {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly cookies: readonly string[]
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test looks into whatever came
  readonly json: any
}

/** A request as it goes over the wire: nothing is added but what a test says. */
export type Raw = {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string | string[]>>
  readonly body?: string | Buffer
}

const parsed = (text: string, type: string | undefined): unknown =>
  type?.includes('json') === true && text !== '' ? JSON.parse(text) : undefined

/** Sends one request to a listener on this machine; `Host` is what the test says. */
export const rawRequest = (
  port: number,
  { method = 'GET', path, headers = {}, body }: Raw,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const request = send({ host: '127.0.0.1', port, method, path, headers, setHost: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          cookies: response.headers['set-cookie'] ?? [],
          json: parsed(text, response.headers['content-type']),
        })
      })
    })
    request.on('error', reject)
    request.end(body)
  })

/** The value of a cookie that an answer sets. */
export const cookieOf = (answer: Answer, name: string): string | undefined =>
  answer.cookies
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.split(';')[0]
    ?.slice(name.length + 1)
