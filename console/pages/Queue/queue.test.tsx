import { cleanup, screen, waitFor, within } from '@solidjs/testing-library'
import { afterEach, describe, expect, it } from 'vitest'
import type { Queue, QueueItem } from '#api/contract/console-queue.ts'
import { en } from '../../copy/en/index.ts'
import { speak } from '../../copy/index.ts'
import { idOf, minutesAgo } from '../../testing/fixtures.ts'
import { mountConsole } from '../../testing/mount.tsx'
// Compiled before a test waits for it.
import './index.tsx'

afterEach(cleanup)

const item = (index: number, change: Partial<QueueItem> = {}): QueueItem => ({
  ...{ kind: 'decision', id: idOf(index), purpose: 'password_reset', ticket: 'INC-7', band: 'guarded' },
  participant: { id: idOf(500 + index), name: `Person ${String(index)}`, email: 'p@northwind.example' },
  ...{ referrerName: 'Maria Okafor', since: minutesAgo(12), until: minutesAgo(-3), firstBy: null },
  instruction: { key: 'instruction.agent', slots: {} },
  ...change,
})
const second = item(2, { kind: 'second_approval', firstBy: 'Jan Weiss' })

/** A queue that a test may change. */
const mountQueue = async (
  items: readonly QueueItem[],
  path = '/queue',
  role: 'agent' | 'auditor' = 'agent',
) => {
  let queue: Queue = { items: [...items], more: false }
  const console = await mountConsole(path, { role, answers: { 'console.queue': () => queue } })
  return { ...console, set: (next: readonly QueueItem[]) => (queue = { items: [...next], more: false }) }
}

describe('the queue', () => {
  it('says what is waited for, since when, until when, and leads to the case', async () => {
    const own = item(1)
    await mountQueue([own, second])
    await screen.findByText('Person 2')
    const [first, other] = await screen
      .findAllByRole('listitem')
      .then((rows) => rows.filter((row) => row.classList.contains('queue-item')))
    expect(within(first!).getByRole('link').getAttribute('href')).toBe(`/verifications/${idOf(1)}`)
    expect(first!.textContent).toMatch(/Decision.*Person 1.*Password reset.*INC-7/)
    const times = [...first!.querySelectorAll('time')].map((time) => time.dateTime)
    expect(times).toEqual([own.since, own.until])
    expect(other!.textContent).toContain('Second approval')
    expect(other!.textContent).toContain('Approved by Jan Weiss; a second person has to approve.')
  })

  it('counts beside its name in the rail, on every page, and follows changes by itself', async () => {
    const { set, stream } = await mountQueue([item(1)], '/verifications')
    const link = await screen.findByRole('link', { name: /Queue, 1 case waits for you/ })
    set([item(1), second])
    stream.tell([second.id])
    await waitFor(() => expect(link.textContent).toContain('2 cases wait for you'), { timeout: 3_000 })
    set([])
    stream.tell([second.id])
    await waitFor(() => expect(link.textContent).toBe('Queue'), { timeout: 3_000 })
  })

  it('says that nothing waits', async () => {
    await mountQueue([])
    expect(await screen.findAllByText('Nothing waits for you.')).not.toHaveLength(0)
  })

  it('is walked with j and k, and with the arrows once in it', async () => {
    const { user } = await mountQueue([item(1), second])
    await screen.findByText('Person 2')
    await user.keyboard('j')
    expect(document.activeElement?.textContent).toContain('Person 1')
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement?.textContent).toContain('Person 2')
    await user.keyboard('k')
    expect(document.activeElement?.textContent).toContain('Person 1')
  })

  it('is asked for by those only who decide', async () => {
    const { callsTo } = await mountQueue([item(1)], '/verifications', 'auditor')
    await screen.findByRole('navigation', { name: 'Screens' })
    expect(screen.queryByRole('link', { name: /Queue/ })).toBeNull()
    expect(callsTo('console.queue')).toEqual([])
  })

  it('says so to a reader who was given its address and decides nothing', async () => {
    const { callsTo } = await mountQueue([item(1)], '/queue', 'auditor')
    expect((await screen.findByRole('alert')).textContent).toContain(en.problem({ code: 'not_permitted' }))
    expect(callsTo('console.queue')).toEqual([])
  })

  it('speaks German', async () => {
    await mountQueue([second])
    await speak('de')
    expect(await screen.findByText(/Von Jan Weiss freigegeben/)).toBeTruthy()
    await speak('en')
  })
})
