import { describe, expect, it } from 'vitest'
import { CommandError, UsageError } from '../command.ts'
import { doctorOver } from './doctor.ts'

type Zone = Readonly<Record<string, readonly (string | readonly string[])[]>>

/** A DNS that knows these names alone; a name may be cut into pieces, as the DNS does with long ones. */
const dns = (zone: Zone) => (name: string) => {
  const records = zone[name]
  if (records === undefined) return Promise.reject(Object.assign(new Error(name), { code: 'ENOTFOUND' }))
  return Promise.resolve(records.map((record) => [record].flat()))
}
const whole: Zone = {
  'acme.example': ['google-site-verification=x', 'v=spf1 include:_spf.relay.example -all'],
  's1._domainkey.acme.example': [['v=DKIM1; k=rsa; ', 'p=MIIBIjANBg']],
  '_dmarc.acme.example': ['v=DMARC1; p=reject; rua=mailto:d@acme.example'],
}
const env = { MAIL_FROM: 'Acme IT <it@acme.example>', SMTP_URL: 'smtps://user:secret@mail.relay.example' }
const said = (zone: Zone, args: readonly string[] = ['--selector', 's1'], given: object = env) =>
  doctorOver(dns(zone))
    .run(['mail', ...args], { ...given })
    .then((text) => ({ text, isWhole: true }))
    .catch((error: unknown) => {
      if (!(error instanceof CommandError)) throw error
      return { text: error.message, isWhole: false }
    })

describe('doctor mail', () => {
  it('says what is there where nothing is missing', async () => {
    expect(await said(whole)).toEqual({
      isWhole: true,
      text: [
        'Mails come from acme.example.',
        'SPF   ok       acme.example: v=spf1 include:_spf.relay.example -all',
        'DKIM  ok       s1._domainkey.acme.example: a key of 10 letters',
        'DMARC ok       _dmarc.acme.example: v=DMARC1; p=reject; rua=mailto:d@acme.example',
      ].join('\n'),
    })
  })

  it('names each record that is missing, with one to publish', async () => {
    const { text, isWhole } = await said({})
    expect(isWhole).toBe(false)
    expect(text).toContain('Publish: acme.example TXT "v=spf1 a:mail.relay.example -all"')
    expect(text).toContain('Publish: s1._domainkey.acme.example TXT "v=DKIM1; k=rsa; p=<')
    expect(text).toContain('Publish: _dmarc.acme.example TXT "v=DMARC1; p=reject; rua=mailto:<')
    expect(text).not.toContain('secret')
  })

  it.each([
    ['SPF', 'acme.example', ['v=spf1 -all', 'v=spf1 ~all'], /SPF +missing .*2 records/],
    ['SPF', 'acme.example', ['v=spf1 +all'], /SPF +missing .*lets everybody send/],
    ['SPF', 'acme.example', ['v=spf1 all'], /SPF +missing .*lets everybody send/],
    ['SPF', 'acme.example', ['v=spf10 -all'], /SPF +missing .*no record/],
    ['DKIM', 's1._domainkey.acme.example', ['v=DKIM1; p='], /DKIM +missing .*withdrawn/],
    ['DKIM', 's1._domainkey.acme.example', ['hello'], /DKIM +missing .*no key/],
    ['DMARC', '_dmarc.acme.example', ['v=DMARC1; p=none', 'v=DMARC1; p=reject'], /DMARC +missing .*several/],
  ] as const)('%s at %s as %j is missing', async (_record, name, records, finding) => {
    const { text, isWhole } = await said({ ...whole, [name]: records })
    expect(text).toMatch(finding)
    expect(isWhole).toBe(false)
  })

  it.each([
    ['acme.example', ['v=spf1 include:x.example ?all'], /SPF +weak/],
    ['acme.example', ['v=spf1 include:x.example'], /SPF +weak/],
    ['s1._domainkey.acme.example', ['v=DKIM1; t=y:s; p=abc'], /DKIM +weak/],
    ['_dmarc.acme.example', ['v=DMARC1; p=none'], /DMARC +weak/],
  ] as const)('%s as %j is weak, and nothing is missing', async (name, records, finding) => {
    const { text, isWhole } = await said({ ...whole, [name]: records })
    expect(text).toMatch(finding)
    expect(isWhole).toBe(true)
  })

  it.each(['v=spf1 redirect=_spf.relay.example', 'V=SPF1 a ~ALL'])('SPF as %j is there', async (record) => {
    expect((await said({ ...whole, 'acme.example': [record] })).isWhole).toBe(true)
  })

  it('takes the policy of the domain above, and what it says of those below', async () => {
    const from = { ...env, MAIL_FROM: 'it@desk.acme.example' }
    const below = { 'desk.acme.example': ['v=spf1 -all'], 's1._domainkey.desk.acme.example': ['p=abc'] }
    expect((await said({ ...whole, ...below }, undefined, from)).isWhole).toBe(true)
    const none = { ...whole, ...below, '_dmarc.acme.example': ['v=DMARC1; p=reject; sp=none'] }
    expect((await said(none, undefined, from)).text).toMatch(/DMARC +weak/)
  })

  it('looks for SPF at the domain of bounces, too', async () => {
    const { text } = await said(whole, undefined, { ...env, BOUNCE_DOMAIN: 'bounces.acme.example' })
    expect(text).toContain('SPF   missing  bounces.acme.example: no record')
  })

  it('asks for the selector, which the DNS cannot list', async () => {
    const { text, isWhole } = await said(whole, [])
    expect(text).toContain('name the selector that your relay signs with (--selector)')
    expect(isWhole).toBe(false)
  })

  it('a record brings nothing that a terminal obeys', async () => {
    const { text } = await said({ ...whole, 'acme.example': ['v=spf1 -all \u001b[2J\u202e'] })
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{C}/u)
  })

  it('says so where the DNS does not answer, instead of calling a record missing', async () => {
    const silent = doctorOver(() => Promise.reject(Object.assign(new Error('x'), { code: 'ETIMEOUT' })))
    await expect(silent.run(['mail', '--selector', 's1'], env)).rejects.toThrow('The DNS does not answer')
  })

  it('refuses what it does not understand', async () => {
    await expect(doctorOver(dns(whole)).run(['disk'], env)).rejects.toThrow(UsageError)
    expect((await said(whole, ['--selector', 'a b'])).text).toContain('--selector: as your relay names it')
    expect((await said(whole, [], {})).text).toContain('Say from which address')
    expect((await said(whole, ['--from', 'root@localhost'])).text).toContain('no domain that the DNS knows')
    expect((await said(whole, ['--key', 'x'])).text).toContain('--key')
  })
})
