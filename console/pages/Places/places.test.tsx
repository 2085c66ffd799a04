import { describe, expect, it } from 'vitest'
import { screen, waitFor, within } from '@solidjs/testing-library'
import { ProblemError } from '#api/contract/client.ts'
import type { Places } from '#api/contract/console-places.ts'
import type { Role } from '#domain/roles.ts'
import type { Answers } from '../../testing/answers.ts'
import { mountConsole } from '../../testing/mount.tsx'
// Compiled before a test waits for it.
import './index.tsx'

const empty: Places = { entries: [], sharedBy: [], officesBy: [] }
const full: Places = {
  entries: [
    { kind: 'office', value: '203.0.113.0/24', label: null },
    { kind: 'gateway', value: '198.51.100.0/24', label: 'VPN pool' },
    { kind: 'country', value: 'IE', label: null },
    { kind: 'virtual_desktops', value: 'yes', label: null },
  ],
  sharedBy: [{ value: '0123456789abcdef', people: 3 }],
  officesBy: [{ value: '192.0.2.9/32', people: 7 }],
}
const open = (page: Places, answers: Answers = {}, role: Role = 'admin') =>
  mountConsole('/policy/places', {
    role,
    answers: {
      'console.places': () => page,
      'console.addPlace': () => ({ done: true }),
      'console.removePlace': () => ({ done: true }),
      ...answers,
    },
  })
const section = (name: string) => screen.findByRole('region', { name })
const badField = (path: string, code: string) => (): never => {
  const issues = [{ path, code, message: 'wrong' }]
  throw new ProblemError({
    type: 'about:blank',
    title: 'x',
    status: 422,
    code: 'invalid_input',
    issues,
    requestId: 'fixture',
  })
}

describe('networks and devices', () => {
  it('says of each kind that there is none, and what it is for', async () => {
    await open(empty)
    expect((await section('Offices')).textContent).toContain('No office is named yet')
    expect((await section('Kiosks and shared devices')).textContent).toContain('No device is marked')
    expect((await section('Virtual desktops')).textContent).toContain('do not use virtual desktops')
  })

  it('shows what is named, by its name', async () => {
    await open(full)
    expect((await section('Offices')).textContent).toContain('203.0.113.0/24')
    expect((await section('Gateways and VPN')).textContent).toContain('VPN pool 198.51.100.0/24')
    expect((await section('Countries')).textContent).toContain('Ireland (IE)')
    const desktops = within(await section('Virtual desktops'))
    expect(desktops.queryByRole('button', { name: 'Our people use virtual desktops' })).toBeNull()
  })

  it('lets those who only read change nothing', async () => {
    await open(full, {}, 'auditor')
    await section('Offices')
    expect(screen.queryByRole('button', { name: /Remove|Add|Mark/ })).toBeNull()
    expect(screen.queryByRole('textbox')).toBeNull()
  })

  it('adds a gateway with its name, says so, and empties the fields', async () => {
    const { user, callsTo } = await open(empty)
    const form = within(await section('Gateways and VPN'))
    const range = form.getByRole<HTMLInputElement>('textbox', { name: 'Address range' })
    await user.type(range, ' 198.51.100.0/24')
    await user.type(form.getByRole('textbox', { name: 'Name' }), 'VPN pool{Enter}')
    await waitFor(() =>
      expect(callsTo('console.addPlace').map(({ body }) => body)).toEqual([
        { kind: 'gateway', value: '198.51.100.0/24', label: 'VPN pool' },
      ]),
    )
    expect((await screen.findByText(/VPN pool is added/)).getAttribute('role')).toBe('status')
    expect(range.value).toBe('')
  })

  it.each([
    ['value', 'range', 'Address range'],
    ['label', 'label', 'Name'],
  ])(
    'names the field at fault (%s), puts the focus there and keeps what was typed',
    async (path, code, name) => {
      const { user } = await open(empty, { 'console.addPlace': badField(path, code) })
      const form = within(await section('Gateways and VPN'))
      const field = form.getByRole<HTMLInputElement>('textbox', { name })
      await user.type(form.getByRole('textbox', { name: 'Address range' }), '10.0.0.0/4')
      await user.type(form.getByRole('textbox', { name: 'Name' }), 'x{Enter}')
      expect((await form.findByRole('alert')).textContent).toContain(`${name}: `)
      expect(field.getAttribute('aria-invalid')).toBe('true')
      expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent).toContain(
        name,
      )
      await waitFor(() => expect(document.activeElement).toBe(field))
      expect(field.value).not.toBe('')
    },
  )

  it('asks before it removes, and says what changes then', async () => {
    let page = full
    const { user, callsTo } = await open(full, {
      'console.places': () => page,
      'console.removePlace': () => {
        page = empty
        return { done: true }
      },
    })
    const offices = within(await section('Offices'))
    await user.click(offices.getByRole('button', { name: 'Remove 203.0.113.0/24' }))
    expect(offices.getByText(/like those of any other network/)).toBeTruthy()
    await user.click(offices.getByRole('button', { name: 'Back' }))
    expect(callsTo('console.removePlace')).toEqual([])
    await user.click(offices.getByRole('button', { name: 'Remove 203.0.113.0/24' }))
    await user.click(offices.getByRole('button', { name: 'Remove 203.0.113.0/24' }))
    await waitFor(() =>
      expect(callsTo('console.removePlace').map(({ body }) => body)).toEqual([
        { kind: 'office', value: '203.0.113.0/24' },
      ]),
    )
    const said = await screen.findByText(/203\.0\.113\.0\/24 is removed/)
    expect(said.getAttribute('role')).toBe('status')
    await waitFor(() => expect(document.activeElement).toBe(said))
  })

  it('offers to mark a device that several people passed with', async () => {
    const { user, callsTo } = await open(full)
    const devices = within(await section('Kiosks and shared devices'))
    expect(devices.getByText(/passed by 3 people within 30 days/)).toBeTruthy()
    await user.click(devices.getByRole('button', { name: 'Mark as shared' }))
    await waitFor(() =>
      expect(callsTo('console.addPlace').map(({ body }) => body)).toEqual([
        { kind: 'shared_device', value: '0123456789abcdef', label: 'Shared device' },
      ]),
    )
  })

  it('offers to add an address of several people as an office', async () => {
    const { user, callsTo } = await open(full)
    const offices = within(await section('Offices'))
    expect(offices.getByText(/used by 7 people with known devices/)).toBeTruthy()
    await user.click(offices.getByRole('button', { name: 'Add as office' }))
    await waitFor(() =>
      expect(callsTo('console.addPlace').map(({ body }) => body)).toEqual([
        { kind: 'office', value: '192.0.2.9/32', label: null },
      ]),
    )
  })

  it('says that people use virtual desktops with one button', async () => {
    const { user, callsTo } = await open(empty)
    const desktops = within(await section('Virtual desktops'))
    await user.click(desktops.getByRole('button', { name: 'Our people use virtual desktops' }))
    await waitFor(() =>
      expect(callsTo('console.addPlace').map(({ body }) => body)).toEqual([
        { kind: 'virtual_desktops', value: 'yes', label: null },
      ]),
    )
  })
})
