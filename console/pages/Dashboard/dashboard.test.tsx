import { describe, expect, it } from 'vitest'
import { screen, waitFor, within } from '@solidjs/testing-library'
import { dashboardOf } from '../../testing/dashboard.ts'
import { mountConsole } from '../../testing/mount.tsx'
import { drillOf } from './RiskBins.tsx'

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
    expect(drillOf({ from: 0, to: 1, count: 1 })).toEqual({ riskFrom: '0', riskTo: '0.9' })
    expect(drillOf({ from: 9, to: 10, count: 1 })).toEqual({ riskFrom: '9', riskTo: '10' })
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
