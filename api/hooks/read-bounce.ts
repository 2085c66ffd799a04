/** A bounce is read by the machine-readable part of a delivery status notification (RFC 3464), and by nothing else. */

/** `undelivered`: given up · `delayed`: still tried. `code`: `dsn_` and the enhanced status (RFC 3463), or null. */
export type Bounce = { readonly status: 'undelivered' | 'delayed'; readonly code: string | null }

const actions: Readonly<Record<string, Bounce['status']>> = { failed: 'undelivered', delayed: 'delayed' }
const enhanced = /^[245]\.\d{1,3}\.\d{1,3}$/

type Part = { readonly headers: ReadonlyMap<string, string>; readonly body: string }

/** Folded lines belong to the one before; the first of a name counts. */
const fieldsOf = (block: string): ReadonlyMap<string, string> => {
  const fields = new Map<string, string>()
  for (const line of block.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase()
    if (name !== '' && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim())
  }
  return fields
}

const partOf = (text: string): Part => {
  const end = text.indexOf('\n\n')
  const [head, body] = end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end + 2)]
  return { headers: fieldsOf(head), body }
}

const contentOf = ({ headers, body }: Part): string =>
  headers.get('content-transfer-encoding')?.toLowerCase() === 'base64'
    ? Buffer.from(body, 'base64').toString('utf8').replaceAll('\r\n', '\n')
    : body

const isType = (part: Part, type: RegExp): boolean => type.test(part.headers.get('content-type') ?? '')

const statusPart = (mail: Part): Part | undefined => {
  const type = mail.headers.get('content-type') ?? ''
  const boundary = /boundary="?([^";\s]{1,70})"?/i.exec(type)?.[1]
  if (boundary === undefined || !/^multipart\/report\b/i.test(type)) return undefined
  return mail.body
    .split(`--${boundary}`)
    .map((text) => partOf(text.replace(/^\n/, '')))
    .find((part) => isType(part, /^message\/(?:global-)?delivery-status\b/i))
}

const codeOf = (fields: ReadonlyMap<string, string> | undefined): string | null => {
  const code = /^\S+/.exec(fields?.get('status') ?? '')?.[0] ?? ''
  return enhanced.test(code) ? `dsn_${code}` : null
}

/** Reads a mail; null where it is no delivery status notification of a failure or a delay. Throws nothing. */
export const readBounce = (raw: string): Bounce | null => {
  const found = statusPart(partOf(raw.replaceAll('\r\n', '\n')))
  if (found === undefined) return null
  // The first block is about the mail, those after it about one recipient each; ours has exactly one.
  const blocks = contentOf(found)
    .split(/\n{2,}/)
    .map(fieldsOf)
  const about = blocks.find((fields) => fields.has('action'))
  const status = actions[about?.get('action')?.toLowerCase() ?? '']
  return status === undefined ? null : { status, code: codeOf(about) }
}
