import { describe, expect, it } from 'vitest'
import { base32, codeAt, stepAt, stepOfCode } from './totp.ts'

/** The secret of RFC 6238, appendix B; its codes have eight digits there, and ours are the last six. */
const secret = Buffer.from('12345678901234567890')

describe('one-time codes by time', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('are those of RFC 6238 at %d seconds', (seconds, code) => {
    expect(codeAt(secret, stepAt(seconds * 1000))).toBe(code)
  })

  it('are taken one step early or late, once, and never when malformed', () => {
    const ms = 1_111_111_111_000
    const step = stepAt(ms)
    for (const near of [step - 1, step, step + 1])
      expect(stepOfCode(secret, codeAt(secret, near), ms, 0)).toBe(near)
    for (const far of [step - 2, step + 2]) expect(stepOfCode(secret, codeAt(secret, far), ms, 0)).toBeNull()
    expect(stepOfCode(secret, codeAt(secret, step), ms, step)).toBeNull()
    for (const typed of ['', '12345', '1234567', 'abcdef'])
      expect(stepOfCode(secret, typed, ms, 0)).toBeNull()
  })

  it('have a secret that apps can take (RFC 4648, section 10)', () => {
    expect(base32(Buffer.from('foobar'))).toBe('MZXW6YTBOI')
    expect(base32(Buffer.from('fo'))).toBe('MZXQ')
  })
})
