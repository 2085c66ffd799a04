import { describe, expect, it } from 'vitest'
import { screen, waitFor, within } from '@solidjs/testing-library'
import { refusing } from '../../testing/answers.ts'
import { listOf, rowOf } from '../../testing/fixtures.ts'
import { en } from '../../copy/en/index.ts'
import { mountConsole } from '../../testing/mount.tsx'
// Compiled before a test waits for it.
import './index.tsx'

const rowLink = (index: number) =>
  screen.findAllByRole('link', { name: rowOf(index).participant.name }).then(([link]) => link)
const query = () => new URLSearchParams(location.search)

describe('the list by keyboard', () => {
  it('walks rows with j and k, opens one with Enter and closes it with Escape', async () => {
    const { user } = await mountConsole('/verifications')
    const first = await rowLink(0)
    await user.keyboard('jj')
    expect(document.activeElement).toBe(await rowLink(1))
    await user.keyboard('k{Enter}')
    expect(document.activeElement).toBe(first)
    expect(query().get('open')).toBe(rowOf(0).id)
    expect(await screen.findByRole('complementary', { name: 'Verification' })).toBeTruthy()
    await user.keyboard('j')
    expect(query().get('open')).toBe(rowOf(1).id)
    await user.keyboard('{Escape}')
    expect(query().get('open')).toBeNull()
  })

  it('opens a page of its own where there is no room beside the list', async () => {
    const { user } = await mountConsole('/verifications', { isWide: false })
    await user.click((await rowLink(0)) as HTMLElement)
    expect(location.pathname).toBe(`/verifications/${rowOf(0).id}`)
  })

  it('goes to the search with /, and does not take letters that are typed there', async () => {
    const { user } = await mountConsole('/verifications')
    await rowLink(0)
    await user.keyboard('/jn')
    const search = screen.getByRole('searchbox')
    expect(document.activeElement).toBe(search)
    expect((search as HTMLInputElement).value).toBe('jn')
    expect(screen.getByText('Three characters or more')).toBeTruthy()
    expect(query().get('q')).toBeNull()
  })
})

describe('a search of fewer than three letters in the address', () => {
  it('is asked of nobody: the list is whole, and the hint says what is needed', async () => {
    const { callsTo } = await mountConsole('/verifications?q=%20a&outcome=failed')
    await rowLink(0)
    expect(screen.getByText('Three characters or more')).toBeTruthy()
    expect(screen.getByRole<HTMLInputElement>('searchbox').value).toBe(' a')
    const asked = callsTo('console.listVerifications')
    expect(asked.length).toBeGreaterThan(0)
    for (const { url } of asked) expect(new URL(url, location.href).searchParams.get('q')).toBeNull()
    const link = screen.getByRole('link', { name: 'Export CSV' })
    expect(link.getAttribute('href')).toBe('/api/console/verifications.csv?outcome=failed')
  })
})

describe('a row', () => {
  it('tells name and address whole where the column cuts them', async () => {
    await mountConsole('/verifications')
    const { email } = rowOf(0).participant
    expect((await rowLink(0))?.title).toBe(rowOf(0).participant.name)
    expect(screen.getAllByText(email ?? '?')[0]?.title).toBe(email)
  })
})

