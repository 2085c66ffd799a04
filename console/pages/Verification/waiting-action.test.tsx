import { describe, expect, it } from 'vitest'
import { screen, waitFor, within } from '@solidjs/testing-library'
import type { VerificationPanel } from '#api/contract/console-verifications.ts'
import { mountConsole } from '../../testing/mount.tsx'
import { closedPanel } from '../../testing/panels.ts'
// Compiled before a test waits for it.
import './index.tsx'

const allowed = { allowed: true, reason: null } as const
const at = '2031-03-04T17:30:00.000Z'
const scheduled: VerificationPanel = {
  ...closedPanel,
  action: { state: 'scheduled', at: null, reason: null, sessionsEnded: null, scheduledFor: at },
  actions: { ...closedPanel.actions, stop: allowed },
}
const awaited: VerificationPanel = {
  ...scheduled,
  canReadMatchCode: true,
  action: { ...scheduled.action, state: 'awaiting_participant', scheduledFor: null },
  actions: { ...scheduled.actions, resend: allowed },
}
const open = (panel: VerificationPanel) =>
  mountConsole(`/verifications/${panel.row.id}`, {
    answers: {
      'console.verification': () => panel,
      'console.stopAction': () => ({
        ...{ status: 'recorded' as const, state: 'closed', outcome: 'passed' as const },
        ...{ decision: 'approved' as const, awaitsSecondUntil: null },
      }),
    },
  })
const part = (name: string) => screen.findByRole('region', { name })

describe('F3: what is approved and waits', () => {
  it('says the day and the time, who can still stop it, and is stopped with a reason', async () => {
    const { user, callsTo } = await open(scheduled)
    const turn = await part('Scheduled, and may still be stopped')
    const when = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' })
    expect(turn.textContent).toMatch(/^Not before /)
    for (const { type, value } of when.formatToParts(new Date(at)))
      if (type !== 'literal') expect(turn.textContent).toContain(value)
    expect(turn.textContent).toContain('Every contact on file was told and can say no until then.')
    await user.click(within(turn).getByRole('button', { name: 'Stop it' }))
    const dialog = await screen.findByRole('dialog', { name: 'Stop what is approved?' })
    await user.type(within(dialog).getByRole('textbox', { name: 'Reason' }), 'They called us.')
    await user.click(within(dialog).getByRole('button', { name: 'Stop it' }))
    await waitFor(() => {
      expect(callsTo('console.stopAction').map(({ body }) => body)).toEqual([{ reason: 'They called us.' }])
    })
  })

  it('shows the digits of the fresh link, once the participant has to come back', async () => {
    await open(awaited)
    const turn = await part('Waiting for the participant to come back')
    expect(await within(turn).findByText(/Read these digits out/)).toBeTruthy()
    expect(within(turn).getByRole('button', { name: 'Send another link' })).toBeTruthy()
  })

  it('offers nothing to who may not', async () => {
    await open({ ...scheduled, actions: { ...scheduled.actions, stop: { allowed: false, reason: null } } })
    const turn = await part('Scheduled, and may still be stopped')
    expect(within(turn).queryByRole('button', { name: 'Stop it' })).toBeNull()
  })
})
