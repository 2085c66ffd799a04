import { screen } from '@solidjs/testing-library'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { answerWith, steps } from '../testing/answers.ts'
import { showStep } from '../testing/show-step.tsx'

const step = steps.push
const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }))

describe('the push to the authenticator', () => {
  it('is sent on a press, says what it must show, and looks for its answer by itself', async () => {
    const now = { step: step as typeof step | typeof steps.waiting }
    const { container, asked } = await showStep(step, {
      'portal.sendPush': () => answerWith({ ...step, state: 'sending', pushesLeft: 1 }),
      'portal.step': () => answerWith(now.step),
    })
    expect(container.textContent).not.toContain('maple river')
    now.step = { ...step, state: 'sent', pushesLeft: 1 }
    await press('Send me the push')
    await screen.findByText('The push is being sent …')
    await screen.findByText(/is on its way/, {}, { timeout: 5_000 })
    expect(container.textContent).toContain('maple river')
    now.step = steps.waiting
    // The participant comes back from the authenticator on the same phone.
    document.dispatchEvent(new Event('visibilitychange'))
    await screen.findByRole('heading', { level: 1, name: /looking at your request/ }, { timeout: 5_000 })
    expect(asked('portal.sendPush')).toEqual([{}])
  }, 15_000)

  it('shows the number to choose beside the two words', async () => {
    const { container } = await showStep({ ...step, state: 'sent', number: '47' })
    await screen.findByText('Choose this in your authenticator:')
    expect(container.querySelector('.code-shown')?.textContent).toBe('47')
    expect(container.textContent).toContain('maple river')
  })

  it.each([
    ['not_sent', /No push could be sent/],
    ['unanswered', /Nobody answered/],
  ] as const)('%s is said in words, and leaves another push and another way', async (problem, words) => {
    const { asked } = await showStep(
      { ...step, problem, pushesLeft: 1 },
      { 'portal.withoutPush': () => answerWith(steps.waiting) },
    )
    expect((await screen.findByRole('alert')).textContent).toMatch(words)
    expect(await screen.findByRole('button', { name: 'Send one more push' })).toHaveProperty(
      'disabled',
      false,
    )
    await press('I cannot approve a push now')
    await screen.findByRole('heading', { level: 1, name: /looking at your request/ })
    expect(asked('portal.withoutPush')).toEqual([{}])
  })

  it('sends no more where none is left', async () => {
    await showStep({ ...step, problem: 'unanswered', pushesLeft: 0 })
    expect(await screen.findByRole('button', { name: 'Send one more push' })).toHaveProperty('disabled', true)
  })

  it('speaks German', async () => {
    await showStep(step, {}, 'de')
    await screen.findByRole('heading', {
      level: 1,
      name: 'Bestätigen Sie einen Push in Ihrer Authenticator-App',
    })
    await screen.findByRole('button', { name: 'Push schicken' })
  })
})
