import { cleanup, fireEvent, screen, waitFor, within } from '@solidjs/testing-library'
import { afterEach, describe, expect, it } from 'vitest'
import type { Alarms, DuressAlarm } from '#api/contract/console-alarms.ts'
import { idOf, minutesAgo } from '../../testing/fixtures.ts'
import { mountConsole } from '../../testing/mount.tsx'
import { scoredPanel } from '../../testing/scored-panel.ts'
// Compiled before a test waits for it.
import './index.tsx'

afterEach(cleanup)

const signal = (change: Partial<DuressAlarm> = {}): DuressAlarm => ({
  ...{ verificationId: idOf(1), personId: idOf(2), personName: 'Anna Kovac', staffName: 'Mila Sorland' },
  ...{ at: minutesAgo(2), isWaiting: true, cleared: null },
  ...change,
})
const mountAlarms = (role: 'supervisor' | 'admin' | 'auditor', duress: Alarms['duress']) =>
  mountConsole('/alarms', {
    role,
    answers: {
      'console.alarms': () => ({
        reports: [],
        duress,
        impersonations: [],
        sessions: [],
        unreadable: [],
        limits: [],
        reveals: [],
      }),
      'console.clearDuress': () => ({ done: true }),
    },
  })

describe('silent signals', () => {
  it('say who gave one, in which case, what stays pending, and are cleared with a reason', async () => {
    const { calls } = await mountAlarms('supervisor', [signal()])
    const region = await screen.findByRole('region', { name: /Silent signals/ })
    expect(region.textContent).toMatch(/Mila Sorland.*Anna Kovac.*approved; it stays pending/)
    fireEvent.click(within(region).getByRole('button', { name: 'Clear' }))
    const dialog = await screen.findByRole('dialog')
    fireEvent.input(within(dialog).getByRole('textbox'), { target: { value: 'Went to see them' } })
    fireEvent.click(within(dialog).getByRole('button', { name: 'Clear' }))
    await waitFor(() =>
      expect(calls.find(({ name }) => name === 'console.clearDuress')).toMatchObject({
        url: `/api/console/verifications/${idOf(1)}/clear-alarm`,
        body: { reason: 'Went to see them' },
      }),
    )
  })

  it('are read by auditors, and cleared by nobody who may not', async () => {
    await mountAlarms('auditor', [
      signal(),
      signal({ cleared: { at: minutesAgo(1), byName: 'Greta', reason: 'by mistake' } }),
    ])
    const region = await screen.findByRole('region', { name: /Silent signals/ })
    expect(region.textContent).toContain('cleared by Greta: by mistake')
    expect(within(region).queryByRole('button', { name: 'Clear' })).toBeNull()
  })

  it('are not even named to an admin', async () => {
    await mountAlarms('admin', null)
    await screen.findByRole('heading', { level: 1, name: 'Alarms' })
    expect(screen.queryByRole('region', { name: /Silent signals/ })).toBeNull()
  })
})

describe('the address of a case', () => {
  it('is copied by every press, each of which tells the server, however quick they are', async () => {
    const { calls } = await mountConsole(`/verifications/${scoredPanel.row.id}`, {
      answers: {
        'console.verification': () => scoredPanel,
        'console.copyCase': () => ({ address: 'https://console.example/verifications/1' }),
      },
    })
    const button = await screen.findByRole('button', { name: 'Copy address of case' })
    for (let n = 0; n < 3; n += 1) fireEvent.click(button)
    expect(await screen.findByText('Copied')).toBeTruthy()
    await waitFor(() => expect(calls.filter(({ name }) => name === 'console.copyCase')).toHaveLength(3))
    expect((button as HTMLButtonElement).disabled).toBe(false)
  })
})
