import { describe, expect, it } from 'vitest'
import { screen, waitFor, within } from '@solidjs/testing-library'
import type { BackTested } from '#api/contract/console-policy.ts'
import { fieldsOf } from '#domain/policy/fields.ts'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import { de } from '../../copy/de/index.ts'
import { en } from '../../copy/en/index.ts'
import type { Answers } from '../../testing/answers.ts'
import { mountConsole } from '../../testing/mount.tsx'
import { policyPage, proposal } from '../../testing/policy.ts'
import { labelOf, valueOf } from './words.ts'
// Compiled before a test waits for it.
import './index.tsx'

const part: BackTested = {
  cases: 250,
  notReplayable: 1,
  better: 2,
  worse: 0,
  bandChanged: 3,
  changed: [],
  done: 0.5,
  next: 'there',
}
let parts = 0
const answers: Answers = {
  'console.policy': () => policyPage,
  'console.previewPolicy': () => ({ changes: proposal.changes, weakened: proposal.weakened }),
  'console.policyReach': () => ({
    people: 100,
    notHandled: 2,
    cells: [
      { purpose: 'password_reset', tier: 'standard', people: 98, withoutRoute: { before: 1, after: 4 } },
    ],
    thin: {
      people: 8,
      routes: [
        { route: 'second_contact', people: 7 },
        { route: 'approver', people: 0 },
        { route: 'in_person', people: 1 },
      ],
    },
    stranded: [
      {
        id: '7c5c4d9e-53f5-4f6f-9d2c-1f0a54a3a0bb',
        name: 'Jonas Weber',
        tier: 'standard',
        purposes: ['password_reset'],
        reason: 'one_kind_only',
      },
    ],
  }),
  'console.backTestPolicy': () => {
    parts += 1
    return parts % 2 === 1 ? part : { ...part, done: 1, next: null }
  },
  'console.savePolicy': () => ({ status: 'proposed', version: null, proposalId: proposal.id }),
  'console.decideProposal': () => ({ version: 5, effectiveAt: '2026-06-03T09:00:00.000Z' }),
  'console.raiseThreat': () => ({
    reason: 'x',
    raisedBy: { id: proposal.id, name: 'x' },
    raisedAt: '2026-06-02T09:00:00.000Z',
    loweringAskedBy: null,
  }),
}

