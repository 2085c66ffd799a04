import { describe, expect, it } from 'vitest'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import { resolveStaff } from '#services/staff/staff.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { currentVersion } from '#services/policy/policy-versions.ts'
import { tenantIdOf } from '#services/tenants/tenants.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { organisationCommand } from './organisation.ts'
import { staffCommand } from './staff.ts'

const database = useDatabase()
const env = () => ({
  DATABASE_URL: database.addresses.ownerUrl,
  CLICKHOUSE_URL: 'http://127.0.0.1:1',
  NODE_ENV: 'test',
})
const told = (error: unknown) => (error instanceof Error ? error.message : error)
const run = (...args: string[]) => organisationCommand.run(args, env()).catch(told)
const staff = (...args: string[]) => staffCommand.run(args, env()).catch(told)
const row = (slug: string) =>
  database.owner.one<{ id: string; name: string; settings: unknown }>(
    'select id, name, settings from tenants where slug = $1',
    [slug],
  )
const recorded = async (slug: string) =>
  database.owner.query(
    `select a.type, a.payload from audit a join tenants t on t.id = a.tenant_id
     where t.slug = $1 and a.type like 'organisation.%' order by a.seq`,
    [slug],
  )

describe('an organisation at the shell', () => {
  it('is not there on a new database, and an operator who comes too early reads what to do', async () => {
    expect(await run('list')).toBe('There is no organisation yet.')
    expect(await staff('--tenant', 'acme')).toBe(
      'There is no organisation yet: set one up with `organisation create`.',
    )
  })

  it('is set up whole: settings, the policy that all begin with, and an admin who is let in', async () => {
    const settings = ['--phone', '+44 1632 960001', '--region', 'GB', '--accent', '#5b3fa0']
    const places = ['--country', 'GB', '--country', 'IE', '--egress', '203.0.113.0/24']
    expect(
      await run('create', '--tenant', 'acme', '--name', 'Acme & Söhne', ...settings, ...places),
    ).toContain('Acme & Söhne is set up as acme')
    expect(await row('acme')).toMatchObject({
      name: 'Acme & Söhne',
      settings: {
        helpdeskPhone: '+44 1632 960001',
        accent: '#5b3fa0',
        defaultRegion: 'GB',
        expectedCountries: ['GB', 'IE'],
        egressCidrs: ['203.0.113.0/24'],
      },
    })
    const id = (await tenantIdOf(database.ownerDb, 'acme')) ?? ''
    const { policy, version } = await inTenant(database.api, id, currentVersion)
    expect({ ...policy, version }).toEqual({ ...defaultPolicy(), version: 1 })
    const account = ['--issuer', 'https://id.example.org', '--subject', 'admin-1']
    const admin = ['--email', 'ann@acme.example', '--name', 'Ann', '--role', 'admin']
    await staff('--tenant', 'acme', ...admin, ...account)
    expect(await resolveStaff(database.api, 'https://id.example.org', 'admin-1')).toMatchObject({
      tenantId: id,
    })
    expect(await staff('--tenant', 'acme')).toBe('ann@acme.example  admin  admin-1  not linked to a person')
    expect(await run('list')).toBe('acme  Acme & Söhne')
  })

  it('keeps what is not named, takes away what is empty, and tells the audit which settings those were', async () => {
    expect(await run('set', '--tenant', 'acme', '--name', 'Acme', '--phone', '', '--egress', '')).toBe(
      'acme: helpdeskPhone, egressCidrs, name changed.',
    )
    expect(await row('acme')).toMatchObject({
      name: 'Acme',
      settings: { accent: '#5b3fa0', defaultRegion: 'GB', expectedCountries: ['GB', 'IE'], egressCidrs: [] },
    })
    expect((await row('acme'))?.settings).not.toHaveProperty('helpdeskPhone')
    expect(await recorded('acme')).toEqual([
      {
        type: 'organisation.created',
        payload: {
          changed: ['accent', 'defaultRegion', 'egressCidrs', 'expectedCountries', 'helpdeskPhone'],
        },
      },
      { type: 'organisation.changed', payload: { changed: ['egressCidrs', 'helpdeskPhone', 'name'] } },
    ])
  })

  it('C13: names the sender of its mails and where answers go; nothing that could be a header is taken', async () => {
    const set = (...args: string[]) => run('set', '--tenant', 'acme', ...args)
    const named = ['--sender-name', 'Acme IT, Köln', '--reply-to', 'Helpdesk@acme.example']
    expect(await set(...named)).toBe('acme: senderName, replyTo changed.')
    expect(await row('acme')).toMatchObject({
      settings: { senderName: 'Acme IT, Köln', replyTo: 'Helpdesk@acme.example' },
    })
    expect(await run('show', '--tenant', 'acme')).toContain('--reply-to Helpdesk@acme.example')
    for (const bad of [
      'Acme\r\nBcc: x@evil.example',
      'ceo@acme.example',
      'A <a@b.example>',
      '"Acme"',
      'A\u202eB',
    ])
      expect(await set('--sender-name', bad)).toMatch(/^--sender-name: /)
    for (const bad of [
      'a@b.example\r\nBcc: c@d.example',
      'a@b.example, c@d.example',
      'A <a@b.example>',
      'plain',
    ])
      expect(await set('--reply-to', bad)).toMatch(/^--reply-to: /)
    expect(await set('--sender-name', '', '--reply-to', '')).toBe('acme: senderName, replyTo changed.')
    expect((await row('acme'))?.settings).not.toHaveProperty('replyTo')
  })

  it('names gateways and shared devices, each with a label, and shows its settings as they are typed', async () => {
    const gateways = ['--gateway', '198.51.100.0/24=Old', '--gateway', '198.51.100.0/24=Web gateway']
    const devices = ['--shared-device', '0123456789abcdef=Front desk', '--shared-device', '']
    const others = ['--carrier', 'AS64500=Meridian', '--shift', 'Warehousing=22-06, 06-14']
    expect(await run('set', '--tenant', 'acme', ...gateways, ...devices, ...others)).toBe(
      'acme: gateways, carriers, shifts, sharedDevices changed.',
    )
    expect((await row('acme'))?.settings).toMatchObject({
      gateways: [{ cidr: '198.51.100.0/24', label: 'Web gateway' }],
      carriers: [{ asn: 64500, label: 'Meridian' }],
      shifts: [{ department: 'Warehousing', hours: '22-06, 06-14' }],
      sharedDevices: [{ keyId: '0123456789abcdef', label: 'Front desk' }],
    })
    await run('set', '--tenant', 'acme', '--virtual-desktops', 'no')
    expect(await run('show', '--tenant', 'acme')).toBe(
      [
        'acme  Acme',
        '--accent #5b3fa0',
        '--region GB',
        '--country GB',
        '--country IE',
        '--gateway 198.51.100.0/24=Web gateway',
        '--carrier AS64500=Meridian',
        '--shift Warehousing=22-06, 06-14',
        '--shared-device 0123456789abcdef=Front desk',
        '--virtual-desktops no',
      ].join('\n'),
    )
    expect(await run('show', '--tenant', 'nobody')).toBe('There is no organisation "nobody".')
  })

  it('is set up beside another, whose policies do not count as its own', async () => {
    await run('create', '--tenant', 'second', '--name', 'Second')
    const id = (await tenantIdOf(database.ownerDb, 'second')) ?? ''
    expect((await inTenant(database.api, id, currentVersion)).version).toBe(1)
    expect(await run('list')).toBe('acme  Acme\nsecond  Second')
  })

  it('is not made twice, and one that is not there is not changed', async () => {
    expect(await run('create', '--tenant', 'acme', '--name', 'Other')).toBe(
      'There is an organisation "acme" already: change it with `organisation set`.',
    )
    expect(await run('set', '--tenant', 'nobody', '--region', 'GB')).toBe(
      'There is no organisation "nobody".',
    )
    expect((await row('acme'))?.name).toBe('Acme')
  })

  it.each([
    [['create', '--name', 'N'], /^--tenant/],
    [['create', '--tenant', 'Acme', '--name', 'N'], /^--tenant/],
    [['create', '--tenant', 'new'], /^--name/],
    [['create', '--tenant', 'new', '--name', '{link}'], /^--name/],
    [['set', '--tenant', 'acme', '--phone', '555 0100'], /^--phone/],
    [['set', '--tenant', 'acme', '--accent', 'red; x'], /^--accent/],
    [['set', '--tenant', 'acme', '--region', 'XX'], /^--region/],
    [['set', '--tenant', 'acme', '--country', 'GB', '--country', 'gb'], /^--country/],
    [['set', '--tenant', 'acme', '--egress', '203.0.113.7'], /^--egress/],
    [['set', '--tenant', 'acme', '--egress', '0.0.0.0/0'], /^--egress/],
    [['set', '--tenant', 'acme', '--egress', '::/0'], /^--egress/],
    [['set', '--tenant', 'acme', '--carrier', '64500=Meridian'], /^--carrier/],
    [['set', '--tenant', 'acme', '--shift', 'Warehousing=22'], /^--shift/],
    [['set', '--tenant', 'acme', '--gateway', '198.51.100.0/24'], /^--gateway/],
    [['set', '--tenant', 'acme', '--gateway', '198.51.100.7=VPN'], /^--gateway/],
    [['set', '--tenant', 'acme', '--gateway', '0.0.0.0/0=VPN'], /^--gateway/],
    [['set', '--tenant', 'acme', '--gateway', '198.51.100.0/24=<b>'], /^--gateway/],
    [['set', '--tenant', 'acme', '--shared-device', 'Front desk'], /^--shared-device/],
    [['set', '--tenant', 'acme', '--shared-device', '0123456789ABCDEF=Desk'], /^--shared-device/],
    [['show'], /^--tenant/],
    [['set', '--tenant', 'acme', '--virtual-desktops', 'maybe'], /^--virtual-desktops/],
    [['set', '--tenant', 'acme'], /^Say what to change/],
    [['set', '--tenant', 'acme', '--colour', '#000000'], /colour/],
    [['list', '--tenant', 'acme'], /tenant/],
    [['forget', '--tenant', 'acme'], /^Say it so/],
  ])('refuses %j, naming what is wrong, and changes nothing', async (args, words) => {
    const before = [await row('acme'), await run('list')]
    expect(await run(...args)).toMatch(words)
    expect([await row('acme'), await run('list')]).toEqual(before)
  })
})
