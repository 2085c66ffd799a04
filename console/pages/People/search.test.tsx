import { describe, expect, it } from 'vitest'
import { screen, waitFor } from '@solidjs/testing-library'
import { refusing } from '../../testing/answers.ts'
import { mountConsole } from '../../testing/mount.tsx'
import { livePanel } from '../../testing/panels.ts'
// Compiled before a test waits for it.
import './index.tsx'

describe('finding a person', () => {
  it.each(['n', '{Control>}k{/Control}', '/'])(
    'by %s from anywhere, with the focus in the search',
    async (keys) => {
      const { user } = await mountConsole(`/verifications/${livePanel.row.id}`)
      await screen.findByRole('button', { name: 'Resend link' })
      await user.keyboard(keys)
      await waitFor(() => expect(location.pathname).toBe('/people'))
      const field = await screen.findByRole('searchbox', { name: 'Name, login or e-mail' })
      await waitFor(() => expect(document.activeElement).toBe(field))
    },
  )

  it('D9: asks from three characters on, and keeps what is typed out of the address', async () => {
    const { user, callsTo } = await mountConsole('/people')
    await user.type(await screen.findByRole('searchbox'), 'ad')
    expect(screen.getByText('Type three characters or more.')).toBeTruthy()
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(callsTo('console.searchPeople')).toEqual([])
    await user.type(screen.getByRole('searchbox'), 'a')
    await waitFor(() => expect(callsTo('console.searchPeople')[0]?.body).toEqual({ q: 'ada' }))
    expect(location.href + (callsTo('console.searchPeople')[0]?.url ?? '')).not.toContain('ada')
  })

  it('walks what was found with the arrow keys', async () => {
    const { user } = await mountConsole('/people')
    await user.type(await screen.findByRole('searchbox'), 'ada')
    const first = await screen.findByRole('link', { name: /Ada Lindt/ })
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(first)
    await user.keyboard('{ArrowDown}{ArrowUp}{ArrowUp}')
    expect(document.activeElement).toBe(screen.getByRole('searchbox'))
  })

  it('D8: says when one may search again, and whom to ask, once the limit is reached', async () => {
    const { user } = await mountConsole('/people', {
      answers: {
        'console.searchPeople': refusing('agent_limit_reached', 429, { again: '2026-11-28T09:30:00.000Z' }),
      },
    })
    await user.type(await screen.findByRole('searchbox'), 'ada')
    const said = (await screen.findByRole('alert')).textContent
    expect(said).toMatch(/possible again from .*2026.*ask a supervisor/)
  })

  it('keeps nothing of the words before where other words have no answer', async () => {
    let asked = 0
    const { user } = await mountConsole('/people', {
      answers: {
        'console.searchPeople': () =>
          (asked += 1) === 1
            ? { people: [], more: false, note: null, canAskDirectories: false }
            : refusing('agent_limit_reached', 429, { again: '2026-11-28T09:30:00.000Z' })(),
      },
    })
    await user.type(await screen.findByRole('searchbox'), 'nob')
    await screen.findByText(/Nobody matches/)
    await user.type(screen.getByRole('searchbox'), 'ody')
    await screen.findByRole('alert')
    expect(screen.queryByText(/Nobody matches/)).toBeNull()
  })

  it('R18: says that a directory does not answer, since a new person may not be found then', async () => {
    const note = { key: 'warning.directory_away', slots: {} }
    const { user } = await mountConsole('/people', {
      answers: {
        'console.searchPeople': () => ({ people: [], more: false, note, canAskDirectories: false }),
      },
    })
    await user.type(await screen.findByRole('searchbox'), 'ada')
    expect(await screen.findByText(/^The directory does not answer\. What is shown/)).toBeTruthy()
  })
})
