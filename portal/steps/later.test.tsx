import { screen, waitFor } from '@solidjs/testing-library'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { endings } from '#api/contract/portal.ts'
import { passwordRuleCodes } from '#domain/password.ts'
import { readersLocale } from '#platform/ui/locale.ts'
import { later as enLater } from '../copy/en/later.ts'
import { answerWith, steps } from '../testing/answers.ts'
import { showStep } from '../testing/show-step.tsx'

const heading = (name: string) => screen.findByRole('heading', { level: 1, name })

describe('every step', () => {
  it('has a component with a heading that takes the focus', async () => {
    for (const step of Object.values(steps)) {
      const { container } = await showStep(step)
      await waitFor(() => expect(container.querySelector('h1')).toBe(document.activeElement))
      container.remove()
    }
  })
})

describe('waiting', () => {
  it('asks ever more slowly and stops when the step is over', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { asked, replies } = await showStep(steps.waiting)
    await vi.advanceTimersByTimeAsync(30_000)
    const polls = asked('portal.step').length
    expect(polls).toBeGreaterThan(10)
    expect(polls).toBeLessThan(20)
    replies['portal.step'] = () => answerWith(steps.ended)
    await vi.advanceTimersByTimeAsync(3100)
    const last = asked('portal.step').length
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked('portal.step')).toHaveLength(last)
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Your password has been changed')
  })

  it('says so while it cannot ask, and continues', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { replies } = await showStep(steps.waiting)
    replies['portal.step'] = () => ({ refuse: 0 })
    await vi.advanceTimersByTimeAsync(1000)
    expect(screen.getByRole('alert').textContent).toContain('No connection')
    replies['portal.step'] = () => answerWith(steps.ended)
    await vi.advanceTimersByTimeAsync(4000)
    expect(screen.queryByRole('alert')).toBeNull()
  })
})

describe('a result that is not known yet', () => {
  const unknown = { ...steps.ended, ending: 'password_unknown' } as const

  it('says what happens meanwhile, asks ever more slowly, and moves on once it is settled', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { asked, replies } = await showStep(unknown)
    await vi.advanceTimersByTimeAsync(0)
    expect(screen.getByText(/moves on by itself as soon as we know/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Easy' })).toBeNull()
    await vi.advanceTimersByTimeAsync(120_000)
    const polls = asked('portal.step').length
    expect(polls).toBeGreaterThan(6)
    expect(polls).toBeLessThan(12)
    replies['portal.step'] = () => answerWith(steps.ended)
    await vi.advanceTimersByTimeAsync(20_500)
    const heading = screen.getByRole('heading', { level: 1 })
    expect(heading.textContent).toBe('Your password has been changed')
    expect(document.activeElement).toBe(heading)
    const last = asked('portal.step').length
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked('portal.step')).toHaveLength(last)
  })

  it('stops asking after a quarter of an hour and sends to the help desk', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { asked } = await showStep(unknown)
    await vi.advanceTimersByTimeAsync(16 * 60_000)
    expect(screen.getByRole('status').textContent).toContain('ask the help desk')
    const last = asked('portal.step').length
    await vi.advanceTimersByTimeAsync(10 * 60_000)
    expect(asked('portal.step')).toHaveLength(last)
  })
})

describe('the second code', () => {
  it('names the masked contact and the tries left', async () => {
    const wrong = answerWith({ ...steps.second_code, wrong: true, triesLeft: 2 })
    const { asked } = await showStep(steps.second_code, { 'portal.secondCode': () => wrong })
    expect(await screen.findByText(/^We sent six digits to a•••@northwind\.example/)).toBeTruthy()
    await userEvent.type(screen.getByRole('textbox', { name: 'Six digits' }), '123456{Enter}')
    expect((await screen.findByRole('alert')).textContent).toBe('That is not the code. 2 tries are left.')
    expect(asked('portal.secondCode')).toMatchObject([
      { code: '123456', summary: { untrusted: ['keydown', 'input', 'click'] } },
    ])
  })
})

