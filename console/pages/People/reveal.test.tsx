import { afterEach, describe, expect, it, vi } from 'vitest'
import { screen, waitFor, within } from '@solidjs/testing-library'
import { refusing } from '../../testing/answers.ts'
import { personCard } from '../../testing/fixtures.ts'
import { mountConsole } from '../../testing/mount.tsx'
// Compiled before a test waits for it.
import './index.tsx'
import './PersonPage.tsx'

const number = '+441632960042'
type Options = NonNullable<Parameters<typeof mountConsole>[1]>
const open = async (options: Options = {}) => {
  const mounted = await mountConsole(`/people/${personCard.id}`, {
    answers: { 'console.revealContact': () => ({ value: number }), ...options.answers },
    ...(options.role === undefined ? {} : { role: options.role }),
  })
  const card = within(await screen.findByRole('article', { name: 'Ada Lindt' }))
  return { ...mounted, card }
}

afterEach(() => vi.restoreAllMocks())

describe('D10: a contact in full', () => {
  it('is shown for a reason, and hidden again after thirty seconds', async () => {
    const later = vi.spyOn(window, 'setTimeout')
    const { user, card, callsTo } = await open()
    await user.click(card.getByRole('button', { name: 'Show: ••• 42' }))
    const [ask] = card.getAllByRole<HTMLButtonElement>('button', { name: 'Show' })
    expect(ask?.disabled).toBe(true)
    expect(callsTo('console.revealContact')).toEqual([])
    await user.type(card.getByRole('textbox', { name: 'Why do you need it in full?' }), 'The line is bad')
    await user.click(card.getByRole('button', { name: 'Show' }))
    expect(await card.findByText(number)).toBeTruthy()
    expect(callsTo('console.revealContact').map(({ body }) => body)).toEqual([{ reason: 'The line is bad' }])
    const [hide] = later.mock.calls.filter(([, ms]) => ms === 30_000)
    ;(hide?.[0] as () => void)()
    await waitFor(() => expect(card.queryByText(number)).toBeNull())
    expect(card.getByText('••• 42')).toBeTruthy()
  })

  it('takes the focus along: to the reason, back to what was pressed, and to what hides it', async () => {
    const { user, card } = await open()
    const focused = () => document.activeElement
    card.getByRole('button', { name: 'Show: ••• 42' }).focus()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(focused()).toBe(card.getByRole('textbox')))
    await user.click(card.getByRole('button', { name: 'Back' }))
    await waitFor(() => expect(focused()).toBe(card.getByRole('button', { name: 'Show: ••• 42' })))
    await user.keyboard('{Enter}')
    await waitFor(() => expect(focused()).toBe(card.getByRole('textbox')))
    await user.keyboard('The line is bad{Tab}{Tab}{Enter}')
    expect(await card.findByText(number)).toBeTruthy()
    await waitFor(() => expect(focused()).toBe(card.getByRole('button', { name: 'Hide: ••• 42' })))
  })

  it('is hidden by hand before that, and a limit that is reached is said', async () => {
    let answers = 0
    const { user, card } = await open({
      answers: {
        'console.revealContact': () =>
          ++answers === 1 ? { value: number } : refusing('agent_limit_reached', 429)(),
      },
    })
    const show = async () => {
      await user.click(card.getByRole('button', { name: 'Show: ••• 42' }))
      await user.type(card.getByRole('textbox', { name: 'Why do you need it in full?' }), 'Spelling')
      await user.click(card.getByRole('button', { name: 'Show' }))
    }
    await show()
    await user.click(await card.findByRole('button', { name: 'Hide: ••• 42' }))
    expect(card.queryByText(number)).toBeNull()
    await show()
    expect((await card.findByRole('alert')).textContent).toContain('You have reached your limit')
  })

  it('is not offered to those who handle no cases', async () => {
    const { card } = await open({ role: 'auditor' })
    expect(card.getByText('••• 42')).toBeTruthy()
    expect(card.queryByRole('button', { name: /^Show/ })).toBeNull()
  })
})
