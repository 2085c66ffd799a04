import { describe, expect, it } from 'vitest'
import { screen, waitFor, within } from '@solidjs/testing-library'
import { refusing } from '../../testing/answers.ts'
import { peopleFound } from '../../testing/fixtures.ts'
import { mountConsole } from '../../testing/mount.tsx'
// Compiled before a test waits for it.
import './index.tsx'
import './PersonPage.tsx'

describe('searching in the directory', () => {
  const none = { people: [], more: false, note: null, canAskDirectories: true }
  const [ada, , jonas] = peopleFound.people
  if (ada === undefined || jonas === undefined) throw new Error('the fixture has people')
  const button = { name: 'Search in the directory' }
  const type = async (options: NonNullable<Parameters<typeof mountConsole>[1]>) => {
    const mounted = await mountConsole('/people', options)
    await mounted.user.type(await screen.findByRole('searchbox'), 'ada')
    return mounted
  }

  it('is the way on where our rows have nobody, and leads to the card', async () => {
    const { user, callsTo } = await type({
      answers: {
        'console.searchPeople': () => none,
        'console.searchDirectories': () => ({ people: [ada], more: false, silent: [] }),
      },
    })
    const ask = await screen.findByRole('button', button)
    expect([ask.classList.contains('quiet'), callsTo('console.searchDirectories')]).toEqual([false, []])
    await user.click(ask)
    const there = within(await screen.findByRole('region', { name: 'In the directory' }))
    const link = await there.findByRole('link', { name: /Ada Lindt/ })
    expect(link.getAttribute('href')).toBe(`/people/${ada.id}`)
    expect(there.getByRole('status').textContent).toBe('1 more person found in the directory')
    expect(callsTo('console.searchDirectories').map(({ body }) => body)).toEqual([{ q: 'ada' }])
  })

  it('is quiet below those who were found, and shows nobody twice', async () => {
    const { user } = await type({
      answers: {
        'console.searchPeople': () => ({ ...none, people: [ada] }),
        'console.searchDirectories': () => ({ people: [ada, jonas], more: false, silent: [] }),
      },
    })
    const ask = await screen.findByRole('button', button)
    expect(ask.classList.contains('quiet')).toBe(true)
    await user.click(ask)
    expect(await screen.findByRole('link', { name: new RegExp(jonas.name) })).toBeTruthy()
    expect(screen.getAllByRole('link', { name: /Ada Lindt/ }).length).toBe(1)
  })

  it('R18: says which directory did not answer, and calls nobody missing then', async () => {
    const { user } = await type({
      answers: {
        'console.searchPeople': () => none,
        'console.searchDirectories': () => ({ people: [], more: false, silent: ['corp', 'lab'] }),
      },
    })
    await user.click(await screen.findByRole('button', button))
    expect(await screen.findByText(/^corp, lab did not answer\./)).toBeTruthy()
    expect(screen.queryByText(/^Nobody else/)).toBeNull()
  })

  it('asks once while it waits, says so, and can be tried again after a limit or an outage', async () => {
    let go = (): void => undefined
    const late = new Promise<void>((resolve) => {
      go = resolve
    })
    let asked = 0
    const { user, callsTo } = await type({
      answers: {
        'console.searchPeople': () => none,
        'console.searchDirectories': async () => {
          asked += 1
          if (asked > 1) return { people: [], more: false, silent: [] }
          await late
          return refusing('unavailable', 503)()
        },
      },
    })
    await user.click(await screen.findByRole('button', button))
    const waiting = await screen.findByRole('button', { name: 'Asking the directory …' })
    await user.click(waiting)
    expect([callsTo('console.searchDirectories').length, document.activeElement]).toEqual([1, waiting])
    go()
    expect((await screen.findByRole('alert')).textContent).toContain('Nothing is lost')
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('Nobody else in the directory matches.')).toBeTruthy()
  })

  it('forgets its answer with the words, and is not offered where all people are our own rows', async () => {
    let can = true
    const { user } = await type({
      answers: {
        'console.searchPeople': () => ({ ...none, canAskDirectories: can }),
        'console.searchDirectories': () => ({ people: [ada], more: false, silent: [] }),
      },
    })
    await user.click(await screen.findByRole('button', button))
    await screen.findByRole('link', { name: /Ada Lindt/ })
    await user.type(screen.getByRole('searchbox'), 'm')
    await waitFor(() => expect(screen.queryByRole('link', { name: /Ada Lindt/ })).toBeNull())
    can = false
    await user.type(screen.getByRole('searchbox'), 'o')
    await waitFor(() => expect(screen.queryByRole('button', button)).toBeNull())
  })
})