describe('the policy', () => {
  it('is read by those who may, without anything to change it', async () => {
    await mountConsole('/policy', { role: 'auditor', answers })
    await screen.findByText('Evidence by purpose and tier')
    const [table] = screen.getAllByRole('table')
    expect(table?.querySelectorAll('tr').length).toBe(11)
    expect(screen.queryByRole('button', { name: 'Edit policy' })).toBeNull()
    expect(screen.queryByRole('spinbutton')).toBeNull()
    expect(screen.getByText('Messages to one contact').nextElementSibling?.textContent).toBe(
      '3 in 10 minutes',
    )
  })

  it('is not in the rail of agents', async () => {
    await mountConsole('/verifications', { role: 'agent', answers })
    expect(await screen.findByRole('link', { name: 'Verifications' })).toBeTruthy()
    expect(screen.queryByRole('link', { name: 'Policy' })).toBeNull()
  })

  it('is edited, reviewed with diff, reach and back-test, and proposed where it weakens', async () => {
    const { user, callsTo } = await mountConsole('/policy', { role: 'admin', answers })
    await user.click(await screen.findByRole('button', { name: 'Edit policy' }))
    const link = await screen.findByRole('spinbutton', { name: 'Link by SMS, minutes' })
    await user.clear(link)
    await user.type(link, '20')
    await user.tab()
    const [review] = screen.getAllByRole('button', { name: 'Review change' })
    if (review) await user.click(review)
    await screen.findByText('This weakens the policy: a second admin must accept it.')
    expect(callsTo('console.previewPolicy').at(-1)?.body).toMatchObject({
      policy: { version: 4, lifetimes: { smsLink: 1200 } },
    })
    const changes = screen.getByRole('group', { name: 'What changes' })
    expect(
      within(changes).getByRole('row', { name: /Link by SMS 10 minutes 20 minutes weakens/ }),
    ).toBeTruthy()
    expect(await screen.findByText('Jonas Weber')).toBeTruthy()
    expect(screen.getByText(/8 people are known too little/).textContent).toMatch(
      /instead: a code to a second contact: 7 · in person only: 1$/,
    )
    await screen.findByText(/500 cases of the last 90 days decided again; 2 cannot be/)
    await user.type(screen.getByRole('textbox', { name: 'Why is this changed?' }), 'Links arrive late.')
    await user.click(screen.getByRole('button', { name: 'Propose to a second admin' }))
    await screen.findByText(/A second admin has to accept it within 7 days/)
    expect(callsTo('console.savePolicy')[0]?.headers['idempotency-key']).toBeTruthy()
  })

  it('shows proposals with what they weaken; another admin accepts with a reason', async () => {
    const { user, callsTo } = await mountConsole('/policy', {
      role: 'admin',
      answers: { ...answers, 'console.policy': () => ({ ...policyPage, proposals: [proposal] }) },
    })
    const accept = await screen.findByRole('button', { name: 'Accept' })
    expect(accept).toHaveProperty('disabled', true)
    await user.type(screen.getByRole('textbox', { name: 'Your reason' }), 'Agreed.')
    await user.click(accept)
    await waitFor(() =>
      expect(callsTo('console.decideProposal')[0]?.body).toEqual({ decision: 'accept', reason: 'Agreed.' }),
    )
  })

  it('tries a demand out: switched in the draft, counted on the page, and nothing where all are asked', async () => {
    const { user, callsTo } = await mountConsole('/policy', { role: 'admin', answers })
    await user.click(await screen.findByRole('button', { name: 'Edit policy' }))
    expect(screen.queryByRole('heading', { name: 'What would have been asked for' })).toBeNull()
    const label = 'Only record: two kinds for an unknown device on a new network'
    await user.click(screen.getByRole('checkbox', { name: label }))
    const [review] = screen.getAllByRole('button', { name: 'Review change' })
    if (review) await user.click(review)
    await waitFor(() =>
      expect(callsTo('console.previewPolicy').at(-1)?.body).toMatchObject({
        policy: { score: { onlyRecorded: { new_place: true } } },
      }),
    )
  })

  it('counts the cases that would have been asked for more', async () => {
    const recorded = [{ demand: 'new_place' as const, cases: 1_204, passed: 1_100, peopleWithoutWay: 7 }]
    await mountConsole('/policy', {
      role: 'supervisor',
      answers: { ...answers, 'console.policy': () => ({ ...policyPage, recorded }) },
    })
    const table = await screen.findByRole('group', { name: 'What would have been asked for' })
    const name = 'Two kinds for an unknown device on a new network 1,204 1,100 7'
    expect(within(table).getByRole('row', { name })).toBeTruthy()
  })

  it('says nothing of collected lists where there is no alarm', async () => {
    await mountConsole('/policy', { role: 'supervisor', answers })
    await screen.findByRole('heading', { name: 'Elevated threat' })
    expect(screen.queryByRole('heading', { name: 'Lists that may have been collected' })).toBeNull()
  })

  it('shows which lists may have been collected, from where, and what to do', async () => {
    const alarm = {
      family: 'manager' as const,
      asn: null,
      cases: 30,
      lists: 11,
      listsInForce: 12,
      usualCases: 1.5,
      raisedAt: '2026-06-02T09:00:00.000Z',
    }
    const harvests = [alarm, { ...alarm, asn: 65_550, cases: 28, lists: 9, usualCases: 0 }]
    await mountConsole('/policy', {
      role: 'supervisor',
      answers: { ...answers, 'console.policy': () => ({ ...policyPage, harvests }) },
    })
    const section = within(await screen.findByRole('region', { name: 'Lists that may have been collected' }))
    expect(
      section.getByRole('row', { name: /manager all networks 11 of 12 30 \(usually 1\.5\)/ }),
    ).toBeTruthy()
    expect(section.getByRole('row', { name: /manager AS65550 9 of 12 28 \(usually 0\.0\)/ })).toBeTruthy()
    const href = section.getByRole('link', { name: /Cases of that day/ }).getAttribute('href') ?? ''
    expect(Object.fromEntries(new URL(href, 'http://x').searchParams)).toEqual({
      from: '2026-06-01T09:00:00.000Z',
      to: '2026-06-02T09:00:00.000Z',
      step: 'code',
      outcome: 'failed,timed_out,not_enough_questions,cancelled,undelivered,reported',
    })
  })

  it('turns the elevated threat on with one click and a reason', async () => {
    const { user, callsTo } = await mountConsole('/policy', { role: 'supervisor', answers })
    await user.type(await screen.findByRole('textbox', { name: /^What is happening\?/ }), 'A wave of calls.')
    await user.click(screen.getByRole('button', { name: 'Turn on' }))
    await waitFor(() =>
      expect(callsTo('console.raiseThreat')[0]?.body).toEqual({ reason: 'A wave of calls.' }),
    )
  })

  it('needs no words to turn it on', async () => {
    const { user, callsTo } = await mountConsole('/policy', { role: 'supervisor', answers })
    await user.click(await screen.findByRole('button', { name: 'Turn on' }))
    await waitFor(() => expect(callsTo('console.raiseThreat')[0]?.body).toEqual({ reason: null }))
  })

  it('asks for the session again when settings change, so that its banner shows at once', async () => {
    const { stream, callsTo } = await mountConsole('/policy', { role: 'admin', answers })
    await screen.findByRole('button', { name: 'Edit policy' })
    const before = callsTo('console.session').length
    stream.tell(['x'], 'settings')
    await waitFor(() => expect(callsTo('console.session').length).toBeGreaterThan(before))
  })
})

