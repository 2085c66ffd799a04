import { screen } from '@solidjs/testing-library'
import { expect, it } from 'vitest'
import { minutesAgo } from '../../testing/fixtures.ts'
import { mountConsole } from '../../testing/mount.tsx'
import { scoredPanel } from '../../testing/scored-panel.ts'
// Compiled before a test waits for it.
import './index.tsx'

it('R18: a message that did not arrive says each step, when, and why in words', async () => {
  const [delivery] = scoredPanel.deliveries
  if (delivery === undefined) throw new Error('the panel has a message')
  const bounced = {
    ...delivery,
    channel: 'email' as const,
    status: 'undelivered',
    sentAt: null,
    delayedAt: minutesAgo(7),
    endedAt: minutesAgo(3),
    problem: 'no_such_address' as const,
  }
  const timeline = [
    {
      at: minutesAgo(3),
      event: {
        key: 'event.link.delivery_reported',
        slots: { status: 'undelivered', problem: 'no_such_address' },
      },
      actor: 'provider',
    },
  ]
  const row = { ...scoredPanel.row, state: 'undelivered' as const, outcome: null }
  await mountConsole(`/verifications/${scoredPanel.row.id}`, {
    answers: { 'console.verification': () => ({ ...scoredPanel, row, deliveries: [bounced], timeline }) },
  })
  const head = await screen.findByText('Not delivered')
  expect(head.className).toContain('elevated')
  expect(head.textContent).toContain('×')
  const text = (await screen.findByRole('region', { name: 'Messages' })).textContent
  expect(text).toMatch(
    /waits at the recipient’s mail server.*not delivered.*\(there is no such number or mailbox\)/,
  )
  expect(text).not.toContain('· sent')
  expect(
    await screen.findByText(/Provider says: not delivered \(there is no such number or mailbox\)/),
  ).toBeTruthy()
})
