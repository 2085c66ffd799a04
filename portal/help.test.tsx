import { render, screen } from '@solidjs/testing-library'
import { userEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import type { Language } from '#domain/languages.ts'
import { HelpPage } from './HelpPage.tsx'
import { tabAt } from './testing/tab.ts'
import { createVisit } from './visit.ts'

const sent: { path: string; body: unknown }[] = []
afterEach(() => void (sent.length = 0))

const show = (status = 204, language: Language = 'en') => {
  const answer: typeof fetch = async (input, init) => {
    const request = new Request(new URL(input as string, location.href), init)
    sent.push({ path: new URL(request.url).pathname, body: await request.json() })
    const problem = { type: 'about:blank', title: 'x', status, code: 'unavailable', requestId: 'r' }
    return status === 204 ? new Response(null, { status }) : new Response(JSON.stringify(problem), { status })
  }
  const visit = createVisit(tabAt('/help', null), answer)
  render(() => <HelpPage visit={visit} language={language} />)
}

describe('the page for people who help themselves', () => {
  it('H1: asks what and who, sends those two, and says the same to everybody', async () => {
    show()
    await userEvent.click(screen.getByRole('radio', { name: 'My account is locked' }))
    await userEvent.type(screen.getByRole('textbox', { name: /login or work e-mail/ }), ' ada {Enter}')
    expect(await screen.findByText(/If there is an account that we can help with/)).toBeTruthy()
    expect(sent).toEqual([{ path: '/api/public/help', body: { who: 'ada', purpose: 'account_unlock' } }])
    expect(document.activeElement?.textContent).toBe('Look at your messages')
  })

  it('says what is missing, and keeps what was typed when it could not be sent', async () => {
    show(503)
    await userEvent.click(screen.getByRole('button', { name: 'Continue' }))
    expect(screen.getByRole('alert').textContent).toContain('Please choose one')
    expect(sent).toEqual([])
    await userEvent.click(screen.getByRole('radio', { name: 'I forgot my password' }))
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: /login or work e-mail/ })
    await userEvent.type(field, 'ada{Enter}')
    expect((await screen.findByRole('alert')).textContent).toContain('did not work')
    expect(field.value).toBe('ada')
  })

  it('is there in German, too', async () => {
    show(204, 'de')
    expect(await screen.findByRole('radio', { name: 'Ich habe mein Passwort vergessen' })).toBeTruthy()
  })
})
