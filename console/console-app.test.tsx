import { describe, expect, it, vi } from 'vitest'
import { screen, waitFor } from '@solidjs/testing-library'
import { refusing } from './testing/answers.ts'
import { sessionOf } from './testing/fixtures.ts'
import { mountConsole } from './testing/mount.tsx'

describe('the session', () => {
  it('leads to the sign-in and back to where one wanted to go', async () => {
    await mountConsole('/verifications?outcome=failed', {
      answers: { 'console.session': refusing('sign_in_required', 401) },
    })
    const link = await screen.findByRole('link', { name: 'Sign in' })
    expect(link.getAttribute('href')).toBe(
      `/auth/sign-in?return_to=${encodeURIComponent('/verifications?outcome=failed')}`,
    )
    expect(screen.queryByText(/session has ended/)).toBeNull()
  })

  it('says that a sign-in did not work, and lets the provider ask anew, so that another account can be taken', async () => {
    await mountConsole('/?sign-in=failed', {
      answers: { 'console.session': refusing('sign_in_required', 401) },
    })
    expect((await screen.findByRole('alert')).textContent).toContain('did not work')
    const link = await screen.findByRole('link', { name: 'Sign in' })
    expect(link.getAttribute('href')).toBe('/auth/sign-in?again=1&return_to=%2F')
  })

  it('F3: gives way to the sign-in, with nothing left on the screen, as soon as a call says that it is over', async () => {
    const answers = { 'console.listVerifications': refusing('session_ended', 401) }
    await mountConsole('/verifications', { answers })
    expect(await screen.findByText(/Your session has ended/)).toBeTruthy()
    expect(screen.queryByRole('navigation')).toBeNull()
  })

  it('says when the server cannot be reached, and tries again', async () => {
    let isUp = false
    const { user } = await mountConsole('/people', {
      answers: {
        'console.session': () => (isUp ? sessionOf('agent') : refusing('unavailable', 503)()),
      },
    })
    const retry = await screen.findByRole('button', { name: 'Try again' })
    isUp = true
    await user.click(retry)
    expect(await screen.findByRole('searchbox')).toBeTruthy()
  })

  it('asks for no stream while its place is another page’s, looks from time to time, and comes back when it is turned to', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const { stream, callsTo } = await mountConsole('/people')
    await screen.findByRole('searchbox')
    const asked = callsTo('console.session').length
    stream.miss('pause')
    expect(stream.count()).toBe(0)
    vi.advanceTimersByTime(30_000)
    await waitFor(() => expect(callsTo('console.session').length).toBe(asked + 1))
    expect(stream.count()).toBe(0)
    window.dispatchEvent(new Event('focus'))
    document.dispatchEvent(new Event('visibilitychange'))
    expect(stream.count()).toBe(1)
    vi.advanceTimersByTime(90_000)
    expect(callsTo('console.session').length).toBe(asked + 1)
    vi.useRealTimers()
  })

  it('stays on the screen, with all that was typed, while the server cannot be reached', async () => {
    let status = 200
    const { user, stream, callsTo } = await mountConsole('/people', {
      answers: {
        'console.session': () => (status === 200 ? sessionOf('agent') : refusing('unavailable', status)()),
      },
    })
    const search = await screen.findByRole<HTMLInputElement>('searchbox')
    await user.type(search, 'li')
    const asked = callsTo('console.session').length
    status = 503
    stream.miss('open')
    await waitFor(() => expect(callsTo('console.session').length).toBe(asked + 1))
    await new Promise((done) => setTimeout(done))
    expect(screen.getByRole('searchbox')).toBe(search)
    expect(search.value).toBe('li')
    status = 401
    stream.miss('open')
    await waitFor(() => {
      expect(screen.queryByRole('searchbox')).toBeNull()
      expect(screen.getByRole('link', { name: 'Sign in' })).toBeTruthy()
    })
  })
})

describe('the shell', () => {
  it('links only to screens that the role may see', async () => {
    await mountConsole('/people', { role: 'agent' })
    const nav = await screen.findByRole('navigation', { name: 'Screens' })
    const names = (links: string) => [...nav.querySelectorAll(links)].map((link) => link.textContent)
    expect(names('ul a')).toEqual(['Verifications', 'Queue', 'People'])
    // Pages about one's own account are in the account's menu.
    expect(names('details a')).toEqual(['Security'])
  })

  it('lists its keys with ?', async () => {
    const { user } = await mountConsole('/verifications')
    await screen.findByRole('navigation')
    await user.keyboard('?')
    const dialog = await screen.findByRole('dialog', { name: 'Keyboard' })
    for (const key of ['/', 'Ctrl', 'n', 'j', 'k', 'Enter', 'Esc', 'a', 'r', '?'])
      expect([...dialog.querySelectorAll('kbd')].map((kbd) => kbd.textContent)).toContain(key)
    // Keys rest while a dialog is open.
    await user.keyboard('n')
    expect(location.pathname).toBe('/verifications')
  })

  it('speaks another language at once, and remembers it', async () => {
    const { user } = await mountConsole('/people')
    await screen.findByRole('heading', { name: 'People' })
    await user.selectOptions(screen.getByRole('combobox', { name: 'Language', hidden: true }), 'de')
    expect(await screen.findByRole('heading', { name: 'Personen' })).toBeTruthy()
    await waitFor(() => expect(document.documentElement.lang).toBe('de'))
    expect(localStorage.getItem('countersign.language')).toBe('de')
    // F11: that preference is all that is kept.
    expect(localStorage.length).toBe(1)
  })

  it('shows in what this install is less safe than it should be', async () => {
    await mountConsole('/people')
    expect((await screen.findByRole('complementary', { name: 'Notices' })).textContent).toContain(
      'The sign-in provider runs on this machine',
    )
  })
})
