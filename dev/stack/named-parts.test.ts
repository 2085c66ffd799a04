import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { runStack } from './run-stack.ts'

const folder = join(mkdtempSync(join(tmpdir(), 'countersign-named-')), 'data')
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Starts the stack with these variables; answers why it did not start, what it said before, and what it left. */
const startWith = async (env: Record<string, string>) => {
  const said: string[] = []
  const stack = runStack({
    env: { COUNTERSIGN_DATA: folder, ...env },
    notify: (sentence) => said.push(sentence),
    watches: false,
  })
  const reason = await stack.failed
  await stack.stop()
  return { reason, said, left: readdirSync(folder) }
}

describe('what the environment names and nobody can use', () => {
  it('is refused before anything is built, fetched or started, each part in a sentence of its own', async () => {
    const { reason, said, left } = await startWith({
      DATABASE_URL: 'nonsense',
      SMTP_URL: 'smtp://127.0.0.1:1',
      OIDC_ISSUER: 'http://127.0.0.1:1',
      OIDC_CLIENT_ID: 'console',
      OIDC_CLIENT_SECRET: 'of-the-console',
      OIDC_ALLOW_HTTP: 'true',
    })
    expect(reason.split('\n')).toEqual(
      expect.arrayContaining([
        'DATABASE_URL must be an address that begins with postgres://.',
        'SMTP_URL names 127.0.0.1:1, where no mail server answers.',
      ]),
    )
    expect(said).toEqual([])
    expect(left).not.toEqual(expect.arrayContaining(['postgres']))
    expect(left).not.toEqual(expect.arrayContaining(['network-data']))
  })

  it('is refused by name where a variable is malformed or its companions are missing', async () => {
    const { reason, said } = await startWith({ TWILIO_ACCOUNT_SID: 'AC1', OIDC_ISSUER: 'https://id.test' })
    expect(said).toEqual([])
    for (const expected of [
      'TWILIO_ACCOUNT_SID must be AC and 32 hexadecimal digits',
      'OIDC_CLIENT_ID is missing',
      'OIDC_CLIENT_SECRET is missing',
    ])
      expect(reason).toContain(expected)
  })
})
