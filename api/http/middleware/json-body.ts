import type { IncomingMessage } from 'node:http'
import { InvalidInput } from '../errors.ts'
import { jsonLimits, parseStrictJson } from '../json.ts'
import { routes, type Route } from '../../contract/routes.ts'
import type { Ctx, Step } from '../state.ts'

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

const kinds = Object.values<Route>(routes)
  .filter(({ body }) => body !== undefined)
  .map(({ path, body }) => ({ body, path: new RegExp(`^${path.replace(/:\w+/g, '[a-z_]+')}$`) }))

/** Files that are imported, whose handler reads them piece by piece, and whole policies (H9). */
const kindOf = (path: string): Route['body'] => kinds.find((kind) => kind.path.test(path))?.body

/** A file says that it is CSV in UTF-8 or UTF-16, or JSON; anything else ends in 415 as everywhere (F8). */
const fileFormat = (type: string): 'csv' | 'json' | null => {
  if (isJson(type)) return 'json'
  return /^text\/csv(?:\s*;\s*(?:charset="?utf-(?:8|16|16le|16be)"?|header=present))*$/i.test(type.trim())
    ? 'csv'
    : null
}

/** @throws InvalidInput 415 */
const requireType = (ctx: Ctx, isKnown: boolean, known: string): void => {
  if (!isKnown || ctx.get('content-encoding') !== '')
    throw new InvalidInput(415, [{ path: 'content-type', code: 'media_type', message: known }])
}

const takeFile = (ctx: Ctx): void => {
  const format = fileFormat(ctx.get('content-type'))
  requireType(ctx, format !== null, 'text/csv or application/json')
  if (format !== null) ctx.state.file = { format, bytes: ctx.req }
}

const takeJson = async (ctx: Ctx, mostKeys: number): Promise<void> => {
  requireType(ctx, isJson(ctx.get('content-type')), 'application/json')
  if (Number(ctx.get('content-length')) > jsonLimits.bytes) throw tooLarge()
  let text: string
  try {
    text = await readBody(ctx.req)
  } catch (error) {
    if (error instanceof InvalidInput) throw error
    throw new InvalidInput(400, [{ path: 'body', code: 'not_json', message: 'the body is not UTF-8 text' }])
  }
  ctx.state.bodyText = text
  ctx.state.body = parseStrictJson(text, mostKeys)
}

/**
 * Reads a POST's body: `application/json` only (F8: forms, multipart and text end in 415), at most 64 KiB,
 * no compressed bodies, strict JSON (C14, H9). A file that is imported is left to its handler.
 */
export const jsonBody: Step = async (ctx, next) => {
  if (ctx.method === 'POST') {
    const kind = kindOf(ctx.path)
    if (kind === 'file') takeFile(ctx)
    else await takeJson(ctx, kind === 'policy' ? jsonLimits.keysOfPolicy : jsonLimits.keys)
  }
  await next()
}
