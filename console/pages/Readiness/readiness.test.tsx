import { describe, expect, it } from 'vitest'
import { screen, within } from '@solidjs/testing-library'
import type { Readiness, ReadinessPeople } from '#api/contract/console-readiness.ts'
import type { Role } from '#domain/roles.ts'
import { en } from '../../copy/en/index.ts'
import type { Answers } from '../../testing/answers.ts'
import { mountConsole } from '../../testing/mount.tsx'
// Compiled before a test waits for it.
import './index.tsx'

const words = en.readiness
const row = { people: 5, passkey: 1, waiting: 1, sheet: 0, signIn: 1, contacts: 1 }
const page: Readiness = {
  enrolAddress: 'https://portal.example/enrol',
  departments: [
    { department: 'Sales', ...row, none: 2 },
    { department: null, ...row, people: 1, none: 0 },
  ],
}
const person = (id: string, name: string): ReadinessPeople['people'][number] => ({
  ...{ id, name, login: name.toLowerCase(), department: 'Sales', team: null },
  ...{ passkey: false, waiting: true, sheet: false, signIn: false, contacts: false },
})
const ada = person('7b2f6a34-62f1-4c43-9d0c-0c2a5c0f4f10', 'Ada')
const bob = person('7b2f6a34-62f1-4c43-9d0c-0c2a5c0f4f11', 'Bob')

const open = (answers: Answers = {}, role: Role = 'supervisor') =>
  mountConsole('/readiness', {
    role,
    answers: {
      'console.readiness': () => page,
      'console.readinessPeople': () => ({ people: [ada, bob], more: false }),
      'console.inviteToEnrol': () => ({ invited: 1, notInvited: 1 }),
      ...answers,
    },
  })

describe('the page of readiness', () => {
  it('says how many people have no strong way, by department, and where they set up a passkey', async () => {
    await open()
    expect(await screen.findByRole('heading', { name: '2 of 6 people have no strong way yet' })).toBeTruthy()
    const sales = screen.getByRole('row', { name: /^Sales/ })
    expect(
      within(sales)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    ).toEqual([...['5', '1', '1', '0', '1', '1', '2']])
    expect(screen.getByRole('row', { name: /^No department/ }).textContent).toMatch(/0$/)
    expect(screen.getByText('https://portal.example/enrol')).toBeTruthy()
  })

  it('lists the people of a department, and invites those who are chosen', async () => {
    const { user, callsTo } = await open()
    await user.click(await screen.findByRole('button', { name: words.list(2, 'Sales') }))
    const list = await screen.findByRole('region', { name: words.titles.none('Sales') })
    expect((await within(list).findAllByRole('listitem')).map(({ textContent }) => textContent)[0]).toContain(
      words.has(words.ways.waiting),
    )
    expect(callsTo('console.readinessPeople')[0]?.url).toContain('lacking=none&department=Sales')
    await user.click(within(list).getByRole('checkbox', { name: words.invite.choose('Bob') }))
    await user.click(within(list).getByRole('button', { name: words.invite.action(1) }))
    expect((await within(list).findByText(/^1 invited\. 1 not invited/)).textContent).toContain(
      'within 7 days',
    )
    expect(callsTo('console.inviteToEnrol').map(({ body }) => body)).toEqual([{ personIds: [bob.id] }])
  })

  it('asks for the next page after the last person', async () => {
    let asked = 0
    const { user, callsTo } = await open({
      'console.readinessPeople': () => ({ people: [asked === 0 ? ada : bob], more: asked++ === 0 }),
    })
    await user.click(await screen.findByRole('button', { name: words.show.passkey }))
    await user.click(await screen.findByRole('button', { name: words.more }))
    expect(await screen.findByRole('link', { name: 'Bob' })).toBeTruthy()
    expect(callsTo('console.readinessPeople').at(-1)?.url).toContain(`after=${ada.id}`)
    expect(screen.queryByRole('button', { name: words.more })).toBeNull()
  })

  it('offers no invitation to a reader who may not, nor where people cannot set one up', async () => {
    const { user } = await open({}, 'auditor')
    await user.click(await screen.findByRole('button', { name: words.show.none }))
    await screen.findByRole('link', { name: 'Ada' })
    expect(screen.queryByRole('checkbox')).toBeNull()
  })

  it('says so where the policy is closed', async () => {
    const { user } = await open({ 'console.readiness': () => ({ ...page, enrolAddress: null }) })
    expect(await screen.findByText(words.address.off)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: words.show.none }))
    await screen.findByRole('link', { name: 'Ada' })
    expect(screen.queryByRole('checkbox')).toBeNull()
  })
})
