import { describe, expect, it } from 'vitest'
import { screen, waitFor, within } from '@solidjs/testing-library'
import type { ApproverNaming, ApproverNamings } from '#api/contract/console-approvers.ts'
import { refusing, type Answers } from '../../testing/answers.ts'
import { idOf, minutesAgo, peopleFound, sessionOf } from '../../testing/fixtures.ts'
import { mountConsole } from '../../testing/mount.tsx'
// Compiled before a test waits for it.
import './index.tsx'

const naming: ApproverNaming = {
  id: idOf(900),
  state: 'proposed',
  approver: { id: idOf(901), name: 'Nora Weber', title: 'Team lead' },
  problem: null,
  person: { id: idOf(902), name: 'Ada Lindt', title: 'Analyst' },
  team: null,
  people: null,
  reason: 'Shares an office with her',
  namedBy: { id: idOf(903), name: 'Priya Castellan' },
  namedAt: minutesAgo(60),
  acceptedBy: null,
  acceptedAt: null,
  acceptReason: null,
  effectiveAt: null,
  endedBy: null,
  endedAt: null,
  endReason: null,
}
const accepted = {
  acceptedBy: { id: idOf(904), name: 'Bo Admin' },
  acceptedAt: minutesAgo(30),
  acceptReason: 'Known to both',
  effectiveAt: minutesAgo(-1410),
} as const
const page = (namings: readonly ApproverNaming[]): ApproverNamings => ({
  namings: [...namings],
  more: false,
  teams: [{ team: 'Treasury', people: 9 }],
})
const open = (namings: readonly ApproverNaming[], answers: Answers = {}, path = '/policy/approvers') =>
  mountConsole(path, {
    role: 'admin',
    answers: {
      'console.approvers': () => page(namings),
      'console.searchPeople': () => peopleFound,
      'console.nameApprover': () => naming,
      'console.decideNaming': () => naming,
      'console.endNaming': () => naming,
      ...answers,
    },
  })

describe('the list of approvers', () => {
  it('says how to fill it, and to those who only read who can', async () => {
    const { unmount } = await open([])
    expect((await screen.findByText(/Nobody is named yet/)).textContent).toContain('Name somebody')
    unmount()
    await mountConsole('/policy/approvers', {
      role: 'auditor',
      answers: { 'console.approvers': () => page([]) },
    })
    expect((await screen.findByText(/Nobody is named\./)).textContent).toContain('an admin can')
    expect(screen.queryByRole('button', { name: 'Name an approver' })).toBeNull()
  })

  it('shows who may vouch for whom, why, by whom, and from when on', async () => {
    await open([
      { ...naming, ...accepted, state: 'waiting' },
      { ...naming, ...accepted, id: idOf(905), state: 'in_force', person: null, team: 'Treasury', people: 9 },
    ])
    const [first, second] = await screen.findAllByRole('article')
    expect(first?.textContent).toMatch(/Nora Weber may vouch for Ada Lindt.*Accepted, not in force yet/s)
    expect(first?.textContent).toMatch(/named by Priya Castellan.*accepted by Bo Admin.*in force from/s)
    expect(second?.textContent).toMatch(/Treasury \(9 people\).*In force/s)
  })

  it('D13: offers who named it to take it back only; to another admin to accept or decline, with a reason', async () => {
    const own = { ...naming, id: idOf(906), namedBy: { id: sessionOf('admin').staff.id, name: 'I' } }
    const { user, callsTo } = await open([naming, own])
    const [foreign, mine] = await screen.findAllByRole('article')
    expect(within(mine as HTMLElement).queryByRole('button', { name: 'Accept' })).toBeNull()
    expect(within(mine as HTMLElement).getByRole('button', { name: 'Take back' })).toBeTruthy()
    const accept = within(foreign as HTMLElement).getByRole<HTMLButtonElement>('button', { name: 'Accept' })
    expect(accept.disabled).toBe(true)
    await user.type(
      within(foreign as HTMLElement).getByRole('textbox', { name: 'Your reason' }),
      'Known to me',
    )
    await user.click(accept)
    await waitFor(() =>
      expect(callsTo('console.decideNaming').map(({ body }) => body)).toEqual([
        { decision: 'accept', reason: 'Known to me' },
      ]),
    )
    expect((await screen.findByRole('status')).textContent).toContain('Recorded')
  })

  it('keeps a reason that is being typed while the list changes under it', async () => {
    let namings = [naming]
    const { user, stream } = await open([], { 'console.approvers': () => page(namings) })
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Your reason' })
    await user.type(field, 'Known to')
    namings = [{ ...naming, id: idOf(907), state: 'in_force', ...accepted }, { ...naming }]
    stream.tell([], 'settings')
    await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(2))
    await user.type(field, ' me')
    expect(field.isConnected).toBe(true)
    expect(field.value).toBe('Known to me')
  })

  it('ends what is in force, and says what becomes of open requests', async () => {
    const { user, callsTo } = await open([{ ...naming, ...accepted, state: 'in_force' }])
    await user.click(await screen.findByText('End it', { selector: 'summary' }))
    expect(screen.getByText(/can still be answered/)).toBeTruthy()
    await user.type(screen.getByRole('textbox', { name: 'Your reason' }), 'Left')
    await user.click(screen.getByRole('button', { name: 'End it' }))
    await waitFor(() =>
      expect(callsTo('console.endNaming').map(({ body }) => body)).toEqual([{ reason: 'Left' }]),
    )
  })

  it('says why a person would not be asked', async () => {
    await open([{ ...naming, ...accepted, state: 'in_force', problem: 'cannot_sign_in' }])
    expect(await screen.findByText(/does not hold the id by which they sign in/)).toBeTruthy()
  })
})

