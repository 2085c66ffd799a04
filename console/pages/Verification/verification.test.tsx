import { describe, expect, it } from 'vitest'
import { screen, waitFor, within } from '@solidjs/testing-library'
import { refusing } from '../../testing/answers.ts'
import { minutesAgo } from '../../testing/fixtures.ts'
import { closedPanel, livePanel, matchCode } from '../../testing/panels.ts'
import { scoredPanel } from '../../testing/scored-panel.ts'
import { mountConsole } from '../../testing/mount.tsx'
// Compiled before a test waits for it.
import './index.tsx'

const open = (panel: typeof scoredPanel, options: Parameters<typeof mountConsole>[1] = {}) =>
  mountConsole(`/verifications/${panel.row.id}`, options)

describe('the verdict', () => {
  it('comes first: recommendation with its reasons, band, number and what to do', async () => {
    await open(scoredPanel)
    const verdict = await screen.findByRole('region', { name: 'Verdict' })
    expect(verdict.textContent).toContain('Hold: a contact was changed a short time ago, evidence is missing')
    expect(verdict.textContent).toContain('Elevated')
    expect(verdict.textContent).toContain('6.4 of 10')
    expect(verdict.textContent).toContain('send a new link to another contact')
  })

  it('says what the policy would have asked for, where it only records that', async () => {
    const wouldAsk = [{ key: 'policy.new_place', slots: {} }]
    await open(scoredPanel, { answers: { 'console.verification': () => ({ ...scoredPanel, wouldAsk }) } })
    const verdict = await screen.findByRole('region', { name: 'Verdict' })
    expect(verdict.textContent).toContain(
      'The policy would have asked for more proof, and only recorded it: neither the device nor the network',
    )
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
      screenHash: scoredPanel.screenHash,
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
    expect(lines[1]?.textContent).toMatch(/Waiting for the answer · manager · Nora Weber.*time runs out/s)
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

describe('why an action is not possible', () => {
  it.each([
    [0, false],
    [900, true],
  ])('shows where there is room: a button %i pixels from the left edge of 1,024', async (left, isBack) => {
    await open(livePanel, { role: 'agent' })
    const button = await screen.findByRole('button', { name: 'Approve' })
    button.getBoundingClientRect = () => new DOMRect(left, 0, 80, 30)
    button.focus()
    const tip = document.getElementById(button.getAttribute('aria-describedby') ?? '')
    expect(innerWidth).toBe(1024)
    expect(tip?.classList.contains('back')).toBe(isBack)
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

  it.each([
    [false, 'not sent'],
    [true, 'not delivered'],
  ])(
    'says why the code to another contact is missing, from when on it can be sent, and what to do (%s)',
    async (isUndelivered, why) => {
      const progress = {
        ...livePanel.progress,
        route: 'second_contact',
        codeRefused: { sendAt: minutesAgo(-5), isUndelivered },
      } as const
      const instruction = { key: 'instruction.second_code_refused', slots: {} }
      const row = { ...livePanel.row, state: 'answering' } as const
      const panel = { ...livePanel, row, progress, instruction }
      await open(panel, { answers: { 'console.verification': () => panel } })
      const steps = within(await screen.findByRole('region', { name: 'Live' })).getAllByRole('listitem')
      expect(steps[4]?.textContent).toMatch(new RegExp(`${why}; the next one can go from .*\\d`))
      expect(screen.getByText(/ask for it again at the time shown below, or go on without it/)).toBeTruthy()
    },
  )

  it('does not say that a code was typed where the person went on without it', async () => {
    const progress = { ...scoredPanel.progress, route: 'second_contact', isCodeGivenUp: true } as const
    await open(scoredPanel, { answers: { 'console.verification': () => ({ ...scoredPanel, progress }) } })
    const steps = within(await screen.findByRole('region', { name: 'Live' })).getAllByRole('listitem')
    expect(steps[4]?.textContent).toContain('Went on without the code from a second contact')
  })

  it.each([
    [null, '○', '○'],
    [scoredPanel.progress.scoredAt, '✓', '✓'],
  ])('says what was asked for after the person went on without the code (%s)', async (at, push, scored) => {
    const times = { answersCompletedAt: at, scoredAt: at }
    const progress = { ...scoredPanel.progress, ...times, route: 'push' as const, isCodeGivenUp: true }
    await open(scoredPanel, { answers: { 'console.verification': () => ({ ...scoredPanel, progress }) } })
    const steps = within(await screen.findByRole('region', { name: 'Live' })).getAllByRole('listitem')
    const [given, asked, last] = steps.slice(4).map(({ textContent }) => textContent)
    expect(given).toContain('✓Went on without the code from a second contact')
    expect(asked).toContain(`${push}Push to the authenticator`)
    expect(last).toContain(`${scored}Scored`)
  })

  it.each([
    ['questions', 'No questions were asked'],
    ['none', 'No questions were asked'],
    ['passkey', 'Own passkey'],
    ['second_contact', 'Code from a second contact'],
  ] as const)('counts no questions where none were put (%s)', async (route, name) => {
    const progress = {
      ...scoredPanel.progress,
      route,
      answered: 0,
      askedOf: route === 'questions' ? 6 : null,
    }
    await open(scoredPanel, { answers: { 'console.verification': () => ({ ...scoredPanel, progress }) } })
    const steps = within(await screen.findByRole('region', { name: 'Live' })).getAllByRole('listitem')
    expect(steps[4]?.textContent).toContain(name)
    expect(steps[4]?.textContent).not.toContain('of up to')
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

  it('of the timeline are shown to the second, under their day', async () => {
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
    expect(callsTo('console.label')[0]?.body).toEqual({
      ...{ label: 'suspicious', reason: 'Called twice', basis: 'panel' },
    })
  })

  it('say if they come from outside', async () => {
    const { user, callsTo } = await open(closedPanel)
    await user.type(await screen.findByRole('textbox', { name: 'Why' }), 'The manager called back')
    await user.click(screen.getByRole('checkbox', { name: 'I know this from outside Countersign' }))
    await user.click(screen.getByRole('button', { name: 'Add label' }))
    expect(callsTo('console.label')[0]?.body).toMatchObject({ label: 'genuine', basis: 'outside' })
  })
})
