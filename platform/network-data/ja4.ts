import type { IncomingHttpHeaders } from 'node:http'
import { isSameText } from '../crypto/same-text.ts'

/** The header in which the operator's proxy tells a client's JA4, and the secret by which it says that it is the proxy. */
export type Ja4Source = { readonly header: string; readonly secret: string }

/** Beside the fingerprint, the proxy sends its secret in this header. */
export const proxySecretHeader = 'x-countersign-proxy'

/**
 * The JA4 of the client, `t13d1517h2_8daaf6152771_cb7bf5808d99`; null where nobody tells it, where the secret is not the proxy's, or
 * where the value is none. Two values in one header are none: one of them may be the client's own.
 */
export const readJa4 = (headers: IncomingHttpHeaders, source: Ja4Source | undefined): string | null => {
  if (source === undefined) return null
  const given = headers[proxySecretHeader]
  if (typeof given !== 'string' || !isSameText(given, source.secret)) return null
  const value = headers[source.header]
  return typeof value === 'string' && /^[tqd]\d\d[di]\d{4}[0-9a-z]{2}_[0-9a-f]{12}_[0-9a-f]{12}$/.test(value)
    ? value
    : null
}
