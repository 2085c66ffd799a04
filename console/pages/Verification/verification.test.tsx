import { describe, expect, it } from 'vitest'
import { screen, waitFor, within } from '@solidjs/testing-library'
import type { Check } from '#api/contract/console-score.ts'
import { refusing } from '../../testing/answers.ts'
import { minutesAgo } from '../../testing/fixtures.ts'
import { closedPanel, livePanel, matchCode } from '../../testing/panels.ts'
import { check, scoredPanel } from '../../testing/scored-panel.ts'
import { mountConsole } from '../../testing/mount.tsx'

const open = (panel: typeof scoredPanel, options: Parameters<typeof mountConsole>[1] = {}) =>
  mountConsole(`/verifications/${panel.row.id}`, options)

describe('the verdict', () => {
  it('stands first: recommendation with its reasons, band, number and what to do', async () => {
    await open(scoredPanel)
    const verdict = await screen.findByRole('region', { name: 'Verdict' })
    expect(verdict.textContent).toContain('Hold: a contact was changed a short time ago, evidence is missing')
    expect(verdict.textContent).toContain('Elevated')
    expect(verdict.textContent).toContain('6.4 of 10')
    expect(verdict.textContent).toContain('send a new link to another contact')
  })

  it('tells what became of the action once closed', async () => {
    await open(closedPanel)
    const verdict = await screen.findByRole('region', { name: 'Verdict' })
    expect(verdict.textContent).toMatch(/Passed.*Decided by Maria Okafor.*Password changed/s)
  })
})

