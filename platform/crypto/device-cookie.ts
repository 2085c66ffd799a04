/**
 * The cookie by which a device is recognised whose key is gone: the id of a portal session whose case passed, with a keyed
 * digest, so that nobody can make one up (END_KNOWN_COOKIE). It holds nothing of the person.
 */
import { timingSafeEqual } from 'node:crypto'
import type { KeyRing } from './keys.ts'
import { pseudonymOf } from './sealing.ts'

const idBytes = 16

const markOf = (keys: KeyRing, tenantId: string, sessionId: string): Buffer =>
  Buffer.from(pseudonymOf(keys, tenantId, 'device-cookie', sessionId), 'hex')

/** The cookie's value, 43 characters, for a session (a UUID) whose case passed. */
export const deviceCookieOf = (keys: KeyRing, tenantId: string, sessionId: string): string =>
  Buffer.concat([
    Buffer.from(sessionId.replaceAll('-', ''), 'hex'),
    markOf(keys, tenantId, sessionId),
  ]).toString('base64url')

/** The session that a cookie names; null for one that this tenant did not make. */
export const sessionOfDeviceCookie = (keys: KeyRing, tenantId: string, value: string): string | null => {
  const bytes = Buffer.from(value, 'base64url')
  if (bytes.length !== 2 * idBytes) return null
  const id = bytes
    .subarray(0, idBytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return timingSafeEqual(bytes.subarray(idBytes), markOf(keys, tenantId, id)) ? id : null
}