describe('naming an approver', () => {
  it('says what is missing, and sends people by id', async () => {
    const { user, callsTo } = await open([])
    await user.click(await screen.findByRole('button', { name: 'Name an approver' }))
    const propose = screen.getByRole('button', { name: 'Propose to a second admin' })
    const missing = () => document.getElementById(propose.getAttribute('aria-describedby') ?? '')?.textContent
    expect([propose.getAttribute('aria-disabled'), missing()]).toEqual(['true', 'Choose who may vouch.'])
    await user.type(screen.getByRole('searchbox', { name: /Who may vouch/ }), 'ada')
    const [hit] = peopleFound.people
    await user.click(await screen.findByRole('button', { name: new RegExp(hit?.name ?? '') }))
    expect(missing()).toBe('Choose for whom.')
    await user.click(screen.getByRole('radio', { name: 'everybody of a team' }))
    expect(missing()).toBe('Choose a team.')
    await user.selectOptions(screen.getByRole('combobox', { name: 'Team' }), 'Treasury')
    expect(missing()).toBe('Say why.')
    await user.type(screen.getByRole('textbox', { name: /Why they can tell/ }), 'Same office')
    await user.click(propose)
    await waitFor(() =>
      expect(callsTo('console.nameApprover').map(({ body }) => body)).toEqual([
        { approverId: hit?.id, whom: { kind: 'team', team: 'Treasury' }, reason: 'Same office' },
      ]),
    )
    expect((await screen.findByRole('status')).textContent).toContain('Proposed')
  })

  it('keeps what was typed when it is refused, and says why', async () => {
    const { user } = await open([], { 'console.nameApprover': refusing('approver_named_already') })
    await user.click(await screen.findByRole('button', { name: 'Name an approver' }))
    await user.type(screen.getByRole('searchbox', { name: /Who may vouch/ }), 'ada')
    await user.click(
      await screen.findByRole('button', { name: new RegExp(peopleFound.people[0]?.name ?? '') }),
    )
    await user.click(screen.getByRole('radio', { name: 'everybody of a team' }))
    await user.selectOptions(screen.getByRole('combobox', { name: 'Team' }), 'Treasury')
    const why = screen.getByRole<HTMLInputElement>('textbox', { name: /Why they can tell/ })
    await user.type(why, 'x')
    await user.click(screen.getByRole('button', { name: 'Propose to a second admin' }))
    expect((await screen.findByRole('alert')).textContent).toContain('named for it already')
    expect(why.value).toBe('x')
  })
})
