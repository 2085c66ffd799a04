import { cleanup, render, screen, waitFor } from '@solidjs/testing-library'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { App } from './App.tsx'
import { languages } from '#domain/languages.ts'
import { pickLanguage } from './copy/index.ts'
import { answerWith, brand, questions, reportPage, steps, token } from './testing/answers.ts'
import { createReplies } from './testing/show-step.tsx'
import { createStore, tabAt } from './testing/tab.ts'

type Replies = Parameters<typeof createReplies>[0]

const open = (
  path: string,
  given: string | null,
  replies: Replies,
  tags = ['en-GB', 'de'],
  store = createStore(),
) => {
  const server = createReplies(replies)
  vi.stubGlobal('fetch', server.fetchWith)
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(tags)
  render(() => <App path={path} tab={tabAt(path, given, store)} />)
  return server
}
const heading = (name: string) => screen.findByRole('heading', { level: 1, name })

describe('the page', () => {
  it('shows the organisation: name, colour, number of the help desk', async () => {
    open('/v', token, { 'public.openLink': () => answerWith(steps.who_asks) })
    await heading('Did you contact the help desk?')
    expect(screen.getByRole('banner').textContent).toContain(brand.name)
    expect(document.documentElement.style.getPropertyValue('--brand')).toBe(brand.accent)
    const phone = screen.getByRole('link', { name: '+1 512 555 0190' })
    expect(phone.getAttribute('href')).toBe('tel:+15125550190')
  })

  it('is neutral for a browser without link and session, and says who to call', async () => {
    const server = open('/v', null, {
      'portal.step': () => ({ refuse: 401 }),
      'public.frontDoor': () => ({ brand }),
    })
    expect(await heading('Open the link in your message again')).toBe(document.activeElement)
    expect(screen.getByText(/Nothing is lost.*ask the help desk for a new link/)).toBeTruthy()
    expect(screen.queryByRole('button')).toBeNull()
    expect(screen.getByRole('link', { name: 'I cannot sign in' }).getAttribute('href')).toBe('/help')
    expect(await screen.findByRole('link', { name: '+1 512 555 0190' })).toBeTruthy()
    expect(server.asked('public.frontDoor')).toEqual([{ organisation: null }])
  })

  it('is the front door at the first address and at that of an organisation', async () => {
    const replies: Replies = {
      'portal.step': () => ({ refuse: 401 }),
      'public.frontDoor': ({ body }) => ({ brand: body.organisation === null ? null : brand }),
    }
    open('/', null, replies)
    expect(await heading('Help with signing in')).toBe(document.activeElement)
    expect(screen.getByRole('banner').textContent).not.toContain(brand.name)
    cleanup()
    const server = open('/northwind', null, replies)
    expect(await heading('Help with signing in')).toBe(document.activeElement)
    expect(await screen.findByText(brand.name)).toBeTruthy()
    expect(server.asked('portal.step')).toEqual([])
  })

  it('shows the visit of this browser at the first address', async () => {
    open('/', null, { 'portal.step': () => answerWith(questions.device) })
    expect(await heading('Which laptop is registered to you?')).toBeTruthy()
  })

  it('can be tried again when nothing arrived', async () => {
    const server = open('/v', token, { 'public.openLink': () => ({ refuse: 0 }) })
    await heading('No connection')
    server.replies['public.openLink'] = () => answerWith(steps.who_asks)
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await heading('Did you contact the help desk?')).toBeTruthy()
  })

  it('resumes at the step of its session after a reload', async () => {
    open('/v', null, { 'portal.step': () => answerWith(questions.device) })
    expect(await heading('Which laptop is registered to you?')).toBeTruthy()
  })

  it('ends on the page of a dead link when the link dies under the participant, with the number to call', async () => {
    const server = open('/v', token, { 'public.openLink': () => answerWith(steps.who_asks) })
    await heading('Did you contact the help desk?')
    server.replies['public.openLink'] = () => ({ refuse: 404 })
    server.replies['portal.step'] = () => ({ refuse: 401 })
    await userEvent.type(await screen.findByRole('textbox'), '123456{Enter}')
    expect(await heading('This link cannot be used')).toBe(document.activeElement)
    expect(screen.getByRole('link', { name: '+1 512 555 0190' })).toBeTruthy()
  })
})

