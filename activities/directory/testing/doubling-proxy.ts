/**
 * A provider that finds two accounts for one immutable id: the proxy hands every request to the real one, and gives that
 * answer twice.
 */
import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { startFake, type FakeAnswer, type FakeRequest, type FakeServer } from './fake-https.ts'

/** Starts one before `url`. `isAccount`: whether a path asks for one account · `listOf`: how the provider gives several. */
export const startDoubling = (
  { url, caFile }: { readonly url: string; readonly caFile: string },
  isAccount: (path: string) => boolean,
  listOf: (two: readonly unknown[]) => unknown,
): Promise<FakeServer> =>
  startFake(async (asked) => {
    const answer = await passOn(url, caFile, asked)
    const isOne = asked.method === 'GET' && answer.status === 200 && isAccount(asked.url.pathname)
    return isOne ? { ...answer, body: listOf([answer.body, answer.body]) } : answer
  })

const passOn = (url: string, caFile: string, { method, url: asked, headers, body }: FakeRequest) =>
  new Promise<FakeAnswer>((resolve, reject) => {
    const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
    const sent = isForm
      ? new URLSearchParams(body as Record<string, string>).toString()
      : JSON.stringify(body)
    const { 'content-length': _length, 'transfer-encoding': _coding, host: _host, ...others } = headers
    const going = request(
      new URL(asked.pathname + asked.search, url),
      { method, ca: readFileSync(caFile), headers: others },
      (incoming) => {
        const pieces: Buffer[] = []
        incoming.on('data', (piece: Buffer) => pieces.push(piece))
        incoming.on('error', reject)
        incoming.on('end', () => {
          const text = Buffer.concat(pieces).toString('utf8')
          const { 'retry-after': after, etag } = incoming.headers
          resolve({
            status: incoming.statusCode ?? 0,
            ...(text === '' ? {} : { body: JSON.parse(text) as unknown }),
            headers: { ...(after === undefined ? {} : { 'retry-after': after }), ...(etag ? { etag } : {}) },
          })
        })
      },
    )
    going.on('error', reject)
    going.end(body === undefined ? undefined : sent)
  })
