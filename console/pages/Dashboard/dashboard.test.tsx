import { describe, expect, it, vi } from 'vitest'
import { screen, waitFor, within } from '@solidjs/testing-library'
import { dashboardOf } from '../../testing/dashboard.ts'
import { mountConsole } from '../../testing/mount.tsx'
import { binDrill } from './list-href.ts'
// Compiled before a test waits for it.
import './index.tsx'

const tile = (name: string) => screen.findByRole('region', { name })
const queryOf = (link: HTMLElement) => new URL(link.getAttribute('href') ?? '', location.href).searchParams

describe('the dashboard', () => {
  it('says what each figure counts', async () => {
    await mountConsole('/dashboard')
    const rate = await screen.findByRole('link', { name: /^Completion rate/ })
    const text = document.getElementById(rate.getAttribute('aria-describedby') ?? '')?.textContent
    expect(text).toBe('Passed, failed and not enough questions, out of all that are closed.')
    expect(screen.getByText(/counts the verifications that were started in the period/)).toBeTruthy()
  })

  it('tells a change as a share of what was, and that of a share in points', async () => {
    await mountConsole('/dashboard')
    expect((await screen.findByRole('link', { name: /^Started/ })).textContent).toContain('▲ 13.3%')
    expect(screen.getByRole('link', { name: /^Completion rate/ }).textContent).toContain('▼ 2.2 points')
  })

  it('shows what is not closed yet beside the outcomes, and leads to it', async () => {
    await mountConsole('/dashboard')
    const link = within(await tile('How did verifications end?')).getByRole('link', {
      name: /Not closed yet 4/,
    })
    const query = queryOf(link)
    expect(query.get('state')).toContain('awaiting_decision')
    expect(query.get('state')).not.toContain('closed')
    expect(query.get('from')).toBe(dashboardOf(30).period.from)
  })

  it('leads from every bar of risk to the rows it counts', () => {
    expect(binDrill({ from: 0, to: 1, count: 1 })).toEqual({ step: 'scored', riskFrom: '0', riskTo: '0.9' })
    expect(binDrill({ from: 9, to: 10, count: 1 })).toEqual({ step: 'scored', riskFrom: '9', riskTo: '10' })
  })

  it('gives every tile as CSV and as a list, the line of figures and the agents included', async () => {
    const files: { name: string; text: string }[] = []
    let blob = new Blob()
    const create = vi.spyOn(URL, 'createObjectURL').mockImplementation((one) => {
      blob = one as Blob
      return 'blob:x'
    })
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      const { download: name } = this
      void blob.text().then((text) => files.push({ name, text }))
    })
    const { user } = await mountConsole('/dashboard')
    const buttons = await screen.findAllByRole('button', { name: /^CSV: / })
    for (const button of buttons) await user.click(button)
    await waitFor(() => expect(files).toHaveLength(11))
    expect(files.every(({ text }) => text.split('\r\n').length > 1)).toBe(true)
    const figures = files.find(({ name }) => name === 'Key figures.csv')?.text
    expect(figures?.split('\r\n')).toHaveLength(9)
    expect(figures).toMatch(/"Completion rate","[\d.]+","[\d.]+"/)
    expect(await screen.findAllByRole('link', { name: /^List: / })).toHaveLength(10)
    const agents = within(await tile('By agent')).getByRole('link', { name: /^List: / })
    expect(queryOf(agents).get('referrer')?.split(',')).toEqual(dashboardOf(30).byAgent.map(({ key }) => key))
    create.mockRestore()
    click.mockRestore()
  })

  it('says that figures are behind, how far they go, and asks again until they are not', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout'] })
    let asOf: string | null = null
    const { callsTo } = await mountConsole('/dashboard', {
      answers: { 'console.dashboard': () => ({ ...dashboardOf(30), asOf }) },
    })
    await screen.findByText(/counted for the first time/)
    asOf = new Date(Date.now() - 600_000).toISOString()
    await vi.advanceTimersByTimeAsync(3_000)
    await screen.findByText(/Figures are behind/)
    asOf = new Date().toISOString()
    await vi.advanceTimersByTimeAsync(3_000)
    await waitFor(() => expect(screen.queryByText(/Figures are behind/)).toBeNull())
    expect(callsTo('console.dashboard').length).toBe(3)
  })

  it('shows a chart as a table', async () => {
    const { user } = await mountConsole('/dashboard')
    const funnel = await tile('How far do people get?')
    await user.click(within(funnel).getByRole('button', { name: /^Table/ }))
    expect(within(funnel).getByRole('cell', { name: 'Match code right' })).toBeTruthy()
    expect(within(funnel).getAllByRole('row').length).toBe(9)
  })

  it('keeps period and slices in the address, and asks for whole days of the reader', async () => {
    const { user, callsTo } = await mountConsole('/dashboard')
    await user.click(await screen.findByRole('button', { name: 'Last 7 days' }))
    await user.selectOptions(screen.getByRole('combobox', { name: 'Channel' }), 'SMS')
    expect(location.search).toBe('?days=7&channel=sms')
    await waitFor(() => expect(callsTo('console.dashboard').at(-1)?.url).toContain('channel=sms'))
    const asked = new URL(callsTo('console.dashboard').at(-1)?.url ?? '', location.href).searchParams
    const days = Date.parse(asked.get('to') ?? '') - Date.parse(asked.get('from') ?? '')
    expect(Math.round(days / 86_400_000)).toBe(7)
  })
})
