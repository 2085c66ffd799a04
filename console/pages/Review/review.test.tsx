import { cleanup, fireEvent, screen, waitFor, within } from '@solidjs/testing-library'
import { afterEach, describe, expect, it } from 'vitest'
import type { Review } from '#api/contract/console-review.ts'
import { refusing, type Answers } from '../../testing/answers.ts'
import { mountConsole } from '../../testing/mount.tsx'
import { closedPanel } from '../../testing/panels.ts'
// Compiled before a test waits for it.
import './index.tsx'

afterEach(cleanup)

const { row, progress, participant, contactLabel, verdicts, device, deliveries, timeline } = closedPanel
const { id, purpose, referrer, channel, contactMasked, ticket, startedAt } = row
const next: NonNullable<Review['next']> = {
  row: { id, purpose, referrer, channel, contactMasked, ticket, startedAt },
  progress: { route: progress.route },
  ...{ participant, contactLabel, verdicts, device, deliveries, timeline, approvers: [] },
}
const mountReview = async (answers: Answers = {}) => {
  const waiting = [next]
  const mounted = await mountConsole('/review', {
    role: 'supervisor',
    answers: {
      'console.review': () => ({ waiting: waiting.length, next: waiting[0] ?? null }),
      'console.label': () => {
        waiting.shift()
        return { done: true }
      },
      ...answers,
    },
  })
  await screen.findByRole('heading', { level: 2, name: participant.name })
  return mounted
}

describe('the second look', () => {
  it('shows the case without its score, takes a label with its reason, and then says what was hidden', async () => {
    const { callsTo } = await mountReview()
    const panel = screen.getByRole('article')
    expect(panel.textContent).not.toMatch(/Low|Passed|3\.\d/)
    const suspicious = screen.getByRole('button', { name: 'Suspicious' })
    expect((suspicious as HTMLButtonElement).disabled).toBe(true)
    fireEvent.input(screen.getByLabelText('Why'), { target: { value: 'The phone is new' } })
    fireEvent.click(suspicious)
    const result = await screen.findByRole('region', { name: 'What was hidden' })
    expect(callsTo('console.label')[0]?.body).toEqual({
      ...{ label: 'suspicious', reason: 'The phone is new', basis: 'review' },
    })
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Second look 0')
    expect(result.textContent).toMatch(/You said: Suspicious.*Passed.*Low/)
    const button = within(result).getByRole('button', { name: 'Next case' })
    await waitFor(() => expect(document.activeElement).toBe(button))
    fireEvent.click(button)
    await screen.findByText(/No case of the sample waits for you/)
  })

  it('keeps what was typed where the label is refused', async () => {
    await mountReview({ 'console.label': refusing('not_permitted', 403) })
    fireEvent.input(screen.getByLabelText('Why'), { target: { value: 'Known voice' } })
    fireEvent.click(screen.getByRole('button', { name: 'Genuine' }))
    await screen.findByRole('alert')
    expect(screen.getByLabelText<HTMLTextAreaElement>('Why').value).toBe('Known voice')
  })
})
