import { screen, waitFor } from '@solidjs/testing-library'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import type { CallInput } from '#api/contract/types.ts'
import { answerWith, questions, steps } from '../testing/answers.ts'
import { showStep } from '../testing/show-step.tsx'

const heading = (name: string) => screen.findByRole('heading', { level: 1, name })
const reply = (body: unknown) => (body as CallInput<'portal.answer'>['body']).reply

describe('a question with a list', () => {
  it('is answered by keyboard, with position and counts', async () => {
    const { asked } = await showStep(questions.manager, {
      'portal.answer': () => answerWith(questions.device),
    })
    expect(await heading('Who is your direct manager?')).toBe(document.activeElement)
    expect(screen.getByText('Question 1 of up to 6')).toBeTruthy()
    expect(screen.getByRole('radiogroup', { name: 'Who is your direct manager?' })).toBeTruthy()
    await userEvent.click(screen.getByRole('radio', { name: 'Amina Haddad' }))
    await userEvent.keyboard('{Enter}')
    expect(await heading('Which laptop is registered to you?')).toBe(document.activeElement)
    expect(asked('portal.answer')).toMatchObject([
      { position: 0, reply: { kind: 'option', optionId: 'o1' }, summary: { accessibility: false } },
    ])
    // The next question starts afresh.
    expect(screen.getAllByRole('radio').some((radio) => (radio as HTMLInputElement).checked)).toBe(false)
  })

  it('has "I don’t know" as a row of its own, and names what is missing', async () => {
    const { asked } = await showStep(questions.manager, { 'portal.answer': () => answerWith(steps.waiting) })
    await userEvent.click(await screen.findByRole('button', { name: 'Continue' }))
    expect(screen.getByRole('alert').textContent).toBe('Please choose one, or “I don’t know”.')
    expect(asked('portal.answer')).toEqual([])
    await userEvent.click(screen.getByRole('radio', { name: 'I don’t know' }))
    expect(screen.queryByRole('alert')).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Continue' }))
    expect(asked('portal.answer').map(reply)).toEqual([{ kind: 'dont_know' }])
  })

  it('spells quarters in the language of the page', async () => {
    await showStep(questions.startQuarter, {}, 'de')
    expect(await screen.findByRole('radio', { name: 'Oktober bis Dezember 2021' })).toBeTruthy()
  })
})

describe('another language in the middle of a question', () => {
  const rows = () =>
    screen
      .getAllByRole('radio')
      .map((radio) => [radio.closest('label')?.textContent, (radio as HTMLInputElement).checked])

  it('changes words and zone, and neither the options, their order nor what is chosen', async () => {
    const { asked, speakNow } = await showStep(questions.slot, {
      'portal.answer': () => answerWith(steps.waiting),
    })
    await heading('When is your weekly meeting with 5 to 10 people? All times are in Central European Time.')
    await userEvent.click(screen.getByRole('radio', { name: 'Monday at 14:00' }))
    expect(rows()).toEqual([
      ['Thursday at 9:00', false],
      ['Monday at 14:00', true],
      ['Tuesday at 10:00', false],
      ['I don’t know', false],
    ])
    await speakNow('de')
    await heading(
      'Wann ist Ihr wöchentlicher Termin mit 5 bis 10 Personen? Alle Uhrzeiten sind in der Zone „Mitteleuropäische Zeit“.',
    )
    expect(rows()).toEqual([
      ['Donnerstag um 9 Uhr', false],
      ['Montag um 14 Uhr', true],
      ['Dienstag um 10 Uhr', false],
      ['Ich weiß es nicht', false],
    ])
    await userEvent.click(screen.getByRole('button', { name: 'Weiter' }))
    expect(asked('portal.answer').map(reply)).toEqual([{ kind: 'option', optionId: 'b' }])
  })

  it('keeps the month that is chosen', async () => {
    const { asked, speakNow } = await showStep(questions.startMonth, {
      'portal.answer': () => answerWith(steps.waiting),
    })
    await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'Month' }), 'May')
    await speakNow('de')
    const month = await screen.findByRole('combobox', { name: 'Monat' })
    expect((month as HTMLSelectElement).selectedOptions[0]?.textContent).toBe('Mai')
    await userEvent.type(screen.getByRole('textbox', { name: 'Jahr' }), '2021{Enter}')
    expect(asked('portal.answer').map(reply)).toEqual([{ kind: 'text', text: '2021-05' }])
  })
})