describe('a second code that did not arrive', () => {
  const [email, phone] = steps.second_code.again?.choices ?? []
  const ready = (again: Partial<NonNullable<typeof steps.second_code.again>>) => ({
    ...steps.second_code,
    again: { secondsLeft: 0, isHeld: false, choices: [email!, phone!], ...again },
  })
  const sendTo = (masked: string) =>
    screen.findByRole('button', {
      name: `Send a new code to ${masked.replaceAll(' ', '\u00a0')}`,
      hidden: true,
    })

  it('is sent to the contact that the participant chooses', async () => {
    const { asked } = await showStep(ready({}), {
      'portal.sendSecondCode': () => answerWith(steps.second_code),
    })
    await userEvent.click(await sendTo('+1 ••• 0142'))
    await waitFor(() => expect(asked('portal.sendSecondCode')).toEqual([{ contactId: phone?.id }]))
  })

  it('waits until the message had time to arrive, and says how long', async () => {
    const { asked } = await showStep(steps.second_code, {})
    const button = await sendTo('a•••@northwind.example')
    expect(button.getAttribute('aria-disabled')).toBe('true')
    await userEvent.click(button)
    expect(screen.getByText(/^You can ask for another code in (1:00|0:59)\.$/)).toBeTruthy()
    expect(asked('portal.sendSecondCode')).toEqual([])
  })

  it('stays good where a limit holds the next one back', async () => {
    await showStep(ready({ isHeld: true, secondsLeft: 600 }), {})
    expect(await screen.findByText(/The code that you got still counts/)).toBeTruthy()
    expect(screen.getByLabelText('Six digits')).toBeTruthy()
  })

  it('has no field any more when it is too old', async () => {
    await showStep({ ...ready({}), isExpired: true }, {})
    expect(await screen.findByRole('heading', { name: 'This code is too old' })).toBeTruthy()
    expect(screen.queryByLabelText('Six digits')).toBeNull()
    expect(await sendTo('+1 ••• 0142')).toBeTruthy()
  })

  it('is said to be the last one after the last', async () => {
    await showStep({ ...steps.second_code, again: null }, {})
    expect(await screen.findByText('We cannot send another code for this request.')).toBeTruthy()
  })
})

describe('a second code that cannot be read', () => {
  it('may be filled in by the phone, and is given up where no message arrives', async () => {
    const { asked } = await showStep(steps.second_code, {
      'portal.withoutSecondCode': () => answerWith({ ...steps.waiting, isAlone: true }),
    })
    const field = await screen.findByRole('textbox', { name: 'Six digits' })
    expect(field.getAttribute('autocomplete')).toBe('one-time-code')
    await userEvent.click(screen.getByRole('button', { name: 'I cannot get messages there' }))
    // Nobody is on the phone, and the page does not say so.
    await screen.findByRole('heading', { level: 1, name: /A person of the help desk decides/ })
    expect(screen.queryByText(/stay on the line/)).toBeNull()
    expect(asked('portal.withoutSecondCode')).toEqual([{}])
  })
})

