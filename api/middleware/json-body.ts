import type { IncomingMessage } from 'node:http'
import { InvalidInput } from '../errors.ts'
import { jsonLimits, parseStrictJson } from '../json.ts'
import type { Step } from '../state.ts'

const tooLarge = (): InvalidInput =>
  new InvalidInput(413, [{ path: 'body', code: 'too_big', message: `at most ${jsonLimits.bytes} bytes` }])

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > jsonLimits.bytes) throw tooLarge()
    chunks.push(chunk)
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
}

const isJson = (type: string): boolean => /^application\/json(?:\s*;\s*charset=utf-8)?$/i.test(type.trim())

/**
 * Reads a POST's body: `application/json` only (security.md F8: forms, multipart and text end in 415), at most 64 KiB,
 * no compressed bodies, strict JSON (C14, H9).
 */
export const jsonBody: Step = async (ctx, next) => {
  if (ctx.method === 'POST') {
    if (!isJson(ctx.get('content-type')) || ctx.get('content-encoding') !== '')
      throw new InvalidInput(415, [{ path: 'content-type', code: 'media_type', message: 'application/json' }])
    if (Number(ctx.get('content-length')) > jsonLimits.bytes) throw tooLarge()
    let text: string
    try {
      text = await readBody(ctx.req)
    } catch (error) {
      if (error instanceof InvalidInput) throw error
      throw new InvalidInput(400, [{ path: 'body', code: 'not_json', message: 'the body is not UTF-8 text' }])
    }
    ctx.state.body = parseStrictJson(text)
  }
  await next()
}