describe.each([
  ['en', en],
  ['de', de],
])('words in %s', (_, copy) => {
  it('name every field of the policy, and every value of the default one', () => {
    for (const { path, value } of fieldsOf(defaultPolicy())) {
      const words = labelOf(copy, path)
      const last = path.split('.').at(-1) ?? ''
      // Cases of a check's weight keep their code, and some questions are called what their code says.
      if (!/\.weights\.|\.families\./.test(path)) expect(words.split(': ').at(-1), path).not.toBe(last)
      expect(words, path).not.toContain('_')
      expect(valueOf(copy, path, value), path).not.toMatch(/object|undefined/)
    }
  })
})

describe('a change that waits for its time', () => {
  const waits = {
    ...policyPage.current,
    version: 5,
    acceptedBy: 'Priya Castellan',
    effectiveAt: '2026-06-03T09:00:00.000Z',
  }
  const withWaiting: Answers = {
    ...answers,
    'console.policy': () => ({ ...policyPage, scheduled: waits }),
    'console.callOffPolicy': () => ({ version: 6, effectiveAt: waits.effectiveAt }),
    'console.hastenPolicy': () => ({ version: 6, effectiveAt: waits.effectiveAt }),
  }

  it('says when it takes effect, and is called off by an admin with a reason', async () => {
    const { user, callsTo } = await mountConsole('/policy', { role: 'admin', answers: withWaiting })
    expect((await screen.findByText(/Version 5 is accepted/)).textContent).toContain('It takes effect')
    const [reason] = screen.getAllByRole('textbox', { name: 'Your reason' })
    if (reason) await user.type(reason, 'Not needed.')
    await user.click(screen.getByRole('button', { name: 'Call it off' }))
    await waitFor(() => expect(callsTo('console.callOffPolicy')[0]?.body).toEqual({ reason: 'Not needed.' }))
    expect(callsTo('console.callOffPolicy')[0]?.url).toContain('/scheduled/5/call-off')
  })

  it('is put in force at once by a third person, whom a supervisor may be; an auditor only reads', async () => {
    const { unmount } = await mountConsole('/policy', { role: 'supervisor', answers: withWaiting })
    expect(await screen.findByRole('button', { name: 'Emergency: put in force now' })).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Call it off' })).toBeNull()
    unmount()
    await mountConsole('/policy', { role: 'auditor', answers: withWaiting })
    await screen.findByText(/Version 5 is accepted/)
    expect(screen.queryByRole('button', { name: /Emergency/ })).toBeNull()
  })
})

describe('values of the policy', () => {
  it('are numbers and countries as the reader writes them', () => {
    expect(valueOf(de, 'thresholds.hold', 7.5)).toBe('7,5')
    expect(valueOf(en, 'thresholds.hold', 7.5)).toBe('7.5')
    expect(valueOf(de, 'limits.all', [{ max: 2000, seconds: 86_400 }])).toBe('2.000 in 1 Tag')
    expect(valueOf(de, 'contacts.smsCountries', ['DE', 'XX'])).toBe('Deutschland; XX')
    expect(valueOf(en, 'contacts.smsCountries', ['DE', 'XX'])).toBe('Germany; XX')
  })
})
