import { describe, expect, it } from 'vitest'
import { filesBelow, textOf } from './sources.ts'

const sources = ['api', 'activities', 'services', 'cli', 'platform']
  .flatMap(filesBelow)
  .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|\/(testing|tools)\//.test(path))
  .map((path) => ({ path, text: textOf(path) }))

/** A comparison of something by its name secret with something that is no constant. */
const comparison =
  /\b\w*(?:[hH]ash|[sS]ignature|[tT]oken|[dD]igest|[sS]ecret|[mM]ac|[pP]assword|[cC]ookie)\)? *[!=]==? *(?!=|null\b|undefined\b|true\b|false\b|['"`\d])\S+/g

/** Compared in the open on purpose: what they hold is no secret. */
const open: readonly string[] = [
  // Hashes of what was on a screen: anybody who sees the screen could make them (D4).
  'activities/verification/approval-pair.ts: screenHash === first.approval.screenHash',
  'services/approvals/approval-case.ts: screenHash === caseHash',
  // Hashes of an audit chain, which are there to be published (G5).
  'cli/audit.ts: hash === reached.at.hash',
  'platform/database/audit.ts: prevHash !== before.hash)',
  'platform/database/audit.ts: hash) === entry.hash',
]

describe('C16: secrets are compared in constant time', () => {
  it('nowhere with ===, but for what is no secret', () => {
    const found = sources.flatMap(({ path, text }) =>
      [...text.matchAll(comparison)].map(([match]) => `${path}: ${match}`),
    )
    expect(found).toEqual(open)
  })

  it('by the functions that are made for it', () => {
    const users = sources.filter(({ text }) => text.includes('timingSafeEqual(')).map(({ path }) => path)
    expect(users).toEqual([
      'services/messages/bounce-address.ts',
      'platform/crypto/device-cookie.ts',
      'platform/crypto/match-code.ts',
      'platform/crypto/same-text.ts',
      'platform/crypto/staff-attestation.ts',
      'platform/crypto/token-mark.ts',
    ])
  })

  it('a token is looked up by its hash and never by itself', () => {
    const columns = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/\b(?:token|secret|code|password) *= *\$\d/g)].map(([match]) => `${path}: ${match}`),
    )
    expect(columns).toEqual([])
  })

  it('finds a planted one', () => {
    expect('if (typedToken === row.token) x'.match(comparison)).toHaveLength(1)
    expect('if (signature !== expected) x'.match(comparison)).toHaveLength(1)
    expect("if (token === '' || hash === null) x".match(comparison)).toBeNull()
  })
})
