import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { insertRow } from '#platform/database/testing/factories.ts'
import { addPerson, addTenant, callConsole, signIn, type SignedIn } from '../../testing/test-api.ts'
import { useDesk } from '../../testing/use-test-api.ts'

const { api, admin, second, supervisor } = useDesk({
  admin: 'admin',
  second: 'admin',
  supervisor: 'supervisor',
})

const read = async (who: SignedIn = admin) => (await callConsole(api, who, '/api/console/places')).json
const post = (path: string, body: object, who: SignedIn = admin) =>
  callConsole(api, who, `/api/console/places${path}`, { body, key: randomUUID() })
const add = (kind: string, value: string, label: string | null = null, who: SignedIn = admin) =>
  post('', { kind, value, label }, who)
const remove = (kind: string, value: string, who: SignedIn = admin) => post('/remove', { kind, value }, who)
const settingsOf = async (tenantId: string) =>
  (
    await api.owner.one<{ settings: Record<string, unknown> }>('select settings from tenants where id = $1', [
      tenantId,
    ])
  )?.settings
const recorded = () =>
  api.owner.query<{ type: string; payload: unknown }>(
    `select type, payload from audit where tenant_id = $1 and type like 'place.%' order by seq`,
    [admin.tenantId],
  )

describe('named networks and devices', () => {
  it('are added one by one, beside the other settings, each with an event and a mail to every admin', async () => {
    await api.owner.run(`update tenants set settings = '{"accent":"#5b3fa0"}' where id = $1`, [
      admin.tenantId,
    ])
    expect((await add('office', '203.0.113.0/24')).json).toEqual({ done: true })
    await add('gateway', '198.51.100.0/24', 'VPN pool')
    await add('gateway', '198.51.100.0/24', 'VPN pool north')
    await add('shared_device', '0123456789abcdef', 'Front desk')
    await add('carrier', 'AS64500', 'Meridian')
    await add('shift', 'Warehousing', '22-06')
    await add('country', 'IE')
    await add('virtual_desktops', 'yes')
    expect(await settingsOf(admin.tenantId)).toEqual({
      accent: '#5b3fa0',
      egressCidrs: ['203.0.113.0/24'],
      gateways: [{ cidr: '198.51.100.0/24', label: 'VPN pool north' }],
      sharedDevices: [{ keyId: '0123456789abcdef', label: 'Front desk' }],
      carriers: [{ asn: 64_500, label: 'Meridian' }],
      shifts: [{ department: 'Warehousing', hours: '22-06' }],
      expectedCountries: ['IE'],
      hasVirtualDesktops: true,
    })
    expect((await read()).entries).toEqual([
      { kind: 'office', value: '203.0.113.0/24', label: null },
      { kind: 'gateway', value: '198.51.100.0/24', label: 'VPN pool north' },
      { kind: 'carrier', value: 'AS64500', label: 'Meridian' },
      { kind: 'shared_device', value: '0123456789abcdef', label: 'Front desk' },
      { kind: 'shift', value: 'Warehousing', label: '22-06' },
      { kind: 'country', value: 'IE', label: null },
      { kind: 'virtual_desktops', value: 'yes', label: null },
    ])
    expect((await recorded())[1]).toEqual({
      type: 'place.added',
      payload: { kind: 'gateway', value: '198.51.100.0/24', label: 'VPN pool' },
    })
    const mails = await api.owner.query<{ staff: string }>(
      `select staff_id as staff from staff_notices where tenant_id = $1 and kind = 'place_added' and about like '203.%'`,
      [admin.tenantId],
    )
    expect(mails.map(({ staff }) => staff).sort()).toEqual([admin.staffId, second.staffId].sort())
  })

  it('make no event and no mail when they are there already', async () => {
    const before = await recorded()
    expect((await add('office', '203.0.113.0/24')).status).toBe(200)
    expect(await recorded()).toEqual(before)
  })

  it('are removed one by one, and what is gone is not found', async () => {
    for (const [kind, value] of [
      ['gateway', '198.51.100.0/24'],
      ['virtual_desktops', 'yes'],
    ] as const)
      expect((await remove(kind, value)).status).toBe(200)
    expect((await read()).entries.map(({ kind }: { kind: string }) => kind)).toEqual([
      'office',
      'carrier',
      'shared_device',
      'shift',
      'country',
    ])
    expect((await recorded()).at(-2)).toMatchObject({
      type: 'place.removed',
      payload: { label: 'VPN pool north' },
    })
    expect((await remove('gateway', '198.51.100.0/24')).status).toBe(404)
  })

  it.each([
    ['office', '203.0.113.7', null, 'value', 'range'],
    ['office', '0.0.0.0/0', null, 'value', 'range'],
    ['office', '10/8', null, 'value', 'range'],
    ['office', '203.0.113.0/24', 'Name', 'label', 'no_label'],
    ['gateway', '::/8', 'VPN', 'value', 'range'],
    ['gateway', '198.51.100.0/24', null, 'label', 'label'],
    ['gateway', '198.51.100.0/24', '<b>', 'label', 'label'],
    ['shared_device', 'ABCDEF0123456789', 'Desk', 'value', 'device_key'],
    ['carrier', '64500', 'Meridian', 'value', 'as_number'],
    ['carrier', 'AS99999999999', 'Meridian', 'value', 'as_number'],
    ['shift', '<b>', '22-06', 'value', 'label'],
    ['shift', 'Warehousing', '22:00-06:00', 'label', 'hours'],
    ['shift', 'Warehousing', '06-06', 'label', 'hours'],
    ['shift', 'Warehousing', null, 'label', 'hours'],
    ['country', 'Ireland', null, 'value', 'country'],
    ['virtual_desktops', 'no', null, 'value', 'yes'],
  ])('refuse %s %s %s, naming the field (%s: %s)', async (kind, value, label, path, code) => {
    const before = await settingsOf(admin.tenantId)
    const { status, json } = await add(kind, value, label)
    expect([status, json.issues]).toMatchObject([422, [{ path, code }]])
    expect(await settingsOf(admin.tenantId)).toEqual(before)
  })

  it('end at a hundred of a kind', async () => {
    const cidrs = Array.from({ length: 100 }, (_, n) => `192.0.2.${String(n)}/32`)
    const { id: other } = await addTenant(api)
    const theirs = await signIn(api, other, 'admin')
    await api.owner.run('update tenants set settings = $2 where id = $1', [
      other,
      JSON.stringify({ egressCidrs: cidrs }),
    ])
    expect((await add('office', '203.0.113.0/24', null, theirs)).json.issues).toMatchObject([
      { code: 'too_many' },
    ])
    expect((await add('office', '192.0.2.1/32', null, theirs)).status).toBe(200)
  })

  it('are changed by admins only, and seen in the own organisation only', async () => {
    expect((await add('country', 'GB', null, supervisor)).status).toBe(403)
    expect((await remove('country', 'IE', supervisor)).status).toBe(403)
    expect((await read(supervisor)).entries.length).toBe(5)
    const theirs = await signIn(api, (await addTenant(api)).id, 'admin')
    expect(await read(theirs)).toEqual({ entries: [], sharedBy: [], officesBy: [] })
    expect((await remove('country', 'IE', theirs)).status).toBe(404)
    await add('office', '192.0.2.0/24', null, theirs)
    expect((await read()).entries.length).toBe(5)
  })

  it('are proposed: device keys with which several people passed within 30 days, until they are marked', async () => {
    const digest = Buffer.from(`fedcba9876543210${'0'.repeat(48)}`, 'hex')
    const seen = async (key: Buffer, days: number) =>
      insertRow(api.owner, 'devices', {
        tenant_id: admin.tenantId,
        person_id: (await addPerson(api, admin.tenantId, {})).id,
        key_digest: key,
        last_seen_at: new Date(Date.now() - days * 86_400_000),
      })
    await seen(digest, 1)
    await seen(digest, 29)
    await seen(digest, 31)
    await seen(Buffer.alloc(32, 7), 1)
    expect((await read()).sharedBy).toEqual([{ value: 'fedcba9876543210', people: 2 }])
    expect((await read(supervisor)).sharedBy).toEqual([])
    await add('shared_device', 'fedcba9876543210', 'Kiosk')
    expect((await read()).sharedBy).toEqual([])
  })
})
