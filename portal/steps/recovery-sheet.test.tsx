import { screen, waitFor } from '@solidjs/testing-library'
import { userEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { recoveryCodeOf } from '#domain/recovery-code.ts'
import { answerWith, steps } from '../testing/answers.ts'
import { showStep } from '../testing/show-step.tsx'

const code = recoveryCodeOf(Array.from({ length: 14 }, (_, n) => n))
const codes = Array.from({ length: 10 }, (_, n) =>
  recoveryCodeOf(Array.from({ length: 14 }, (_, m) => m + n)),
)
const step = steps.recovery_sheet
const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }))
const alert = async () => (await screen.findByRole('alert')).textContent

describe('the step that asks for a code', () => {
  it('sends a code in its one form, however it was typed', async () => {
    const { asked } = await showStep(step, { 'portal.recoveryCode': () => answerWith(steps.waiting) })
    await userEvent.type(
      await screen.findByLabelText('Recovery code'),
      code.toLowerCase().replaceAll('-', ' '),
    )
    await press('Use this code')
    await screen.findByRole('heading', { level: 1, name: /looking at your request/ })
    expect(asked('portal.recoveryCode')).toEqual([{ code }])
  })

  it('says a typing error at once, sends nothing, and keeps what was typed to be mended', async () => {
    const { asked } = await showStep(step)
    const field = await screen.findByLabelText('Recovery code')
    await userEvent.type(field, `${code.slice(0, -1)}9`)
    await press('Use this code')
    expect(await alert()).toMatch(/typing error.*costs no try/)
    expect([asked('portal.recoveryCode'), (field as HTMLInputElement).value]).toEqual([
      [],
      `${code.slice(0, -1)}9`,
    ])
    await userEvent.type(field, '{Backspace}')
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('says how many tries are left after a code that does not count, and empties the field', async () => {
    await showStep(step, {
      'portal.recoveryCode': () => answerWith({ ...step, problem: 'wrong', triesLeft: 1 }),
    })
    const field = await screen.findByLabelText('Recovery code')
    await userEvent.type(field, code)
    await press('Use this code')
    expect(await alert()).toBe('This code does not count. One try is left.')
    expect((field as HTMLInputElement).value).toBe('')
  })

  it('goes on without one', async () => {
    const { asked } = await showStep(step, {
      'portal.withoutRecoveryCode': () => answerWith(steps.waiting),
    })
    await press('I have no sheet here')
    await screen.findByRole('heading', { level: 1, name: /looking at your request/ })
    expect(asked('portal.withoutRecoveryCode')).toEqual([{}])
  })

  it('speaks German', async () => {
    const { container } = await showStep(step, {}, 'de')
    await screen.findByRole('button', { name: 'Diesen Code benutzen' })
    expect(container.textContent).toContain('Ich habe kein Blatt hier')
  })
})

const ended = { ...steps.ended, ending: 'password_changed', sheet: 'offered' } as const
const sheetId = '0f6b2c9e-8f53-4cf7-9a55-6a1c6d3b1a10'

describe('the offer of a sheet', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  it('shows ten codes when asked, prints them, and counts them only once they are on paper', async () => {
    const print = vi.fn()
    vi.stubGlobal('print', print)
    const { container, asked } = await showStep(ended, {
      'portal.drawSheet': () => ({ sheetId, codes }),
      'portal.activateSheet': () => answerWith({ ...ended, sheet: 'made' }),
    })
    await screen.findByRole('heading', { name: 'Print recovery codes for next time?' })
    expect(asked('portal.drawSheet')).toEqual([])
    await press('Show the codes')
    expect((await screen.findAllByRole('listitem')).map(({ textContent }) => textContent)).toEqual(codes)
    await press('Print')
    expect(print).toHaveBeenCalledOnce()
    expect(asked('portal.activateSheet')).toEqual([])
    await press('I have them on paper')
    await screen.findByRole('heading', { name: 'Your recovery sheet is made' })
    expect(asked('portal.activateSheet')).toEqual([{ sheetId }])
    expect(container.textContent).not.toContain(codes[0])
  })

  it('takes codes away that can no longer be made to count', async () => {
    const { container } = await showStep(ended, {
      'portal.drawSheet': () => ({ sheetId, codes }),
      'portal.activateSheet': () => ({ refuse: 409 }),
      'portal.step': () => answerWith(ended),
    })
    await press('Show the codes')
    await press('I have them on paper')
    expect(await alert()).toMatch(/No sheet was made.*Throw away codes/)
    expect(container.textContent).not.toContain(codes[0])
  })

  it('keeps the codes on the page while nothing arrives, and asks again with the same', async () => {
    const answers = [{ refuse: 0 }, { refuse: 503 }, answerWith({ ...ended, sheet: 'made' })]
    const { asked } = await showStep(ended, {
      'portal.drawSheet': () => ({ sheetId, codes }),
      'portal.activateSheet': () => answers.shift() ?? { refuse: 409 },
    })
    await press('Show the codes')
    for (const times of [1, 2]) {
      await press('I have them on paper')
      await waitFor(() => expect(asked('portal.activateSheet')).toHaveLength(times))
      await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(10))
    }
    await press('I have them on paper')
    await screen.findByRole('heading', { name: 'Your recovery sheet is made' })
    expect(asked('portal.activateSheet')).toEqual([{ sheetId }, { sheetId }, { sheetId }])
  })

  it('says that none was made when the server does not answer', async () => {
    await showStep(ended, {
      'portal.drawSheet': () => ({ refuse: 503 }),
      'portal.step': () => answerWith(ended),
    })
    await press('Show the codes')
    expect(await alert()).toMatch(/No sheet was made/)
  })

  it('can be left, and says no more', async () => {
    await showStep(ended)
    await press('No, thank you')
    await waitFor(() => {
      expect(screen.queryByRole('heading', { name: /Print recovery codes/ })).toBeNull()
    })
  })
})
