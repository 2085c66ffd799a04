import { describe, expect, it } from 'vitest'
import { screen, waitFor, within } from '@solidjs/testing-library'
import type { Check } from '#api/contract/console-score.ts'
import { closedPanel } from '../../testing/panels.ts'
import { check, scoredPanel } from '../../testing/scored-panel.ts'
import { mountConsole } from '../../testing/mount.tsx'
// Compiled before a test waits for it.
import './index.tsx'

const open = (panel: typeof scoredPanel, options: Parameters<typeof mountConsole>[1] = {}) =>
  mountConsole(`/verifications/${panel.row.id}`, options)

describe('evidence', () => {
  it('opens questions and restricted evidence only when asked, and says that it is recorded', async () => {
    const { user, callsTo } = await open(scoredPanel)
    const show = await screen.findByRole('button', { name: 'Show questions and replies' })
    expect(screen.getByText('Opening them is recorded.')).toBeTruthy()
    expect(callsTo('console.transcript').length).toBe(0)
    await user.click(show)
    expect(await screen.findByText('Who is your direct manager?')).toBeTruthy()
    expect(screen.getByText(/the last 4 characters of the asset tag on your laptop/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Show restricted evidence' }))
    expect(await screen.findByText('Range: 198.51.100.0/24')).toBeTruthy()
  })

  it('is beside the answer it belongs to, though the panel lists answers in another order', async () => {
    const answer = (family: string, applied: number): Check => ({
      ...check('CHA_ANSWER', { text: { key: 'answer.correct', slots: { family, seconds: 10 } } }),
      category: 'challenge',
      group: `answer:${family}`,
      weight: applied,
      applied,
      hiddenEvidence: 1,
    })
    const opened = (family: string) => ({
      code: 'CHA_ANSWER',
      group: `answer:${family}`,
      evidence: [{ label: family, value: 'opened', sensitivity: 2 }],
    })
    const families = ['office', 'meeting_organiser', 'free_weekday']
    const byWeight = [answer('meeting_organiser', 5), answer('free_weekday', 5), answer('office', 2)]
    const { user } = await open(scoredPanel, {
      answers: {
        'console.verification': () => ({ ...scoredPanel, checks: byWeight }),
        'console.evidence': () => ({ checks: families.map(opened) }),
      },
    })
    await user.click(await screen.findByRole('button', { name: 'Show restricted evidence' }))
    const checks = within(screen.getByRole('region', { name: 'Checks' }))
    await waitFor(() => expect(checks.getAllByText(/: opened$/)).toHaveLength(3))
    expect(checks.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      expect.stringMatching(/organiser of a meeting.*Organiser of a meeting: opened/s),
      expect.stringMatching(/day without meetings.*Day without meetings: opened/s),
      expect.stringMatching(/office.*Office: opened/s),
    ])
  })

  it('G1: one opening is recorded once, however often the case is fetched, and nothing of it stays beside another case', async () => {
    let panel = scoredPanel
    const { user, stream, callsTo } = await open(scoredPanel, {
      answers: { 'console.verification': () => panel },
    })
    await user.click(await screen.findByRole('button', { name: 'Show restricted evidence' }))
    await user.click(await screen.findByRole('button', { name: 'Show questions and replies' }))
    await screen.findByText('Range: 198.51.100.0/24')
    await screen.findByText('Who is your direct manager?')
    stream.tell([scoredPanel.row.id])
    await waitFor(() => expect(callsTo('console.verification').length).toBe(2))
    expect(screen.getByText('Range: 198.51.100.0/24')).toBeTruthy()
    expect(screen.getByText('Who is your direct manager?')).toBeTruthy()
    expect([callsTo('console.evidence').length, callsTo('console.transcript').length]).toEqual([1, 1])
    panel = { ...scoredPanel, row: { ...scoredPanel.row, id: closedPanel.row.id } }
    stream.tell([scoredPanel.row.id])
    await waitFor(() => expect(screen.queryByText('Range: 198.51.100.0/24')).toBeNull())
    expect(screen.queryByText('Who is your direct manager?')).toBeNull()
    expect(callsTo('console.evidence').length).toBe(1)
  })

  it('lists what matters first, all on request', async () => {
    const { user } = await open(scoredPanel)
    const checks = within(await screen.findByRole('region', { name: 'Checks' }))
    expect(checks.getAllByRole('listitem')[0]?.textContent).toContain('Tor')
    expect(checks.queryByText(/Match code/)).toBeNull()
    await user.click(checks.getByRole('button', { name: 'Show all 6 checks' }))
    expect(checks.getByText(/Match code/)).toBeTruthy()
  })

  it('adds the score up: weights, trust, damping within a group, the limit of a category, the total', async () => {
    await open(scoredPanel)
    const why = within(await screen.findByRole('region', { name: 'Why this score' }))
    const fold = why.getByText('How it adds up').closest('details')
    expect(fold?.open).toBe(false)
    const rows = within(fold as HTMLElement)
      .getAllByRole('row', { hidden: true })
      .map((row) => row.textContent)
    expect(rows[1]).toBe('Network: -21.0 dB, limited to -18.0 dB, 90% of its checks answered')
    expect(rows[2]).toMatch(/-18\.0100%100%-18\.0$/)
    expect(rows[3]).toMatch(/^↳ .*-6\.0100%50%-3\.0$/)
    expect(fold?.textContent).toContain('Together -22.2 dB, which is a risk of 9.3')
  })

  it('keeps checks in shadow apart, folded, with what they would weigh', async () => {
    await open(scoredPanel)
    const checks = within(await screen.findByRole('region', { name: 'Checks' }))
    const group = checks.getByText('1 checks in shadow, which count nothing').closest('details')
    expect(group?.open).toBe(false)
    const item = within(group as HTMLElement).getByRole('listitem', { hidden: true })
    expect(item.textContent).toMatch(/Debugger.*watched, not counted.*would weigh -6\.0 dB/)
  })
})
