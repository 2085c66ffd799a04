import { describe, expect, it } from 'vitest'
import { screen, waitFor, within } from '@solidjs/testing-library'
import { userEvent } from '@testing-library/user-event'
import type { SendOptions } from '#api/contract/console.ts'
import { refusing } from '../../testing/answers.ts'
import { personCard, sendOptions } from '../../testing/fixtures.ts'
import { mountConsole } from '../../testing/mount.tsx'
import { closedPanel, livePanel } from '../../testing/panels.ts'
// Compiled before a test waits for it.
import './index.tsx'
import './PersonPage.tsx'

const personPath = `/people/${personCard.id}`

describe('the person card', () => {
  it('shows warnings, masked contacts with their age, and recent verifications', async () => {
    await mountConsole(personPath)
    const card = within(await screen.findByRole('article', { name: 'Ada Lindt' }))
    expect(card.getByRole('list', { name: 'Mind before sending' }).textContent).toContain(
      'a•••@mail.example was changed 5 hours ago.',
    )
    expect(card.getByText('••• 42')).toBeTruthy()
    expect(card.getByRole('link', { name: 'Identity check' })).toBeTruthy()
  })
})

describe('the printed recovery sheet', () => {
  it('stands on the card with the codes that are left, and is voided with a reason', async () => {
    let sheet: typeof personCard.sheet = personCard.sheet
    const { callsTo } = await mountConsole(personPath, {
      answers: {
        'console.personCard': () => ({ ...personCard, sheet }),
        'console.voidSheet': () => {
          sheet = null
          return { done: true }
        },
      },
    })
    const heading = await screen.findByRole('heading', { name: 'Printed recovery sheet' })
    const section = within(heading.parentElement as HTMLElement)
    expect(heading.parentElement?.textContent).toMatch(/counts as proof.*8 codes left/)
    await userEvent.click(section.getByRole('button', { name: 'Void' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Void this recovery sheet?' }))
    await userEvent.type(dialog.getByRole('textbox'), 'They lost it.')
    await userEvent.click(dialog.getByRole('button', { name: 'Void' }))
    await waitFor(() => {
      expect(screen.queryByRole('heading', { name: 'Printed recovery sheet' })).toBeNull()
    })
    expect(callsTo('console.voidSheet')).toHaveLength(1)
  })
})

describe('the case of a person', () => {
  const openCard = { ...personCard, openVerificationId: livePanel.row.id }
  const over = { ...closedPanel, row: { ...closedPanel.row, id: livePanel.row.id } }

  it('is called closed once it is, and the card tells of it', async () => {
    let [card, panel] = [openCard, livePanel]
    const { stream, callsTo } = await mountConsole(personPath, {
      answers: { 'console.personCard': () => card, 'console.verification': () => panel },
    })
    expect(await screen.findByText('This verification is running.')).toBeTruthy()
    await screen.findByRole('img', { name: /Match code/ })
    ;[card, panel] = [{ ...personCard, recent: [] as typeof personCard.recent } as typeof openCard, over]
    stream.tell([livePanel.row.id])
    stream.tell([personCard.id], 'people')
    expect(await screen.findByText('This verification is closed.')).toBeTruthy()
    expect(await screen.findByText('None yet.')).toBeTruthy()
    expect(callsTo('console.personCard').length).toBe(2)
    stream.tell(['00000000-0000-4000-8000-000000000599'], 'people')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(callsTo('console.personCard').length).toBe(2)
  })

  it('shows on the card as it moves, down to the new password, without another look-up', async () => {
    const [entry] = personCard.recent
    if (entry === undefined) throw new Error('the fixture has a verification')
    const recent = [{ ...entry, id: livePanel.row.id, state: 'link_sent', outcome: null } as const]
    const isLocked = [{ key: 'warning.account_locked', slots: {} }]
    const ofLocked = { ...livePanel.participant, accountState: 'locked' }
    let panel: typeof livePanel = { ...livePanel, participant: ofLocked }
    const { stream, callsTo } = await mountConsole(personPath, {
      answers: {
        'console.personCard': () => ({ ...openCard, recent, warnings: isLocked }),
        'console.verification': () => panel,
      },
    })
    const card = within(await screen.findByRole('article', { name: 'Ada Lindt' }))
    expect(await card.findByText('Link sent')).toBeTruthy()
    expect(card.getByText('Locked')).toBeTruthy()
    expect(card.getByText('Password changed').nextElementSibling?.textContent).not.toMatch(/min\. ago/)
    // The password is new, and the directory has not yet said that the lock is gone.
    panel = { ...over, participant: ofLocked }
    stream.tell([livePanel.row.id])
    expect(await card.findByText('Passed')).toBeTruthy()
    expect(card.getByText('Password changed').nextElementSibling?.textContent).toMatch(/min\. ago/)
    expect(card.getByText('Locked')).toBeTruthy()
    panel = over
    stream.tell([livePanel.row.id])
    expect(await card.findByText('Active')).toBeTruthy()
    expect(card.queryByText('Locked')).toBeNull()
    expect(card.queryByRole('list', { name: 'Mind before sending' })).toBeNull()
    expect(callsTo('console.personCard').length).toBe(1)
  })

  it.each(['open', 'gap'] as const)(
    'is looked at again when changes may have been missed (%s)',
    async (how) => {
      let panel = livePanel
      const { stream, callsTo } = await mountConsole(personPath, {
        answers: { 'console.personCard': () => openCard, 'console.verification': () => panel },
      })
      await screen.findByRole('img', { name: /Match code/ })
      panel = over
      stream.miss(how)
      expect(await screen.findByText('This verification is closed.')).toBeTruthy()
      expect(callsTo('console.personCard').length).toBe(2)
      // A browser keeps few connections to one host: card and case share one.
      expect(stream.count()).toBe(1)
    },
  )

  it('takes the place of the form when another agent starts it', async () => {
    let card: typeof personCard = personCard
    const { stream } = await mountConsole(personPath, { answers: { 'console.personCard': () => card } })
    await screen.findByRole('textbox', { name: /Ticket/ })
    card = openCard
    stream.tell([personCard.id], 'people')
    expect(await screen.findByText('This verification is running.')).toBeTruthy()
    expect(screen.queryByRole('textbox', { name: /Ticket/ })).toBeNull()
  })
})

const mobile = sendOptions.options[0] as SendOptions['options'][number]
const workAddress: SendOptions['options'][number] = {
  ...mobile,
  ...{
    contactId: '00000000-0000-4000-8000-000000000703',
    channel: 'email',
    masked: 'a•••@northwind.example',
  },
  ...{ label: 'work', lineType: null },
}

/** Choices whose second answer, for another purpose, waits until it is let go. */
const withLateAnswer = (isAllowed = true) => {
  let asked = 0
  let go = (): void => undefined
  const late = new Promise<void>((resolve) => {
    go = resolve
  })
  const answer = async () => {
    asked += 1
    const isLate = asked > 1
    if (isLate) await late
    const options = [mobile, { ...workAddress, allowed: !isLate || isAllowed }]
    return { ...sendOptions, options }
  }
  return { answers: { 'console.sendOptions': answer }, isAsked: () => asked > 1, go: () => go() }
}

describe('sending a link', () => {
  it('shows the message and the policy’s answer, and why a contact cannot be used', async () => {
    await mountConsole(personPath)
    const send = within(await screen.findByRole('region', { name: 'Send verification link' }))
    expect(
      await send.findByText(/SMS to ••• 42 \(mobile\) is allowed. A text message alone is not enough./),
    ).toBeTruthy()
    expect(send.getByText(/did you contact the help desk/)).toBeTruthy()
    const email = send.getByRole<HTMLInputElement>('radio', { name: /E-mail/ })
    expect(email.disabled).toBe(true)
    expect(send.getByText(/a supervisor has to send it/)).toBeTruthy()
  })

  it('goes where the agent chose, also where the purpose’s own answer comes after the choice', async () => {
    const { answers, isAsked, go } = withLateAnswer()
    const { user, callsTo } = await mountConsole(personPath, { answers })
    const work = await screen.findByRole('radio', { name: /work/ })
    await user.selectOptions(screen.getByRole('combobox', { name: 'Purpose' }), 'identity_check')
    await waitFor(() => expect(isAsked()).toBe(true))
    await user.click(work)
    const button = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Send verification link' })
    // The policy's answer for this purpose is not known yet.
    expect(button().disabled).toBe(true)
    go()
    await waitFor(() => expect(button().disabled).toBe(false))
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /work/ }).checked).toBe(true)
    await user.click(button())
    await waitFor(() =>
      expect(callsTo('console.startVerification')[0]?.body).toMatchObject({
        purpose: 'identity_check',
        contactId: workAddress.contactId,
      }),
    )
  })

  it('falls back to an allowed contact where the chosen one is not for this purpose', async () => {
    const { answers, go } = withLateAnswer(false)
    const { user } = await mountConsole(personPath, { answers })
    await user.click(await screen.findByRole('radio', { name: /work/ }))
    await user.selectOptions(screen.getByRole('combobox', { name: 'Purpose' }), 'identity_check')
    go()
    await waitFor(() =>
      expect(screen.getByRole<HTMLInputElement>('radio', { name: /mobile/ }).checked).toBe(true),
    )
  })

  it('refuses a ticket that cannot be one, and says what can', async () => {
    const { user } = await mountConsole(personPath)
    await user.type(await screen.findByRole('textbox', { name: /Ticket/ }), 'INC 1; drop')
    expect(screen.getByRole('alert').textContent).toContain('Letters, digits')
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send verification link' }).disabled).toBe(
      true,
    )
  })

  it('turns into the live view with the code to read out', async () => {
    const { user, callsTo } = await mountConsole(personPath)
    await user.type(await screen.findByRole('textbox', { name: /Ticket/ }), 'INC-4711')
    await user.click(screen.getByRole('button', { name: 'Send verification link' }))
    const digits = await screen.findByRole('img', { name: 'Match code: 4 8 1 9 2 7' })
    // The button is gone: the focus is on the case, and the digits are read out as they come (WCAG 2.4.3, 4.1.3).
    expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Send verification link' }))
    expect(digits.closest('[role=status]')).toBeTruthy()
    const [sent] = callsTo('console.startVerification')
    expect(sent?.body).toEqual({
      personId: personCard.id,
      purpose: 'password_reset',
      contactId: sendOptions.options[0]?.contactId,
      ticket: 'INC-4711',
    })
    expect(sent?.headers['idempotency-key']).toBeTruthy()
  })

  it('keeps its key while the same thing is tried again', async () => {
    const { user, callsTo } = await mountConsole(personPath, {
      answers: { 'console.startVerification': refusing('unavailable', 503) },
    })
    const button = await screen.findByRole<HTMLButtonElement>('button', { name: 'Send verification link' })
    await waitFor(() => expect(button.disabled).toBe(false))
    await user.click(button)
    expect((await screen.findByRole('alert')).textContent).toContain('Nothing is lost')
    await user.click(button)
    const keys = callsTo('console.startVerification').map(({ headers }) => headers['idempotency-key'])
    expect(keys.length).toBe(2)
    expect(new Set(keys).size).toBe(1)
  })

  it('is stopped with a reason where nothing may be started', async () => {
    await mountConsole(personPath, {
      answers: {
        'console.sendOptions': () => ({ ...sendOptions, blocked: { key: 'send.own_case', slots: {} } }),
      },
    })
    expect((await screen.findByRole('alert')).textContent).toContain('You cannot handle yourself')
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send verification link' }).disabled).toBe(
      true,
    )
  })

  it('is not offered to those who may not start', async () => {
    await mountConsole(personPath, { role: 'auditor' })
    await screen.findByRole('article', { name: 'Ada Lindt' })
    expect(screen.queryByRole('region', { name: 'Send verification link' })).toBeNull()
  })
})
