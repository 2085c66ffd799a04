import { cleanup, screen, waitFor } from '@solidjs/testing-library'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { answerWith, steps, token } from '../testing/answers.ts'
import { showStep } from '../testing/show-step.tsx'

const heading = (name: string) => screen.findByRole('heading', { level: 1, name })
const ending = answerWith({ ...steps.ended, ending: 'reported' })

describe('who asks', () => {
  it('B8: names organisation, agent, action in words, ticket, time and origin; "No" comes first', async () => {
    await showStep(steps.who_asks)
    expect(await heading('Did you contact the help desk?')).toBe(document.activeElement)
    expect(screen.getByText(/Maria Okafor of the help desk .* wants to reset your password/)).toBeTruthy()
    const facts = screen
      .getAllByRole('term')
      .map((term) => [term.textContent, term.nextElementSibling?.textContent])
    expect(facts).toEqual([
      ['Ticket', 'INC-4711'],
      ['Since', expect.stringMatching(/2026.*:02/)],
      ['Agent’s office', 'Leeds, United Kingdom'],
    ])
    await screen.findByRole('textbox')
    const buttons = screen.getAllByRole('button').map((button) => button.textContent)
    expect(buttons).toEqual(['No, this is not me', 'Continue'])
    expect(screen.getAllByRole('listitem')).toHaveLength(4)
    expect(screen.getByText(/delete the raw data from your device after 30 days/)).toBeTruthy()
  })

  it('B8: leaves out what is not known, and names a country alone where the city is not', async () => {
    await showStep({ ...steps.who_asks, ticket: null, origin: null })
    await heading('Did you contact the help desk?')
    expect(screen.getAllByRole('term').map((term) => term.textContent)).toEqual(['Since'])
    cleanup()
    await showStep({ ...steps.who_asks, origin: { city: null, country: 'DE' } })
    expect(await screen.findByText('Germany')).toBeTruthy()
  })

  it('B8: says that it was asked on the help page where nobody of the help desk did', async () => {
    await showStep({ ...steps.who_asks, agentName: null, sentTo: '••• 04' })
    await heading('Did you ask for help?')
    screen.getByText('Somebody gave your name on our help page and wants to reset your password.')
    // Nobody is on the phone who could name two words.
    const field = await screen.findByRole('textbox', {
      name: 'If yes, type the six digits that we sent to ••• 04',
    })
    expect(field.getAttribute('autocomplete')).toBe('one-time-code')
    expect(screen.queryByText('amber · heron')).toBeNull()
  })

  it('asks what can be answered honestly where the help desk itself asks', async () => {
    await showStep({ ...steps.who_asks, purpose: 'identity_check' })
    await heading('The help desk asks you to confirm that it is you')
    screen.getByText('Maria Okafor of the help desk wants to make sure that they talk to you.')
    screen.getByRole('button', { name: 'Nobody is talking to me' })
  })

  it('says what it is for to a participant who comes back after the approval', async () => {
    await showStep({ ...steps.who_asks, approved: true })
    await heading('Your request is approved')
  })

  it('C6: "No" counts only with the two digits that the page shows', async () => {
    const { asked } = await showStep(steps.who_asks, { 'public.declineLink': () => ending })
    await userEvent.click(await screen.findByRole('button', { name: 'No, this is not me' }))
    expect(await heading('Stop this?')).toBe(document.activeElement)
    await userEvent.type(screen.getByRole('textbox', { name: 'To confirm, type the number 41' }), '14{Enter}')
    expect(screen.getByRole('alert').textContent).toBe('Please type the two digits shown above.')
    expect(asked('public.declineLink')).toEqual([])
    await userEvent.clear(screen.getByRole('textbox'))
    await userEvent.type(screen.getByRole('textbox'), '41{Enter}')
    expect(await heading('Stopped. Thank you for telling us')).toBeTruthy()
    expect(asked('public.declineLink')).toEqual([{ token, digits: '41' }])
    // Without a session there is nobody to take a rating.
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('goes back from "No" without any call', async () => {
    const { seen } = await showStep(steps.who_asks)
    await userEvent.click(await screen.findByRole('button', { name: 'No, this is not me' }))
    await userEvent.click(screen.getByRole('button', { name: 'Back' }))
    expect(await heading('Did you contact the help desk?')).toBeTruthy()
    expect(seen).toHaveLength(1)
  })
})

describe('the match code', () => {
  const field = () => screen.findByRole('textbox', { name: /^If yes, type the six digits/ })

  it('B11: shows the phrase that the agent sees as well', async () => {
    await showStep(steps.who_asks)
    expect(await screen.findByText('amber · heron')).toBeTruthy()
  })

  it('sends six digits only; too few cost no try', async () => {
    const { asked } = await showStep(steps.who_asks)
    await userEvent.type(await field(), '12a3{Enter}')
    expect(screen.getByRole('alert').textContent).toBe('Please type all six digits.')
    expect(await field()).toHaveProperty('value', '123')
    expect(asked('public.submitCode')).toEqual([])
  })

  it('says how many tries are left after a wrong one, and stays', async () => {
    const wrong = answerWith({ ...steps.who_asks, triesLeft: 1 })
    const { asked } = await showStep(steps.who_asks, {
      'public.submitCode': () => ({ accepted: false, answer: wrong }),
    })
    await userEvent.type(await field(), '123 456{Enter}')
    expect((await screen.findByRole('alert')).textContent).toBe('That is not the code. One try is left.')
    expect(await field()).toHaveProperty('value', '')
    expect(await field()).toBe(document.activeElement)
    // It stays while they type, so that nothing moves.
    await userEvent.type(await field(), '1')
    expect(screen.getByRole('alert').textContent).toBe('That is not the code. One try is left.')
    const page = { origin: location.origin, device: null }
    expect(asked('public.submitCode')).toMatchObject([{ token, code: '123456', language: 'en', page }])
  })

  it('tells with the code how it was entered on all tries, and that an aid types', async () => {
    const wrong = answerWith({ ...steps.who_asks, triesLeft: 1 })
    const { asked } = await showStep(steps.who_asks, {
      'public.submitCode': () => ({ accepted: false, answer: wrong }),
    })
    // A test's events are a script's, and the page says so.
    await userEvent.type(await field(), '123456{Enter}')
    await screen.findByRole('alert')
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'I dictate, or an aid types or clicks for me' }),
    )
    await userEvent.type(await field(), '654321{Enter}')
    await waitFor(() => expect(asked('public.submitCode')).toHaveLength(2))
    const told = { untrusted: ['keydown', 'input', 'click'], keydowns: 0 }
    expect(asked('public.submitCode')).toMatchObject([
      { summary: { ...told, accessibility: false } },
      { summary: { ...told, accessibility: true } },
    ])
    await userEvent.click(screen.getByRole('checkbox'))
  })

  it('ends when no try is left, without a rating', async () => {
    const answer = answerWith({ ...steps.ended, ending: 'code_dead' })
    await showStep(steps.who_asks, { 'public.submitCode': () => ({ accepted: false, answer }) })
    await userEvent.type(await field(), '123456{Enter}')
    expect(await heading('The code was wrong too often')).toBe(document.activeElement)
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('keeps what was typed when nothing arrives', async () => {
    await showStep(steps.who_asks, { 'public.submitCode': () => ({ refuse: 0 }) })
    await userEvent.type(await field(), '123456{Enter}')
    expect((await screen.findByRole('alert')).textContent).toContain('No connection')
    expect(await field()).toHaveProperty('value', '123456')
  })
})

describe('"This was not me" on later steps', () => {
  it('reports the session with its own digits', async () => {
    const { asked } = await showStep(steps.new_password, { 'portal.report': () => ending })
    await userEvent.click(await screen.findByRole('button', { name: 'This was not me' }))
    await userEvent.type(screen.getByRole('textbox', { name: 'To confirm, type the number 27' }), '27{Enter}')
    expect(await heading('Stopped. Thank you for telling us')).toBeTruthy()
    expect(asked('portal.report')).toEqual([{ digits: '27' }])
  })

  it('stays open when it did not arrive', async () => {
    await showStep(steps.new_password, { 'portal.report': () => ({ refuse: 0 }) })
    await userEvent.click(await screen.findByRole('button', { name: 'This was not me' }))
    await userEvent.type(screen.getByRole('textbox', { name: 'To confirm, type the number 27' }), '27{Enter}')
    expect((await screen.findByRole('alert')).textContent).toContain('No connection')
    expect(screen.getByRole('button', { name: 'Yes, stop this' })).toBeTruthy()
  })
})
