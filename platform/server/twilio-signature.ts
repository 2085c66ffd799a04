import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Whether a callback was signed by the account: base64(HMAC-SHA1(auth token, url ‖ each form parameter's name and value,
 * sorted by name)), as the provider documents it. SHA-1 is its choice; as an HMAC it still holds. Compared in constant
 * time (security.md C16, Q2).
 */
export const isTwilioSignature = (
  authToken: string,
  url: string,
  form: URLSearchParams,
  signature: string,
): boolean => {
  const names = [...new Set(form.keys())].sort()
  const content = names.reduce(
    (text, name) =>
      text +
      [...new Set(form.getAll(name))]
        .sort()
        .map((value) => name + value)
        .join(''),
    url,
  )
  const expected = createHmac('sha1', authToken).update(content, 'utf8').digest()
  const given = Buffer.from(signature, 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
