import { describe, expect, it } from 'vitest'
import { screen } from '@solidjs/testing-library'
import type { VerificationPanel } from '#api/contract/console-verifications.ts'
import { mountConsole } from '../../testing/mount.tsx'
import { closedPanel } from '../../testing/panels.ts'
// Compiled before a test waits for it.
import './index.tsx'

type Action = Pick<VerificationPanel['action'], 'state'> & { readonly reason?: string }

const ended = ({ state, reason }: Action, by: string | null = null): VerificationPanel => ({
  ...closedPanel,
  row: { ...closedPanel.row, purpose: 'mfa_reset', action: state },
  action: {
    ...closedPanel.action,
    ...{ state, sessionsEnded: null },
    reason: reason === undefined ? null : { key: `refusal.${reason}`, slots: {} },
  },
  timeline: [
    ...closedPanel.timeline,
    ...(by === null
      ? []
      : [
          {
            at: closedPanel.row.startedAt,
            event: { key: 'event.action.stopped', slots: {} },
            actor: by,
          },
        ]),
  ],
})

const look = async (panel: VerificationPanel, role?: 'agent') => {
  await mountConsole(`/verifications/${panel.row.id}`, {
    ...(role === undefined ? {} : { role }),
    answers: { 'console.verification': () => panel },
  })
  const verdict = await screen.findByRole('region', { name: 'Verdict' })
  const head = verdict.querySelector('.headline strong')
  const badge = screen.getByRole('article').querySelector('header .status')
  return { verdict, head: head?.textContent, badge: badge?.textContent ?? '' }
}

describe('the head of a case that passed and came to nothing', () => {
  it.each([
    [{ state: 'failed', reason: 'reported' }, null, 'Stopped by a report: “this was not me”', /Stopped/],
    [{ state: 'failed', reason: 'stopped' }, 'Maeve Brannigan', 'Stopped by Maeve Brannigan', /Stopped/],
    [{ state: 'failed', reason: 'cancelled' }, null, 'Second sign-in step not removed', /Not done/],
    [
      { state: 'expired', reason: 'time_over' },
      null,
      'The time to remove the second sign-in step ran out',
      /Expired/,
    ],
    [
      { state: 'unknown', reason: 'read_back_unknown' },
      null,
      'Result unknown: being checked against the directory',
      /Unknown/,
    ],
  ] as const)('%o says what happened', async (action, by, words, badge) => {
    const seen = await look(ended(action, by))
    expect(seen.head).toBe(words)
    expect(seen.badge).toMatch(badge)
    expect(seen.badge).not.toMatch(/Passed/)
    expect(seen.verdict.className).not.toMatch(/\blow\b/)
    expect(seen.verdict.textContent).toContain('The verification itself had passed.')
    expect(seen.verdict.textContent?.split(words)).toHaveLength(2)
  })

  it('stays as it was where it is done', async () => {
    const { head, badge, verdict } = await look(closedPanel)
    expect([head, badge]).toEqual(['Passed', '●Passed'])
    expect(verdict.className).toMatch(/\blow\b/)
    expect(verdict.textContent).not.toContain('had passed')
  })
})