describe('filters and sort', () => {
  it('keep every state in the address', async () => {
    const { user, callsTo } = await mountConsole('/verifications')
    await user.click(await screen.findByText(/^Outcome/, { selector: 'summary' }))
    await user.click(screen.getByRole('checkbox', { name: 'Passed' }))
    await user.click(screen.getByRole('checkbox', { name: 'Timed Out' }))
    expect(query().get('outcome')).toBe('passed,timed_out')
    await user.click(screen.getByRole('button', { name: /^Risk/ }))
    expect(query().get('sort')).toBe('risk')
    expect(query().get('order')).toBe('desc')
    await user.click(screen.getByRole('button', { name: /^Risk/ }))
    expect(query().get('order')).toBe('asc')
    expect(screen.getByRole('columnheader', { name: /^Risk/ }).getAttribute('aria-sort')).toBe('ascending')
    await waitFor(() => expect(callsTo('console.listVerifications').at(-1)?.url).toContain('order=asc'))
    await user.click(screen.getByRole('button', { name: 'Reset filters' }))
    expect(query().get('outcome')).toBeNull()
  })

  it('that come from a tile say what they are and go one by one', async () => {
    const { user } = await mountConsole(
      '/verifications?step=scored&reason=END_NEW_DEVICE&feedback=easy,hard&commented=yes&weekday=1&hour=9&timeZone=Asia/Tokyo&from=2026-03-01T00:00:00.000Z&to=2026-04-01T00:00:00.000Z',
    )
    await rowLink(0)
    for (const text of [
      /^Came as far as: Scored/,
      /^Reason: New device/,
      /^Feedback: 2/,
      'With a comment',
      'Mon 9:00–10:00 (Asia/Tokyo)',
    ])
      expect(screen.getByText(text, { selector: '.filter summary, .mark' })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Clear: Mon 9:00–10:00 (Asia/Tokyo)' }))
    expect([query().get('hour'), query().get('weekday'), query().get('timeZone')]).toEqual([null, null, null])
    await user.click(screen.getByRole('button', { name: 'Clear: Reason' }))
    await user.click(screen.getByRole('button', { name: 'Clear: Period' }))
    expect([...query().keys()].sort()).toEqual(['commented', 'feedback', 'step'])
    await user.click(screen.getByRole('button', { name: 'Reset filters' }))
    expect([...query().keys()]).toEqual([])
  })

  it('that are needed less often are behind one more menu', async () => {
    const { user } = await mountConsole('/verifications')
    await rowLink(0)
    const summary = screen.getByText(/^More filters/, { selector: 'summary' })
    const more = within(summary.parentElement as HTMLElement)
    await user.click(summary)
    await user.click(more.getByText(/^Came as far as/, { selector: 'summary' }))
    await user.click(more.getByRole('radio', { name: 'Match code right' }))
    expect(query().get('step')).toBe('code')
    await user.click(more.getByText(/^Reason/, { selector: 'summary' }))
    await user.click(more.getByRole('checkbox', { name: 'Tor network' }))
    await user.click(more.getByRole('checkbox', { name: 'New device' }))
    expect(query().get('reason')).toBe('NET_TOR_EXIT,END_NEW_DEVICE')
    // A set filter is in the row as well, and both say the same.
    expect(
      screen.getAllByRole('radio', { name: 'Match code right', checked: true, hidden: true }),
    ).toHaveLength(2)
    await user.click(more.getByRole('checkbox', { name: 'Only with a comment' }))
    expect(query().get('commented')).toBe('yes')
  })

  it('of the last days stay with the days', async () => {
    const { user, callsTo } = await mountConsole('/verifications')
    await rowLink(0)
    await user.click(screen.getByText(/^Any time/, { selector: 'summary' }))
    await user.click(screen.getByRole('button', { name: 'Last 7 days' }))
    expect(query().get('days')).toBe('7')
    expect(screen.getByText(/^Last 7 days/, { selector: 'summary' })).toBeTruthy()
    await waitFor(() => expect(callsTo('console.listVerifications').at(-1)?.url).toContain('timeZone='))
  })

  it('give the export the same filters', async () => {
    await mountConsole('/verifications?outcome=failed&q=lindt')
    const link = await screen.findByRole('link', { name: 'Export CSV' })
    expect(link.getAttribute('href')).toBe('/api/console/verifications.csv?outcome=failed&q=lindt')
  })

  it('F6: keep their export where the window of the passkey ran out meanwhile: the page asks, and continues or says so', async () => {
    const { user, callsTo } = await mountConsole('/verifications?outcome=failed', {
      answers: { 'console.exportVerifications': refusing('step_up_required', 403) },
    })
    await user.click(await screen.findByRole('link', { name: 'Export CSV' }))
    const dialog = await screen.findByRole('dialog', { name: en.security.confirm })
    expect(callsTo('console.exportVerifications')).toHaveLength(1)
    await user.click(within(dialog).getByRole('button', { name: en.confirm.back }))
    expect((await screen.findByRole('alert')).textContent).toBe(en.problem({ code: 'step_up_required' }))
    expect(screen.getByRole('link', { name: 'Export CSV' })).toBeTruthy()
  })

  it('say when nothing matches, and how to see something again', async () => {
    const { user } = await mountConsole('/verifications?outcome=failed', {
      answers: { 'console.listVerifications': () => listOf(0) },
    })
    const empty = await screen.findByText('Nothing matches these filters.')
    await user.click(
      within(empty.parentElement as HTMLElement).getByRole('button', { name: 'Reset filters' }),
    )
    expect(query().get('outcome')).toBeNull()
  })

  it('say what went wrong and try again', async () => {
    const { user, callsTo } = await mountConsole('/verifications', {
      answers: { 'console.listVerifications': refusing('unavailable', 503) },
    })
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('Nothing is lost')
    await user.click(within(alert).getByRole('button', { name: 'Try again' }))
    expect(callsTo('console.listVerifications').length).toBe(2)
  })
})

describe('live rows', () => {
  it('keep the rows that stay, and with them the focus', async () => {
    let count = 3
    const { stream } = await mountConsole('/verifications', {
      answers: {
        'console.listVerifications': () => ({ ...listOf(count), rows: listOf(count).rows.reverse() }),
      },
    })
    const link = (await rowLink(1)) as HTMLElement
    link?.focus()
    count = 4
    stream.tell([rowOf(3).id])
    await rowLink(3)
    expect(document.activeElement).toBe(link)
  })

  it('wait behind a pill when the reader has scrolled', async () => {
    const { stream, user, callsTo } = await mountConsole('/verifications')
    await rowLink(0)
    const scroller = document.querySelector('.scroller')
    Object.defineProperty(scroller, 'scrollTop', { value: 500, configurable: true })
    Object.assign(scroller ?? {}, { scrollTo: () => undefined })
    stream.tell(['a', 'b', rowOf(2).id])
    const pill = await screen.findByRole('button', { name: '2 new' })
    // A case that is new arrives again with each move.
    stream.tell(['a', 'b'])
    stream.tell(['c', 'a'])
    expect(await screen.findByRole('button', { name: '3 new' })).toBe(pill)
    expect(callsTo('console.listVerifications').length).toBe(1)
    // The row in view is fetched by itself.
    expect(callsTo('console.verification')[0]?.url).toContain(rowOf(2).id)
    await user.click(pill)
    expect(callsTo('console.listVerifications').length).toBe(2)
  })

  it('that were missed while the stream was gone wait too, and the rows that are read stay', async () => {
    let first = 0
    const { stream } = await mountConsole('/verifications', {
      answers: {
        'console.listVerifications': () => ({
          ...listOf(3),
          rows: [0, 1, 2].map((index) => rowOf(first + index)).reverse(),
        }),
      },
    })
    const link = await rowLink(1)
    link?.focus()
    Object.defineProperty(document.querySelector('.scroller'), 'scrollTop', {
      value: 500,
      configurable: true,
    })
    first = 1
    stream.miss('open')
    await screen.findByRole('button', { name: '1 new' })
    expect(document.activeElement).toBe(link)
    expect(screen.queryByRole('link', { name: rowOf(3).participant.name })).toBeNull()
  })
})

describe('what an agent sees', () => {
  it('no scores: no number, no slider, no dashboard, no export', async () => {
    await mountConsole('/verifications', { role: 'agent' })
    await rowLink(0)
    expect(screen.queryByText(/^Risk \d/)).toBeNull()
    // Reasons are checks.
    expect(screen.queryByText(/^Reason/)).toBeNull()
    expect(screen.queryByText(/\d\.\d/)).toBeNull()
    expect(screen.getAllByText('Guarded').length).toBeGreaterThan(0)
    expect(screen.queryByRole('link', { name: 'Dashboard' })).toBeNull()
    expect(screen.queryByRole('link', { name: 'Export CSV' })).toBeNull()
  })

  it('B9: a report is not among the outcomes to filter by', async () => {
    await mountConsole('/verifications', { role: 'agent' })
    await rowLink(0)
    expect(screen.queryByRole('checkbox', { name: 'Reported', hidden: true })).toBeNull()
    expect(screen.getByRole('checkbox', { name: 'Failed', hidden: true })).toBeTruthy()
  })
})

describe('K3', () => {
  it('shows names, contacts and tickets as text', async () => {
    const attack = '<img src=x onerror="document.title=1">'
    const row = { ...rowOf(1), ticket: attack, participant: { ...rowOf(1).participant, name: attack } }
    await mountConsole('/verifications', {
      answers: { 'console.listVerifications': () => ({ ...listOf(1), rows: [row] }) },
    })
    expect((await screen.findAllByText(attack)).length).toBe(2)
    expect(document.querySelector('img')).toBeNull()
  })
})
