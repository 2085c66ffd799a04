import { screen, waitFor } from '@solidjs/testing-library'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { answerWith, steps } from '../testing/answers.ts'
import { showStep } from '../testing/show-step.tsx'

const url = 'https://id.northwind.example/auth?client_id=countersign'
const step = steps.provider_sign_in
const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }))

let went: string[] = []
beforeEach(() => {
  went = []
  vi.stubGlobal('location', { ...location, assign: (to: string) => void went.push(to) })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

describe('the sign-in at the provider', () => {
  it('says where it leads before it leads there', async () => {
    const { container, asked } = await showStep(step, { 'portal.beginProviderSignIn': () => ({ url }) })
    await screen.findByRole('button', { name: 'Go to the sign-in' })
    expect(container.textContent).toContain('You sign in at: id.northwind.example')
    expect(screen.queryByRole('alert')).toBeNull()
    await press('Go to the sign-in')
    await waitFor(() => {
      expect(went).toEqual([url])
    })
    expect(asked('portal.beginProviderSignIn')).toEqual([{}])
  })

  it('says that the provider does not answer, and leaves another try and another way', async () => {
    const { asked } = await showStep(step, {
      'portal.beginProviderSignIn': () => ({ url: null }),
      'portal.withoutProviderSignIn': () => answerWith(steps.waiting),
    })
    await press('Go to the sign-in')
    expect((await screen.findByRole('alert')).textContent).toMatch(/does not answer/)
    await press('Go to the sign-in')
    await screen.findByRole('alert')
    expect([went, asked('portal.beginProviderSignIn').length]).toEqual([[], 2])
    await press('I cannot sign in now')
    await screen.findByRole('heading', { level: 1, name: /looking at your request/ })
    expect(asked('portal.withoutProviderSignIn')).toEqual([{}])
  })

  it.each([
    ['other_account', 4, /not the one of this request.* 4 tries are left/],
    ['stale', 3, /already signed in/],
    ['weak', 1, /password only.* One try is left/],
    ['unanswered', 5, /did not finish/],
  ] as const)('%s is said in words that name the way out', async (problem, triesLeft, words) => {
    await showStep({ ...step, problem, triesLeft })
    expect((await screen.findByRole('alert')).textContent).toMatch(words)
  })

  it('asks the server where the case is when the step is over', async () => {
    let now: 'before' | 'after' = 'before'
    await showStep(step, {
      'portal.step': () => answerWith(now === 'before' ? step : steps.waiting),
      'portal.beginProviderSignIn': () => ({ refuse: 409 }),
    })
    now = 'after'
    await press('Go to the sign-in')
    await screen.findByRole('heading', { level: 1, name: /looking at your request/ })
    expect(went).toEqual([])
  })

  it('speaks German', async () => {
    const { container } = await showStep({ ...step, problem: 'weak', triesLeft: 1 }, {}, 'de')
    await screen.findByRole('button', { name: 'Zur Anmeldung' })
    expect(container.textContent).toMatch(/nur mit einem Passwort.*Sie haben noch einen Versuch/)
  })
})
