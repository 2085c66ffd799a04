import { render, screen } from '@solidjs/testing-library'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EnrolmentPage as Page } from '#api/contract/passkeys.ts'
import type { Language } from '#domain/languages.ts'
import { speakPages } from './copy/pages.ts'
import { EnrolmentPage } from './EnrolmentPage.tsx'
import { tabAt } from './testing/tab.ts'
import { createVisit } from './visit.ts'

const brand = { name: 'Northwind', accent: null, helpdeskPhone: null }
const start: Page = { kind: 'start', isOffered: true, host: 'id.example.org' }
const signedIn: Page = { kind: 'signed_in', brand, name: 'Ada Lindt', passkeys: [], isFull: false }
const passkey = { name: 'Chrome, Windows', createdAt: '2026-11-20T10:00:00.000Z', state: 'usable' as const }
const creation = {
  ...{ challenge: 'AAAA', rp: { id: 'portal.localhost', name: 'Northwind' }, algorithms: [-7] },
  ...{ user: { id: 'AAAA', name: 'ada', displayName: 'Ada' }, exclude: [], seconds: 300 },
}
const gone = { type: 'about:blank', title: 'x', status: 404, code: 'link_unusable', requestId: 'r' }

type Answers = Readonly<Record<string, readonly unknown[]>>
let called: string[] = []
/** Answers each path in turn; the last one again. Null: the session is over. */
const show = (answers: Answers, language: Language = 'en') => {
  const answer: typeof fetch = (input) => {
    const path = new URL(input as string, location.href).pathname.replace('/api/public/enrolment/', '')
    const of = answers[path] ?? []
    const found = of[Math.min(called.filter((one) => one === path).length, of.length - 1)]
    called.push(path)
    if (found === undefined) return Promise.reject(new TypeError('offline'))
    return Promise.resolve(
      found === null
        ? new Response(JSON.stringify(gone), { status: 404 })
        : new Response(JSON.stringify(found), { status: 200 }),
    )
  }
  const visit = createVisit(tabAt('/enrol', null), answer)
  render(() => <EnrolmentPage visit={visit} language={language} />)
}
const button = (name: string | RegExp) => screen.findByRole('button', { name })
const press = async (name: string) => userEvent.click(await button(name))

const create = vi.fn()
beforeEach(() => {
  vi.stubGlobal('PublicKeyCredential', class {})
  Object.defineProperty(navigator, 'credentials', { value: { create }, configurable: true })
  create.mockResolvedValue({
    id: 'AAAA',
    response: {
      clientDataJSON: new ArrayBuffer(1),
      attestationObject: new ArrayBuffer(1),
      getTransports: () => [],
    },
  })
})
afterEach(async () => {
  // The words are one state for all pages, and for the tests of other pages that follow.
  await speakPages('en')
  called = []
  create.mockReset()
  vi.unstubAllGlobals()
  history.replaceState(null, '', '/')
})

describe('B23: the page where people set up a passkey in advance', () => {
  it('says that it is closed where no organisation offers it', async () => {
    show({ read: [{ ...start, isOffered: false }] })
    expect(await screen.findByText('You cannot set up a passkey here')).toBeTruthy()
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('says where the sign-in leads, and that a provider which is down may be tried later', async () => {
    show({ read: [start], 'sign-in': [{ url: null }] })
    expect(await screen.findByText('id.example.org')).toBeTruthy()
    await press('Go to the sign-in')
    expect((await screen.findByRole('alert')).textContent).toContain('Try again later')
  })

  it.each([
    ['weak', 'A password can be stolen'],
    ['stale', 'already signed in'],
    ['unanswered', 'did not finish'],
    ['not_possible', 'cannot set up a passkey with this account'],
  ])('says of a sign-in that was %s what to do, once', async (said, text) => {
    history.replaceState(null, '', `/enrol?said=${said}`)
    show({ read: [start] })
    expect((await screen.findByRole('alert')).textContent).toContain(text)
    expect(location.search).toBe('')
  })

  it('shows no words of an address that it does not know', async () => {
    history.replaceState(null, '', '/enrol?said=Call%20%2B1%20555')
    show({ read: [start] })
    await button('Go to the sign-in')
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('sets up one passkey, and shows it by name and date', async () => {
    const done: Page = {
      kind: 'done',
      brand,
      name: 'Ada Lindt',
      passkeys: [{ ...passkey, state: 'waiting' }],
    }
    show({ read: [signedIn], 'passkey/begin': [creation], passkey: [done] })
    expect(await screen.findByText('You are signed in as Ada Lindt.')).toBeTruthy()
    expect(screen.getByText('You have none yet.')).toBeTruthy()
    await press('Set up a passkey')
    expect(await screen.findByText('Your passkey is set up')).toBeTruthy()
    expect(screen.getByRole('listitem').textContent).toMatch(/Chrome, Windows, set up on .*2026/)
    expect(called).toEqual(['read', 'passkey/begin', 'passkey'])
  })

  it('a device that made none, or a session that is over, is said, and can be tried again', async () => {
    create.mockRejectedValueOnce(new DOMException('x', 'NotAllowedError'))
    show({ read: [signedIn, signedIn, start], 'passkey/begin': [creation, null] })
    await press('Set up a passkey')
    expect((await screen.findByRole('alert')).textContent).toContain('No passkey was set up')
    await press('Set up a passkey')
    expect((await screen.findByRole('alert')).textContent).toContain('Your time on this page is over')
    await button('Go to the sign-in')
  })

  it('offers none where there are as many as one may have, and lets people sign out', async () => {
    show({ read: [{ ...signedIn, isFull: true, passkeys: [passkey] }, start], leave: [{}] })
    expect(await screen.findByText(/as many passkeys/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Set up a passkey' })).toBeNull()
    await press('Sign out')
    await button('Go to the sign-in')
    expect(called).toEqual(['read', 'leave', 'read'])
  })

  it('is there in German, too, and can be asked again when nothing came', async () => {
    show({ read: [signedIn] }, 'de')
    expect(await button('Passkey einrichten')).toBeTruthy()
  })
})
