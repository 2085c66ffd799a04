import { createSecretKey, randomBytes, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { testKeys } from '../database/testing/factories.ts'
import { isTokenMarked, tokenMark } from './token-mark.ts'

const { api, worker } = testKeys()
const row = {
  ...{
    tenantId: randomUUID(),
    sessionId: randomUUID(),
    verificationId: randomUUID(),
    personId: randomUUID(),
    deviceKey: randomUUID(),
  },
  tokenHash: randomBytes(32),
}
const mark = tokenMark(worker, 'portal_sessions', row)

describe('E5: the mark of a token', () => {
  it('is known by the other process', () => {
    expect(isTokenMarked(api, 'portal_sessions', row, mark)).toBe(true)
  })

  it.each(['tenantId', 'sessionId', 'verificationId', 'personId', 'deviceKey', 'tokenHash'] as const)(
    'fits no other %s',
    (part) => {
      const changed = part === 'tokenHash' ? { tokenHash: randomBytes(32) } : { [part]: randomUUID() }
      expect(isTokenMarked(api, 'portal_sessions', { ...row, ...changed }, mark)).toBe(false)
    },
  )

  it('tells a browser without a key from one with any', () => {
    const keyless = tokenMark(worker, 'portal_sessions', { ...row, deviceKey: null })
    expect(isTokenMarked(api, 'portal_sessions', { ...row, deviceKey: null }, keyless)).toBe(true)
    expect(isTokenMarked(api, 'portal_sessions', row, keyless)).toBe(false)
    expect(isTokenMarked(api, 'portal_sessions', { ...row, deviceKey: null }, mark)).toBe(false)
  })

  it('fits no other table, and no mark fits where there is none', () => {
    const other = { ...row, requestId: row.sessionId }
    expect(isTokenMarked(api, 'approver_sessions', other, mark)).toBe(false)
    expect(isTokenMarked(api, 'portal_sessions', row, Buffer.alloc(0))).toBe(false)
    expect(isTokenMarked(api, 'portal_sessions', row, Buffer.alloc(32))).toBe(false)
  })

  it('tells one scope with a comma from two', () => {
    const client = { tenantId: row.tenantId, clientId: row.sessionId, tokenHash: row.tokenHash }
    const one = tokenMark(api, 'api_clients', { ...client, scopes: ['a,b'] })
    expect(isTokenMarked(api, 'api_clients', { ...client, scopes: ['a', 'b'] }, one)).toBe(false)
  })

  it('E4: is made with the first key and known by every key in the file', () => {
    const fresh = createSecretKey(randomBytes(32))
    const [[id, key] = ['', fresh]] = [...api.tokens.byId]
    const rotated = {
      tokens: {
        currentId: 't2',
        byId: new Map([
          ['t2', fresh],
          [id, key],
        ]),
      },
    }
    expect(isTokenMarked(rotated, 'portal_sessions', row, mark)).toBe(true)
    expect(isTokenMarked(api, 'portal_sessions', row, tokenMark(rotated, 'portal_sessions', row))).toBe(false)
  })
})
