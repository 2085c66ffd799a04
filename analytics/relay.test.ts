import { describe, expect, it } from 'vitest'
import type { Inserter } from './client.ts'
import { noAnalytics } from './client.ts'
import { createRelay } from './relay.ts'
import type { Position, RelayBatch, RelayDeps } from './relay.ts'
import { eventsOf } from './testing/story.ts'

const tenantId = '6f2c2f38-2a55-4d2e-9a3e-0d6f6b5a7c11'
const quick = { everyMs: 1, mostBackOffMs: 4 }

/** An outbox in memory, with a cursor, and a store that checks rows and remembers what it was given. */
function setup(count: number) {
  const [event] = eventsOf({
    tenantId,
    startedAt: '2026-03-02T09:00:00Z',
    happened: [[0, 'verification.created']],
  })
  if (event === undefined) throw new Error('A story needs an event.')
  const rows = Array.from({ length: count }, (_, id) => ({ ...event, xid: String(id + 700), id: id + 1 }))
  let cursor: Position = { xid: '0', id: 0 }
  const told: { table: string; rows: number; token: string }[] = []
  const lines: string[] = []
  const checking = noAnalytics()
  const inserter: Inserter = {
    insert: async (table, some, token) => {
      await checking.insert(table, some, token)
      told.push({ table: table.name, rows: some.length, token })
    },
  }
  const deps: RelayDeps = {
    take: async (limit): Promise<RelayBatch> => {
      const waiting = rows.filter(({ id }) => id > cursor.id).slice(0, limit)
      const completeTo = waiting.length < limit ? new Date('2026-03-02T10:00:00Z') : null
      return { from: cursor, since: '2026-03-01T00:00:00Z', rows: waiting, completeTo }
    },
    advance: async (from, to) => {
      if (from.id !== cursor.id) return false
      cursor = to
      return true
    },
    inserter,
    log: { info: (line) => lines.push(line), warn: (line) => lines.push(line) },
    batch: quick,
  }
  return { deps, told, lines, cursorId: () => cursor.id }
}

/** Runs until `done`, checked after every wait of the event loop; fails the test by timeout otherwise. */
async function runUntil(relay: ReturnType<typeof createRelay>, done: () => boolean): Promise<void> {
  const stop = new AbortController()
  const running = relay.run(stop.signal)
  while (!done()) await new Promise((resume) => setTimeout(resume, 1))
  stop.abort()
  await running
}

describe('one pass', () => {
  it('puts a block into both tables, then moves the cursor and says how complete the store is', async () => {
    const { deps, told, cursorId } = setup(3)
    const relay = createRelay(deps)
    expect(await relay.pass()).toBe(3)
    expect(told.map(({ table, rows }) => [table, rows])).toEqual([
      ['events', 3],
      ['verifications', 3],
      ['relay_progress', 1],
    ])
    expect(cursorId()).toBe(3)
    expect(relay.status()).toEqual({
      delivered: 3,
      failures: 0,
      completeTo: new Date('2026-03-02T10:00:00Z'),
    })
  })

  it('does not call the store complete while more may be waiting', async () => {
    const { deps, told } = setup(5)
    const relay = createRelay({ ...deps, batch: { mostRows: 2 } })
    expect(await relay.pass()).toBe(2)
    expect(told.map(({ table }) => table)).not.toContain('relay_progress')
    expect(relay.status().completeTo).toBeNull()
  })

  it('leaves the cursor where it was when either table fails', async () => {
    for (const broken of ['events', 'verifications']) {
      const { deps, cursorId } = setup(2)
      const insert: Inserter['insert'] = async (table) => {
        if (table.name === broken) throw new Error('down')
      }
      await expect(createRelay({ ...deps, inserter: { insert } }).pass()).rejects.toThrow('down')
      expect(cursorId()).toBe(0)
    }
  })

  it('names the same block alike when it is sent again, and a longer one differently', async () => {
    const { deps, told } = setup(4)
    const stuck = createRelay({ ...deps, advance: async () => false, batch: { mostRows: 2 } })
    await stuck.pass()
    await stuck.pass()
    await createRelay({ ...deps, advance: async () => false }).pass()
    const tokens = told.filter(({ table }) => table === 'events').map(({ token }) => token)
    expect(tokens[1]).toBe(tokens[0])
    expect(tokens[2]).not.toBe(tokens[0])
  })

  it('reports an event that does not say what it is about, by its id only, and continues', async () => {
    const { deps, lines, cursorId } = setup(1)
    const take: RelayDeps['take'] = async (limit) => {
      const batch = await deps.take(limit)
      return { ...batch, rows: batch.rows.map((row) => ({ ...row, payload: {} })) }
    }
    await createRelay({ ...deps, take }).pass()
    expect(lines).toEqual(['event does not say of which verification it is'])
    expect(cursorId()).toBe(1)
  })
})

describe('the loop', () => {
  it('waits out a failing store, says so once, and then delivers everything', async () => {
    const { deps, lines, cursorId } = setup(3)
    let tries = 0
    const insert: Inserter['insert'] = async (...block) => {
      tries += 1
      if (tries <= 4) throw new Error('down')
      await deps.inserter.insert(...block)
    }
    const relay = createRelay({ ...deps, inserter: { insert } })
    await runUntil(relay, () => cursorId() === 3 && relay.status().failures === 0)
    expect(lines).toEqual(['analytics store cannot follow; rows wait', 'analytics store follows again'])
  })

  it('waits out a failing database too', async () => {
    const { deps, cursorId } = setup(2)
    let tries = 0
    const take: RelayDeps['take'] = async (limit) => {
      tries += 1
      if (tries <= 2) throw new Error('gone')
      return deps.take(limit)
    }
    await runUntil(createRelay({ ...deps, take }), () => cursorId() === 2)
    expect(tries).toBeGreaterThan(2)
  })

  it('takes full blocks one after the other without a wait', async () => {
    const { deps, told, cursorId } = setup(50)
    const relay = createRelay({ ...deps, batch: { everyMs: 60_000, fullRows: 10, mostRows: 10 } })
    await runUntil(relay, () => cursorId() === 50)
    expect(told.filter(({ table }) => table === 'events')).toHaveLength(5)
  })

  it('ends at once when asked, even in the middle of a wait', async () => {
    const { deps, told } = setup(1)
    const relay = createRelay({ ...deps, batch: { everyMs: 60_000 } })
    await runUntil(relay, () => told.length > 0)
    await relay.run(AbortSignal.abort())
    expect(relay.status().delivered).toBe(1)
  })
})
