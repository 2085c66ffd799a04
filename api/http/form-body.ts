import type { IncomingMessage } from 'node:http'
import { InvalidInput } from './errors.ts'
import { requireTexts } from './text-only.ts'

const mostBytes = 16_384

/**
 * Reads a form that a provider posts; browsers of ours send JSON only.
 * @throws InvalidInput where it is too large, or holds what no text has
 */
export const readForm = async (request: IncomingMessage): Promise<URLSearchParams> => {
  let text = ''
  for await (const chunk of request as AsyncIterable<Buffer>) {
    text += chunk.toString('utf8')
    if (text.length > mostBytes)
      throw new InvalidInput(413, [{ path: 'body', code: 'too_big', message: `at most ${mostBytes} bytes` }])
  }
  const form = new URLSearchParams(text)
  requireTexts(form, 'body')
  return form
}

/** True if a request says that it carries a form. */
export const isForm = (contentType: string): boolean =>
  /^application\/x-www-form-urlencoded/i.test(contentType)