describe('actions', () => {
  it('are reachable when greyed, and say why', async () => {
    const { user } = await open(scoredPanel)
    const approve = await screen.findByRole('button', { name: 'Approve' })
    expect(approve.getAttribute('aria-disabled')).toBe('true')
    const why = document.getElementById(approve.getAttribute('aria-describedby') ?? '')
    expect(why?.textContent).toContain('evidence that the policy asks for is not complete')
    await user.click(approve)
    await user.keyboard('a')
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('D4: refuse by r asks for a reason and sends what was on the screen', async () => {
    const { user, callsTo } = await open(scoredPanel)
    await screen.findByRole('button', { name: 'Refuse' })
    await user.keyboard('r')
    const dialog = screen.getByRole('dialog', { name: 'Refuse?' })
    await user.type(within(dialog).getByRole('textbox', { name: 'Reason' }), 'Tor, and a new phone')
    await user.click(within(dialog).getByRole('button', { name: 'Refuse' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    const [sent] = callsTo('console.decide')
    expect(sent?.body).toEqual({
      decision: 'refused',
      reason: 'Tor, and a new phone',
      shownHash: scoredPanel.shownHash,
    })
    expect(sent?.headers['idempotency-key']).toMatch(/^[\da-f-]{36}$/)
    expect(sent?.headers['x-csrf-token']).toBe('fixture')
    // The case is fetched again.
    expect(callsTo('console.verification').length).toBe(2)
  })

  it('say in the dialog why it was refused, and keep what was typed and the key', async () => {
    const { user, calls } = await open(scoredPanel, {
      answers: { 'console.decide': refusing('state_does_not_allow') },
    })
    await user.click(await screen.findByRole('button', { name: 'Refuse' }))
    const dialog = screen.getByRole('dialog')
    await user.type(within(dialog).getByRole('textbox'), 'No')
    await user.click(within(dialog).getByRole('button', { name: 'Refuse' }))
    expect((await within(dialog).findByRole('alert')).textContent).toContain('The case has moved on')
    expect(within(dialog).getByRole<HTMLTextAreaElement>('textbox').value).toBe('No')
    expect(calls.some(({ name }) => name === 'console.cancel')).toBe(false)
  })
})

describe('approvers', () => {
  const approver = {
    relation: 'named',
    name: null,
    askedAt: minutesAgo(8),
    expiresAt: minutesAgo(-7),
    answer: 'waiting',
    answeredAt: null,
    channel: 'email',
    contactMasked: 'n•••@mail.example',
    delivery: 'accepted',
  } as const

  it('are shown with what they said, how they are related, where the request went', async () => {
    const approvers = [
      { ...approver, answer: 'no' as const, answeredAt: minutesAgo(6) },
      { ...approver, relation: 'manager' as const, name: 'Nora Weber' },
    ]
    await open(scoredPanel, { answers: { 'console.verification': () => ({ ...scoredPanel, approvers }) } })
    const lines = within(await screen.findByRole('region', { name: 'Approvers' })).getAllByRole('listitem')
    expect(lines[0]?.textContent).toMatch(/Said no · named for it.*E-mail n•••@mail.example.*answered/s)
    expect(lines[1]?.textContent).toMatch(/Waiting for the answer · manager · Nora Weber.*can answer until/s)
  })

  it('B6: are asked without a reason or a choice; the dialog says who, and that the digits are not for the agent', async () => {
    const { user, callsTo } = await open(scoredPanel, {
      answers: {
        'console.verification': () => ({ ...scoredPanel, approvers: [approver] }),
        'console.askApprover': () => ({ status: 'asked' }),
      },
    })
    await user.click(await screen.findByRole('button', { name: 'Ask an approver' }))
    const dialog = screen.getByRole('dialog', { name: 'Ask an approver?' })
    expect(dialog.textContent).toMatch(/The manager \(Nora Weber\) gets a link.*only the page of Ada Lindt/s)
    expect(dialog.textContent).toContain('The request that is still open ends.')
    expect(within(dialog).queryByRole('textbox')).toBeNull()
    await user.click(within(dialog).getByRole('button', { name: 'Ask' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(callsTo('console.askApprover').map(({ body }) => body)).toEqual([{}])
  })
})

describe('the running case', () => {
  it('shows the digits to read out, the words both see, and the steps', async () => {
    await open(livePanel, { role: 'agent' })
    expect(await screen.findByRole('img', { name: 'Match code: 4 8 1 9 2 7' })).toBeTruthy()
    expect(screen.getByText('amber · heron')).toBeTruthy()
    const steps = within(screen.getByRole('region', { name: 'Live' })).getAllByRole('listitem')
    expect(steps.map((step) => step.textContent?.includes('(done)'))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ])
  })

  it('follows what happens', async () => {
    let panel = livePanel
    const { stream } = await open(livePanel, { answers: { 'console.verification': () => panel } })
    await screen.findByRole('img', { name: /Match code/ })
    panel = { ...scoredPanel, row: { ...scoredPanel.row, id: livePanel.row.id } }
    stream.tell([livePanel.row.id])
    expect(await screen.findByRole('region', { name: 'Verdict' })).toBeTruthy()
    expect(screen.queryByRole('img', { name: /Match code/ })).toBeNull()
  })

  it('B2: no code to read out once it was wrong too often', async () => {
    let isExhausted = false
    const { stream } = await open(livePanel, {
      answers: {
        'console.verification': () => ({
          ...livePanel,
          progress: { ...livePanel.progress, codeTries: isExhausted ? 5 : 0 },
        }),
        'console.matchCode': () => (isExhausted ? refusing('code_exhausted')() : matchCode),
      },
    })
    await screen.findByRole('img', { name: /Match code/ })
    isExhausted = true
    stream.tell([livePanel.row.id])
    expect(await screen.findByText(/wrong too often/)).toBeTruthy()
    expect(screen.queryByRole('img', { name: /Match code/ })).toBeNull()
  })

  it('a step that a later one implies is done, whether or not a provider reported it', async () => {
    const progress = { ...livePanel.progress, deliveredAt: null }
    await open(livePanel, { answers: { 'console.verification': () => ({ ...livePanel, progress }) } })
    const steps = within(await screen.findByRole('region', { name: 'Live' })).getAllByRole('listitem')
    const isDone = steps.map(({ classList }) => classList.contains('done'))
    expect(isDone).toEqual([true, true, true, false, false, false])
  })

  it('B2: no code once it has expired', async () => {
    await open(livePanel, {
      answers: {
        'console.matchCode': () => ({
          code: '481927',
          phrase: ['amber', 'heron'],
          linkOrdinal: 1,
          expiresAt: new Date(Date.now() - 1000).toISOString(),
          triesLeft: 5,
        }),
      },
    })
    expect(await screen.findByText(/The code has expired/)).toBeTruthy()
    expect(screen.queryByText(/481/)).toBeNull()
  })
})

describe('evidence', () => {
  it('opens questions and restricted evidence only when asked, and says that it is recorded', async () => {
    const { user, callsTo } = await open(scoredPanel)
    const show = await screen.findByRole('button', { name: 'Show questions and replies' })
    expect(screen.getByText('Opening them is recorded.')).toBeTruthy()
    expect(callsTo('console.transcript').length).toBe(0)
    await user.click(show)
    expect(await screen.findByText('Who is your direct manager?')).toBeTruthy()
    expect(screen.getByText(/the last 4 characters of the asset tag on your laptop/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Show restricted evidence' }))
    expect(await screen.findByText('Range: 198.51.100.0/24')).toBeTruthy()
  })

  it('stands beside the answer it belongs to, though the panel lists answers in another order', async () => {
    const answer = (family: string, applied: number): Check => ({
      ...check('CHA_ANSWER', { text: { key: 'answer.correct', slots: { family, seconds: 10 } } }),
      category: 'challenge',
      group: `answer:${family}`,
      weight: applied,
      applied,
      hiddenEvidence: 1,
    })
    const opened = (family: string) => ({
      code: 'CHA_ANSWER',
      group: `answer:${family}`,
      evidence: [{ label: family, value: 'opened', sensitivity: 2 }],
    })
    const families = ['office', 'meeting_organiser', 'free_weekday']
    const byWeight = [answer('meeting_organiser', 5), answer('free_weekday', 5), answer('office', 2)]
    const { user } = await open(scoredPanel, {
      answers: {
        'console.verification': () => ({ ...scoredPanel, checks: byWeight }),
        'console.evidence': () => ({ checks: families.map(opened) }),
      },
    })
    await user.click(await screen.findByRole('button', { name: 'Show restricted evidence' }))
    const checks = within(screen.getByRole('region', { name: 'Checks' }))
    await waitFor(() => expect(checks.getAllByText(/: opened$/)).toHaveLength(3))
    expect(checks.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      expect.stringMatching(/organiser of a meeting.*Organiser of a meeting: opened/s),
      expect.stringMatching(/day without meetings.*Day without meetings: opened/s),
      expect.stringMatching(/office.*Office: opened/s),
    ])
  })

  it('G1: one opening is recorded once, however often the case is fetched, and nothing of it stays beside another case', async () => {
    let panel = scoredPanel
    const { user, stream, callsTo } = await open(scoredPanel, {
      answers: { 'console.verification': () => panel },
    })
    await user.click(await screen.findByRole('button', { name: 'Show restricted evidence' }))
    await user.click(await screen.findByRole('button', { name: 'Show questions and replies' }))
    await screen.findByText('Range: 198.51.100.0/24')
    await screen.findByText('Who is your direct manager?')
    stream.tell([scoredPanel.row.id])
    await waitFor(() => expect(callsTo('console.verification').length).toBe(2))
    expect(screen.getByText('Range: 198.51.100.0/24')).toBeTruthy()
    expect(screen.getByText('Who is your direct manager?')).toBeTruthy()
    expect([callsTo('console.evidence').length, callsTo('console.transcript').length]).toEqual([1, 1])
    panel = { ...scoredPanel, row: { ...scoredPanel.row, id: closedPanel.row.id } }
    stream.tell([scoredPanel.row.id])
    await waitFor(() => expect(screen.queryByText('Range: 198.51.100.0/24')).toBeNull())
    expect(screen.queryByText('Who is your direct manager?')).toBeNull()
    expect(callsTo('console.evidence').length).toBe(1)
  })

  it('lists what matters first, all on request', async () => {
    const { user } = await open(scoredPanel)
    const checks = within(await screen.findByRole('region', { name: 'Checks' }))
    expect(checks.getAllByRole('listitem')[0]?.textContent).toContain('Tor')
    expect(checks.queryByText(/Match code/)).toBeNull()
    await user.click(checks.getByRole('button', { name: 'Show all 6 checks' }))
    expect(checks.getByText(/Match code/)).toBeTruthy()
  })

  it('adds the score up: weights, trust, damping within a group, the limit of a category, the total', async () => {
    await open(scoredPanel)
    const why = within(await screen.findByRole('region', { name: 'Why this score' }))
    const fold = why.getByText('How it adds up').closest('details')
    expect(fold?.open).toBe(false)
    const rows = within(fold as HTMLElement)
      .getAllByRole('row', { hidden: true })
      .map((row) => row.textContent)
    expect(rows[1]).toBe('Network: -21.0 dB, limited to -18.0 dB, 90% of its checks answered')
    expect(rows[2]).toMatch(/-18\.0100%100%-18\.0$/)
    expect(rows[3]).toMatch(/^↳ .*-6\.0100%50%-3\.0$/)
    expect(fold?.textContent).toContain('Together -22.2 dB, which is a risk of 9.3')
  })

  it('keeps checks in shadow apart, folded, with what they would weigh', async () => {
    await open(scoredPanel)
    const checks = within(await screen.findByRole('region', { name: 'Checks' }))
    const group = checks.getByText('1 checks in shadow, which count nothing').closest('details')
    expect(group?.open).toBe(false)
    const item = within(group as HTMLElement).getByRole('listitem', { hidden: true })
    expect(item.textContent).toMatch(/Debugger.*watched, not counted.*would weigh -6\.0 dB/)
  })
})

describe('times', () => {
  it('show the exact moment on focus and at a touch, and tell it to assistive technology', async () => {
    const { user } = await open(closedPanel)
    const messages = within(await screen.findByRole('region', { name: 'Messages' }))
    const [moment] = messages.getAllByRole('button')
    const told = document.getElementById(moment?.getAttribute('aria-describedby') ?? '')
    expect(told?.textContent).toMatch(/\d{4}.*\d:\d\d:\d\d/)
    expect(told?.classList.contains('open')).toBe(false)
    if (moment) await user.click(moment)
    expect(told?.classList.contains('open')).toBe(true)
    await user.keyboard('{Escape}')
    expect(told?.classList.contains('open')).toBe(false)
  })

  it('of the timeline stand there to the second, under their day', async () => {
    await open(closedPanel)
    const timeline = await screen.findByRole('region', { name: 'Timeline' })
    const lines = within(timeline).getAllByRole('listitem')
    expect(lines[0]?.textContent).toMatch(/2\d{3}.*\d\d?:\d\d:\d\d/)
  })
})

describe('labels', () => {
  it('are given with a reason after the case is closed', async () => {
    const { user, callsTo } = await open(closedPanel)
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Label' }), 'Suspicious')
    await user.type(screen.getByRole('textbox', { name: 'Why' }), 'Called twice')
    await user.click(screen.getByRole('button', { name: 'Add label' }))
    expect(callsTo('console.label')[0]?.body).toEqual({ label: 'suspicious', reason: 'Called twice' })
  })
})