describe('a typed question', () => {
  it('sends what was typed, without spaces around it', async () => {
    const { asked } = await showStep(questions.managerTyped, {
      'portal.answer': () => answerWith(steps.waiting),
    })
    await userEvent.type(await screen.findByRole('textbox', { name: 'Your answer' }), ' Amina  {Enter}')
    expect(asked('portal.answer').map(reply)).toEqual([{ kind: 'text', text: 'Amina' }])
  })

  it('asks for something to send, or "I don’t know"', async () => {
    const { asked } = await showStep(questions.assetTag, { 'portal.answer': () => answerWith(steps.waiting) })
    await userEvent.type(await screen.findByRole('textbox', { name: 'Your answer' }), '  {Enter}')
    expect(screen.getByRole('alert').textContent).toContain('Please type an answer')
    await userEvent.click(screen.getByRole('button', { name: 'I don’t know' }))
    expect(asked('portal.answer').map(reply)).toEqual([{ kind: 'dont_know' }])
  })

  it('sends a month as YYYY-MM, and only when both parts are there', async () => {
    const { asked } = await showStep(questions.startMonth, {
      'portal.answer': () => answerWith(steps.waiting),
    })
    await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'Month' }), 'May')
    await userEvent.type(screen.getByRole('textbox', { name: 'Year' }), '20x2{Enter}')
    expect(screen.getByRole('alert')).toBeTruthy()
    await userEvent.type(screen.getByRole('textbox', { name: 'Year' }), '1{Enter}')
    expect(asked('portal.answer').map(reply)).toEqual([{ kind: 'text', text: '2021-05' }])
  })

  it('takes a year in a field of four digits', async () => {
    const { asked } = await showStep(questions.startYear, {
      'portal.answer': () => answerWith(steps.waiting),
    })
    const year = await screen.findByRole('textbox', { name: 'Year' })
    expect([year.getAttribute('inputmode'), year.getAttribute('maxlength')]).toEqual(['numeric', '4'])
    await userEvent.type(year, '2016{Enter}')
    expect(asked('portal.answer').map(reply)).toEqual([{ kind: 'text', text: '2016' }])
  })

  it('remembers for the next question that an aid types', async () => {
    const { asked } = await showStep(questions.managerTyped, {
      'portal.answer': () => answerWith(questions.assetTag),
    })
    await userEvent.click(
      await screen.findByRole('checkbox', { name: 'I dictate, or an aid types or clicks for me' }),
    )
    await userEvent.type(screen.getByRole('textbox', { name: 'Your answer' }), 'Amina{Enter}')
    await heading('What are the last 4 characters of the asset tag on your laptop? It is on the sticker.')
    expect(asked('portal.answer')).toMatchObject([{ summary: { accessibility: true } }])
    const aid = screen.getByRole<HTMLInputElement>('checkbox')
    expect(aid.checked).toBe(true)
    await userEvent.click(aid)
  })
})

describe('time', () => {
  const later = { ...questions.manager, secondsLeft: 3 }

  it('is given more of on a press, without losing what was chosen', async () => {
    const more = answerWith({ ...later, secondsLeft: 123 })
    const { asked } = await showStep(later, { 'portal.moreTime': () => more })
    await userEvent.click(await screen.findByRole('radio', { name: 'Amina Haddad' }))
    await userEvent.click(screen.getByRole('button', { name: 'I need more time' }))
    expect(asked('portal.moreTime')).toEqual([{ position: 0 }])
    await waitFor(() => expect(screen.getByRole('timer').textContent).toMatch(/^2:0[0-3]$/))
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Amina Haddad' }).checked).toBe(true)
  })

  it('warns once before the end, and ends the question that it belongs to', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
    const { asked } = await showStep(
      { ...questions.manager, secondsLeft: 21 },
      { 'portal.answer': () => answerWith(questions.managerTyped) },
    )
    expect(screen.queryByText(/Less than 20 seconds/)).toBeNull()
    await vi.advanceTimersByTimeAsync(1500)
    expect(screen.getByText(/Less than 20 seconds/)).toBeTruthy()
    expect(asked('portal.answer')).toEqual([])
    await vi.advanceTimersByTimeAsync(20_000)
    expect(asked('portal.answer')).toMatchObject([{ position: 0, reply: { kind: 'time_is_up' } }])
    vi.useRealTimers()
    await heading('What is the name of your direct manager?')
  })

  it('that ran out while the device slept never ends a later question', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
    const { asked, visit, replies } = await showStep(later)
    replies['portal.step'] = () => answerWith(questions.managerTyped)
    await visit.refresh()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked('portal.answer')).toEqual([])
    vi.useRealTimers()
    await heading('What is the name of your direct manager?')
  })

  it('is set by the server when the page is looked at again', async () => {
    const { asked, replies } = await showStep(questions.manager)
    await heading('Who is your direct manager?')
    replies['portal.step'] = () => answerWith({ ...questions.manager, secondsLeft: 40 })
    document.dispatchEvent(new Event('visibilitychange'))
    await waitFor(() => expect(screen.getByRole('timer').textContent).toBe('0:40'))
    expect(asked('portal.step')).toHaveLength(2)
  })
})