describe('the language', () => {
  it('is the browser’s first that the portal speaks', () => {
    expect(pickLanguage(['fr-FR', 'de-AT', 'en'])).toBe('de')
    expect(pickLanguage(['ja'])).toBe('en')
  })

  it('can be switched on any step, first page and later ones alike', async () => {
    open('/v', null, { 'portal.step': () => answerWith(questions.device) }, ['de-DE'])
    await heading('Welches Modell ist als Ihr Laptop eingetragen?')
    expect(document.documentElement.lang).toBe('de')
    const choice = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Sprache' })
    expect(choice.value).toBe('de')
    expect([...choice.options].map(({ value }) => value)).toEqual([...languages])
    await userEvent.selectOptions(choice, 'English')
    expect(await heading('Which laptop is registered to you?')).toBeTruthy()
    expect(document.documentElement.lang).toBe('en')
    expect(document.title).toBe('Which laptop is registered to you? · Help desk verification')
  })
})

describe('"this was not me" from a message', () => {
  it('is inert until the two digits are typed', async () => {
    const server = open('/not-me', token, {
      'public.openReport': () => reportPage,
      'public.confirmReport': () => ({ brand, ending: 'reported' as const }),
    })
    expect(await heading('Was this not you?')).toBe(document.activeElement)
    expect(screen.getByText('Your password was changed through the help desk.')).toBeTruthy()
    expect(screen.getByText(/reset your password/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Yes, stop this' }))
    expect(server.asked('public.confirmReport')).toEqual([])
    await userEvent.type(screen.getByRole('textbox', { name: 'To confirm, type the number 83' }), '83{Enter}')
    expect(await heading('Stopped. Thank you for telling us')).toBe(document.activeElement)
    expect(server.asked('public.confirmReport')).toEqual([{ token, digits: '83' }])
  })

  it('says that a link is dead, and keeps the page when a confirmation does not arrive', async () => {
    open('/not-me', null, {})
    expect(await heading('This link was used already, or it is too old')).toBeTruthy()
    document.body.replaceChildren()
    open('/not-me', token, {
      'public.openReport': () => reportPage,
      'public.confirmReport': () => ({ refuse: 0 }),
    })
    await userEvent.type(await screen.findByRole('textbox'), '83{Enter}')
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('No connection'))
    expect(screen.getByRole('button', { name: 'Yes, stop this' })).toBeTruthy()
  })
})

describe('a page beside the steps, loaded again', () => {
  const tags = ['en']
  it('"this was not me" keeps its link until it is confirmed, and its end afterwards', async () => {
    const store = createStore()
    const replies: Replies = {
      'public.openReport': () => reportPage,
      'public.confirmReport': () => ({ brand, ending: 'reported' as const }),
    }
    open('/not-me', token, replies, tags, store)
    await heading('Was this not you?')
    cleanup()
    open('/not-me', null, replies, tags, store)
    await userEvent.type(await screen.findByRole('textbox'), '83{Enter}')
    await heading('Stopped. Thank you for telling us')
    cleanup()
    const { seen } = open('/not-me', null, replies, tags, store)
    await heading('Stopped. Thank you for telling us')
    expect(seen).toEqual([])
  })

  it('an approver begins again before the sign-in, and may sign in anew after one that is not theirs', async () => {
    const store = createStore()
    const replies: Replies = {
      'public.openApproval': () => ({ brand }),
      'public.approval': () => ({ refuse: 401 }),
    }
    open('/approve', token, replies, tags, store)
    await heading('Somebody says that you know them')
    cleanup()
    open('/approve', null, replies, tags, store)
    await heading('Somebody says that you know them')
    cleanup()
    // The page left for a sign-in, and the browser comes back without a session.
    tabAt('/approve', null, store).goAway()
    open('/approve', null, replies, tags, store)
    await heading('You cannot answer with this sign-in')
    screen.getByRole('button', { name: 'Sign in again' })
    cleanup()
    open('/approve', null, { ...replies, 'public.openApproval': () => ({ refuse: 404 }) }, tags, store)
    await heading('This cannot be answered any more')
  })
})
