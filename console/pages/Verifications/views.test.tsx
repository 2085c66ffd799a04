import { describe, expect, it } from 'vitest'
import { screen, waitFor, within } from '@solidjs/testing-library'
import type { SavedView } from '#api/contract/console-views.ts'
import { refusing } from '../../testing/answers.ts'
import { idOf, minutesAgo, rowOf } from '../../testing/fixtures.ts'
import { mountConsole } from '../../testing/mount.tsx'
// Compiled before a test waits for it.
import './index.tsx'

const query = () => Object.fromEntries(new URLSearchParams(location.search))
const shown = () => screen.getAllByRole('columnheader').map((heading) => heading.textContent?.trim())
const rows = () => screen.findAllByRole('link', { name: rowOf(0).participant.name })
const menu = async (name: RegExp) => {
  const summary = await screen.findByText(name, { selector: 'summary' })
  return { summary, body: within(summary.parentElement as HTMLElement) }
}
const saved = (name: string, change: Partial<SavedView> = {}): SavedView => ({
  id: idOf(8000 + name.length),
  name,
  query: { outcome: 'failed', sort: 'risk' },
  columns: null,
  createdAt: minutesAgo(5),
  ...change,
})

describe('columns', () => {
  it('are hidden and shown, remembered in this browser, and reset', async () => {
    const { user, unmount } = await mountConsole('/verifications')
    await rows()
    const all = shown()
    expect(all).toHaveLength(11)
    const { summary, body } = await menu(/^Columns/)
    await user.click(summary)
    await user.click(body.getByRole('checkbox', { name: 'Ticket' }))
    await user.click(body.getByRole('checkbox', { name: 'Channel' }))
    expect(shown()).toEqual(all.filter((name) => name !== 'Ticket' && name !== 'Channel'))
    expect(localStorage.getItem(`countersign.columns.${idOf(9001)}`)).not.toContain('ticket')
    expect(query()).toEqual({})
    await user.click(body.getByRole('button', { name: 'Reset columns' }))
    expect(shown()).toEqual(all)
    expect(localStorage.getItem(`countersign.columns.${idOf(9001)}`)).toBeNull()
    unmount()
  })

  it('never lose the participant, by which a row is opened', async () => {
    await mountConsole('/verifications?columns=risk,nonsense')
    await rows()
    expect(shown()).toEqual(['Participant', 'Risk'])
    const { body } = await menu(/^Columns/)
    expect(body.getByRole<HTMLInputElement>('checkbox', { name: 'Participant', hidden: true }).disabled).toBe(
      true,
    )
  })

  it('of an address change in the address, and leave what is remembered alone', async () => {
    const { user } = await mountConsole('/verifications?columns=participant,risk')
    await rows()
    const { summary, body } = await menu(/^Columns/)
    await user.click(summary)
    await user.click(body.getByRole('checkbox', { name: 'Purpose' }))
    expect(query()['columns']).toBe('participant,purpose,risk')
    expect(localStorage.getItem(`countersign.columns.${idOf(9001)}`)).toBeNull()
  })

  it('are as many as fit where nothing was chosen', async () => {
    await mountConsole('/verifications', { isWide: false })
    await rows()
    expect(shown()).toEqual(['Participant', 'Outcome', 'Risk'])
  })
})

describe('views', () => {
  it('that everybody has lead to their filters', async () => {
    const { user, callsTo } = await mountConsole('/verifications')
    await rows()
    const { summary, body } = await menu(/^Views/)
    await user.click(summary)
    await user.click(body.getByRole('link', { name: 'Failed this week' }))
    expect(query()).toEqual({ outcome: 'failed', days: '7' })
    await waitFor(() => {
      const asked = new URL(callsTo('console.listVerifications').at(-1)?.url ?? '', location.href)
        .searchParams
      expect([asked.get('days'), asked.get('timeZone')]).toEqual([
        '7',
        Intl.DateTimeFormat().resolvedOptions().timeZone,
      ])
    })
    // The button says where one is.
    expect((await menu(/^Failed this week/)).summary.closest('details')?.open).toBe(false)
  })

  it('B9: an agent has none of reports', async () => {
    await mountConsole('/verifications', { role: 'agent' })
    await rows()
    expect(screen.queryByRole('link', { name: 'Reported', hidden: true })).toBeNull()
    expect(screen.getByRole('link', { name: 'Waiting for a decision', hidden: true })).toBeTruthy()
  })

  it('are saved with filters, sort and columns, and opened again', async () => {
    const { user, callsTo } = await mountConsole(
      '/verifications?outcome=failed&sort=risk&columns=participant,risk&open=x',
      { answers: { 'console.saveView': () => saved('High ones', { columns: ['participant', 'risk'] }) } },
    )
    await rows()
    const { summary, body } = await menu(/^Views/)
    await user.click(summary)
    await user.type(body.getByRole('textbox', { name: 'Name' }), '  High ones ')
    await user.click(body.getByRole('button', { name: 'Save this view' }))
    expect(await body.findByText('“High ones” is saved.')).toBeTruthy()
    expect(callsTo('console.saveView')[0]?.body).toEqual({
      name: 'High ones',
      query: { outcome: 'failed', sort: 'risk' },
      columns: ['participant', 'risk'],
    })
    const link = body.getByRole('link', { name: 'High ones' })
    expect(link.getAttribute('href')).toBe(
      '/verifications?outcome=failed&sort=risk&columns=participant%2Crisk',
    )
    expect(link.getAttribute('aria-current')).toBe('true')
  })

  it('say that a name is taken, and replace its view', async () => {
    const { user } = await mountConsole('/verifications', {
      answers: { 'console.savedViews': () => ({ views: [saved('Mine')] }) },
    })
    await rows()
    const { summary, body } = await menu(/^Views/)
    await user.click(summary)
    await user.type(body.getByRole('textbox', { name: 'Name' }), 'mine')
    expect(await body.findByRole('button', { name: 'Replace “Mine”' })).toBeTruthy()
  })

  it('are deleted, and brought back as they were', async () => {
    const view = saved('Mine', { columns: ['participant', 'ticket'] })
    const { user, callsTo } = await mountConsole('/verifications', {
      answers: { 'console.savedViews': () => ({ views: [view] }), 'console.saveView': () => view },
    })
    await rows()
    const { summary, body } = await menu(/^Views/)
    await user.click(summary)
    await user.click(await body.findByRole('button', { name: 'Delete “Mine”' }))
    await waitFor(() => expect(body.queryByRole('link', { name: 'Mine' })).toBeNull())
    expect(callsTo('console.deleteView')[0]?.url).toContain(view.id)
    await user.click(body.getByRole('button', { name: 'Undo' }))
    expect(await body.findByRole('link', { name: 'Mine' })).toBeTruthy()
    expect(callsTo('console.saveView')[0]?.body).toEqual({
      name: 'Mine',
      query: view.query,
      columns: view.columns,
    })
  })

  it('say why one more is not kept', async () => {
    const { user } = await mountConsole('/verifications', {
      answers: { 'console.saveView': refusing('view_limit_reached') },
    })
    await rows()
    const { summary, body } = await menu(/^Views/)
    await user.click(summary)
    await user.type(body.getByRole('textbox', { name: 'Name' }), 'One more{Enter}')
    expect((await body.findByRole('alert')).textContent).toContain('Delete one to save another')
    expect(body.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('One more')
  })
})