describe('a second code that may not be sent now', () => {
  const { second_code_refused: refused } = steps

  it('says from when on it may, and what else there is; the button waits for the server', async () => {
    const { asked } = await showStep(refused, { 'portal.withoutSecondCode': () => answerWith(steps.waiting) })
    const when = new Intl.DateTimeFormat(readersLocale('en'), { dateStyle: 'medium', timeStyle: 'short' })
    expect((await screen.findByText(/next code from/)).textContent).toBe(
      `You can get the next code from ${when.format(new Date(refused.sendAt ?? ''))}.`,
    )
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send the code now' }).disabled).toBe(true)
    expect(screen.getByText(/tell the agent/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Go on without the code' }))
    await screen.findByRole('heading', { level: 1, name: /looking at your request/ })
    expect(asked('portal.withoutSecondCode')).toEqual([{}])
  })

  it('is sent at a press once its time has come', async () => {
    const { asked } = await showStep(
      { ...refused, secondsLeft: 0 },
      { 'portal.sendSecondCode': () => answerWith(steps.second_code) },
    )
    await userEvent.click(await screen.findByRole('button', { name: 'Send the code now' }))
    await screen.findByRole('heading', { level: 1, name: 'Type the code we sent you' })
    expect(asked('portal.sendSecondCode')).toEqual([{}])
  })

  it('says that the provider refused the message, and offers the code at once', async () => {
    await showStep({
      ...refused,
      ...{ because: 'delivery', contactMasked: 'a•••@northwind.example', secondsLeft: 0 },
    })
    await screen.findByRole('heading', { level: 1, name: 'We could not deliver your code' })
    expect(screen.getByText(/a•••@northwind\.example/).textContent).toMatch(/could not be delivered/)
    expect(screen.getByText('You can ask for the code again now.')).toBeTruthy()
    expect(screen.queryByText(/Too many messages/)).toBeNull()
    expect(screen.queryByText(/next code from/)).toBeNull()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send the code now' }).disabled).toBe(false)
  })

  it.each([
    ['its tries are used up', { ...refused, secondsLeft: 0, asksLeft: 0 }],
    ['no time is left for it', { ...refused, sendAt: null, secondsLeft: null }],
  ])('offers only the other way where %s', async (_, step) => {
    await showStep({ ...step, otherWay: 'approver' })
    expect(await screen.findByText('We cannot send another code for this request.')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Send the code now' })).toBeNull()
    expect(screen.getByText(/ask your manager/)).toBeTruthy()
  })
})

describe('the new password', () => {
  const field = () => screen.findByLabelText<HTMLInputElement>('New password')
  const states = () =>
    screen.getAllByRole('listitem').map((item) => item.querySelector('.hidden')?.textContent)

  it('N5: shows the rules while typing and asks the server only what it alone knows', async () => {
    const { asked } = await showStep(steps.new_password, {
      'portal.checkPassword': () => ({
        accepted: false,
        rules: passwordRuleCodes.map((key) => ({ key, kept: key !== 'guessable' })),
      }),
    })
    await userEvent.type(await field(), 'lindt')
    expect(states()).toEqual([': not met yet', ': not met yet', ': not checked yet', ': not checked yet'])
    await userEvent.clear(await field())
    await userEvent.type(await field(), 'four quiet herons')
    await waitFor(() => expect(states()).toEqual([': met', ': met', ': met', ': not met yet']))
    expect(asked('portal.checkPassword')).toEqual([{ password: 'four quiet herons' }])
  })

  it('N5: takes a paste of any length and cuts nothing off', async () => {
    const { asked } = await showStep(steps.new_password)
    ;(await field()).focus()
    await userEvent.paste('long '.repeat(60))
    expect(await field()).toHaveProperty('value', 'long '.repeat(60))
    expect(screen.getByText('At most 256 characters')).toBeTruthy()
    await userEvent.keyboard('{Enter}')
    expect(screen.getByRole('alert').textContent).toBe('Please meet every rule of the list first.')
    expect(asked('portal.setPassword')).toEqual([])
  })

  it('can be looked at, and is hidden at first', async () => {
    await showStep(steps.new_password)
    expect(await field()).toHaveProperty('type', 'password')
    await userEvent.click(screen.getByRole('button', { name: 'Show' }))
    expect(await field()).toHaveProperty('type', 'text')
    await userEvent.click(screen.getByRole('button', { name: 'Hide' }))
    expect(await field()).toHaveProperty('type', 'password')
  })

  it('is not looked at any more once it is being set', async () => {
    const { asked } = await showStep(steps.new_password, {
      'portal.setPassword': () => answerWith(steps.ended),
    })
    const input = await field()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const user = userEvent.setup({ delay: null })
    await user.type(input, 'four quiet herons waltz{Enter}')
    vi.advanceTimersByTime(10_000)
    expect(asked('portal.setPassword')).toEqual([{ password: 'four quiet herons waltz' }])
    expect(asked('portal.checkPassword')).toEqual([])
  })

  it('N4: says when the directory refused, and how many tries are left', async () => {
    const refused = { ...steps.new_password, refusedBy: ['directory'], triesLeft: 3 }
    const { asked } = await showStep(steps.new_password, { 'portal.setPassword': () => answerWith(refused) })
    await userEvent.type(await field(), 'four quiet herons waltz{Enter}')
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('directory does not accept this one')
    expect(alert.textContent).toContain('3 tries are left.')
    expect(asked('portal.setPassword')).toEqual([{ password: 'four quiet herons waltz' }])
  })

  it('has a sentence for every rule that the domain knows', () => {
    const words = passwordRuleCodes.map((code) => enLater.password.rule(code, 15, 256))
    expect(new Set([...words, enLater.password.rule('directory', 15, 256)]).size).toBe(words.length + 1)
  })
})

describe('the end', () => {
  it('has words for every ending', async () => {
    for (const ending of endings) {
      const { container } = await showStep({ ...steps.ended, ending })
      expect(await heading(enLater.ended[ending][0])).toBe(document.activeElement)
      container.remove()
    }
  })

  it('sends a rating on one tap, and again with the comment', async () => {
    const { asked } = await showStep(steps.ended, { 'portal.feedback': () => undefined })
    const easy = await screen.findByRole('button', { name: 'Easy' })
    await userEvent.click(easy)
    await userEvent.click(easy)
    expect(easy.getAttribute('aria-pressed')).toBe('true')
    await userEvent.type(screen.getByRole('textbox', { name: /Anything to add/ }), ' Quick. ')
    await userEvent.click(screen.getByRole('button', { name: 'Send' }))
    expect(await screen.findByText('Thank you.')).toBeTruthy()
    expect(asked('portal.feedback')).toEqual([
      { rating: 'easy', comment: null },
      { rating: 'easy', comment: 'Quick.' },
    ])
  })

  it('takes the same tap again when it did not arrive', async () => {
    const { asked, replies } = await showStep(steps.ended, { 'portal.feedback': () => ({ refuse: 0 }) })
    await userEvent.click(await screen.findByRole('button', { name: 'Hard' }))
    expect((await screen.findByRole('alert')).textContent).toContain('No connection')
    replies['portal.feedback'] = () => undefined
    await userEvent.click(screen.getByRole('button', { name: 'Hard' }))
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
    expect(asked('portal.feedback')).toHaveLength(2)
  })

  it('asks nothing where a rating was given', async () => {
    await showStep({ ...steps.ended, feedbackGiven: true })
    await heading('Your password has been changed')
    expect(screen.queryByRole('button')).toBeNull()
  })
})

describe('a second sign-in step that is removed', () => {
  const done = { ...steps.ended, ending: 'mfa_reset', enrolment: 'ready' } as const

  it('is not asked for on a page that is not the browser of the session', async () => {
    await showStep({ ...steps.ended, ending: 'not_this_browser' })
    await heading('This page cannot be used any more')
    expect(screen.queryByRole('button', { name: 'Easy' })).toBeNull()
  })

  it('happens by a press on this page, which says before what it leads to', async () => {
    const { asked } = await showStep(steps.reset_mfa, { 'portal.resetMfa': () => answerWith(done) })
    expect(await screen.findByText(/stops working/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Remove it now' }))
    expect(await screen.findByText('Your second sign-in step has been removed')).toBeTruthy()
    expect(asked('portal.resetMfa')).toHaveLength(1)
  })

  it('B2: the code comes by a press, once, with its end; nothing is asked for by itself', async () => {
    const { asked } = await showStep(done, {
      'portal.showEnrolmentCode': () => ({ code: 'BCDF-2345-GHJK', expiresAt: '2026-01-05T13:42:00.000Z' }),
    })
    const show = await screen.findByRole('button', { name: 'Show the code' })
    expect(asked('portal.showEnrolmentCode')).toHaveLength(0)
    await userEvent.click(show)
    expect(await screen.findByText('BCDF-2345-GHJK')).toBeTruthy()
    expect(screen.getByText(/for one use/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Show the code' })).toBeNull()
  })

  it.each([
    ['shown', /shown here once/],
    ['over', /time to look at the code is over/],
    ['none', /need no code/],
    ['lost', /cannot be shown here/],
  ] as const)('says what to do where the code is %s', async (enrolment, words) => {
    await showStep({ ...done, enrolment })
    expect(await screen.findByText(words)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Show the code' })).toBeNull()
  })
})
