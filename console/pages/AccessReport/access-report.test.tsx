import { describe, expect, it, vi } from 'vitest'
import { screen, waitFor, within } from '@solidjs/testing-library'
import { refusing } from '../../testing/answers.ts'
import { accessReport } from '../../testing/access-report.ts'
import { personCard } from '../../testing/fixtures.ts'
import { mountConsole } from '../../testing/mount.tsx'
// Compiled before a test waits for it.
import './index.tsx'

const path = `/people/${personCard.id}/access-report`
const answers = { 'console.accessReport': () => accessReport }

const make = async (options: Parameters<typeof mountConsole>[1] = {}) => {
  const mounted = await mountConsole(path, { role: 'admin', answers, ...options })
  await mounted.user.type(await screen.findByRole('textbox', { name: /Reference of the request/ }), 'DSR-12')
  await mounted.user.click(screen.getByRole('button', { name: 'Make access report' }))
  return mounted
}

describe('the access report', () => {
  it('is offered on the card to those who may make it, and to nobody else', async () => {
    const admin = await mountConsole(`/people/${personCard.id}`, { role: 'admin' })
    expect(await screen.findByRole('link', { name: 'Make access report' })).toBeTruthy()
    admin.unmount()
    await mountConsole(`/people/${personCard.id}`, { role: 'supervisor' })
    await screen.findByRole('article', { name: personCard.name })
    expect(screen.queryByRole('link', { name: 'Make access report' })).toBeNull()
  })

  it('D10: says what will be recorded, and asks for the request’s reference before anything is shown', async () => {
    const { callsTo } = await mountConsole(path, { role: 'admin', answers })
    expect(await screen.findByText(/Making it is recorded with your name/)).toBeTruthy()
    const button = screen.getByRole('button', { name: 'Make access report' })
    expect(button.hasAttribute('disabled')).toBe(true)
    expect(callsTo('console.accessReport')).toEqual([])
  })

  it('M8: tells language and directory by name, not by code', async () => {
    const { user } = await mountConsole(path, { role: 'admin', answers })
    await user.type(await screen.findByRole('textbox'), 'DSR-7')
    await user.click(screen.getByRole('button', { name: 'Make access report' }))
    const report = await screen.findByRole('article', { name: 'Access report' })
    expect(report.textContent).toMatch(/Language ?German/)
    expect(report.textContent).toMatch(/Directory ?built in/)
  })

  it('M8: tells cases, lists, checks, decisions, messages, openings and retention in words', async () => {
    const { callsTo } = await make()
    const report = within(await screen.findByRole('article', { name: 'Access report' }))
    expect(callsTo('console.accessReport')[0]?.body).toEqual({ reference: 'DSR-12' })
    await waitFor(() => expect(document.activeElement?.textContent).toBe(`What ${personCard.name} may know`))
    const story = within(report.getByRole('region', { name: 'Password reset: Reported' })).getByText
    expect(story(/Started by Alex Agent/).textContent).toContain('Risk 9.5 of 10 (High)')
    expect(story(/Refused by the policy/).textContent).toMatch(/second approval: Greta Lead not the caller/)
    expect(story('not the caller').tagName).toBe('Q')
    expect(story(/^The time to set the password ran out,/)).toBeTruthy()
    expect(story(/Notice: reported, everything stopped/).textContent).toContain('sent')
    expect(story(/^manager · from a list of 5/).textContent).toContain('answered after 6 s')
    expect(story(/^asset tag · to be typed/).textContent).toContain('not answered')
    expect(story(/did not end as passed/)).toBeTruthy()
    expect(report.getByText('names somebody else')).toBeTruthy()
    expect(report.getByText(/Restricted evidence opened/).textContent).toContain('(staff)')
    const rows = report.getAllByRole('row').map((row) => row.textContent)
    expect(rows).toContain('Raw reports of browser and network230 daysraw reports, summarised as evidence')
    expect(rows).toContain('Contacts1no end is set')
  })

  it('saves itself as JSON without asking the server again', async () => {
    const saved: Blob[] = []
    vi.stubGlobal(
      'URL',
      Object.assign(URL, {
        createObjectURL: (blob: Blob) => {
          saved.push(blob)
          return 'blob:saved'
        },
        revokeObjectURL: () => undefined,
      }),
    )
    const { user, callsTo } = await make()
    await user.click(await screen.findByRole('button', { name: 'Save as JSON' }))
    expect(JSON.parse((await saved[0]?.text()) ?? '')).toEqual(accessReport)
    expect(callsTo('console.accessReport')).toHaveLength(1)
  })

  it('says why not, and keeps the reference', async () => {
    await make({ answers: { 'console.accessReport': refusing('agent_limit_reached', 429) } })
    expect((await screen.findByRole('alert')).textContent).not.toBe('')
    expect(screen.getByRole('textbox')).toHaveProperty('value', 'DSR-12')
  })
})
