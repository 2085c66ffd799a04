import { afterEach, describe, expect, it, vi } from 'vitest'
import { createLogger } from './log.ts'
import { createReadiness, type Lack, type Probe } from './readiness.ts'

type Line = Record<string, unknown>

const readinessOver = (probes: readonly Probe[], isEnding = () => false) => {
  const lines: Line[] = []
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Line) }
  const log = createLogger({ process: 'worker', level: 'info', destination })
  return { lines, ready: createReadiness({ log, probes, isEnding }) }
}
const always = (part: string, lack: Lack | null): Probe => ({ part, look: () => Promise.resolve(lack) })
const later = (ms: number) => vi.advanceTimersByTimeAsync(ms)

afterEach(() => {
  vi.useRealTimers()
})

describe('readiness', () => {
  it('is yes where every part is well', async () => {
    const { ready } = readinessOver([always('database', null), always('pages', null)])
    expect(await ready.look()).toEqual({ isReady: true, parts: { database: 'ready', pages: 'ready' } })
  })

  it('says no with a word for the caller and a sentence in the log, once for each change', async () => {
    vi.useFakeTimers()
    let lack: Lack | null = { reason: 'search_attributes_missing', names: ['TenantId', 'AgentRef'] }
    const probe = { part: 'temporal', look: () => Promise.resolve(lack) }
    const { ready, lines } = readinessOver([probe])
    const word = 'search_attributes_missing/TenantId/AgentRef'
    expect(await ready.look()).toEqual({ isReady: false, parts: { temporal: word } })
    await later(1_100)
    await ready.look()
    lack = null
    await later(1_100)
    expect(await ready.look()).toMatchObject({ isReady: true })
    expect(lines).toMatchObject([
      {
        level: 'warn',
        part: 'temporal',
        reason: word,
        message: expect.stringContaining('search attributes') as string,
      },
      { level: 'info', part: 'temporal', message: 'ready again' },
    ])
    expect(lines).toHaveLength(2)
  })

  it('answers within two seconds whatever hangs, and asks what hangs only once', async () => {
    vi.useFakeTimers()
    let asked = 0
    const hanging = { part: 'database', look: () => ((asked += 1), new Promise<null>(() => undefined)) }
    const { ready } = readinessOver([hanging, always('pages', null)])
    for (const _ of [1, 2, 3]) {
      const answer = ready.look()
      await later(2_000)
      // A longer wait would still be waited for: time passes here only when the test advances it.
      expect(await Promise.race([answer, Promise.resolve('late')])).toEqual({
        isReady: false,
        parts: { database: 'no_answer', pages: 'ready' },
      })
    }
    expect(asked).toBe(1)
  })

  it('a part that fails gives no answer, and what the error says is nowhere', async () => {
    const failing = { part: 'database', look: () => Promise.reject(new Error('postgres://user:canary@host')) }
    const { ready, lines } = readinessOver([failing])
    expect(await ready.look()).toEqual({ isReady: false, parts: { database: 'no_answer' } })
    expect(JSON.stringify(lines)).not.toContain('canary')
  })

  it('waits as long as a part may be silent, counted from its first silence; what it lacks counts at once', async () => {
    vi.useFakeTimers()
    let state: 'silent' | 'well' | 'lacking' = 'silent'
    const look = (): Promise<Lack | null> =>
      state === 'silent'
        ? Promise.reject(new Error('away'))
        : Promise.resolve(state === 'well' ? null : { reason: 'namespace_missing' })
    const { ready } = readinessOver([{ part: 'temporal', look, patienceMs: 30_000 }])
    expect(await ready.look()).toEqual({ isReady: true, parts: { temporal: 'no_answer' } })
    await later(29_000)
    expect((await ready.look()).isReady).toBe(true)
    await later(2_000)
    expect((await ready.look()).isReady).toBe(false)
    state = 'well'
    await later(2_000)
    expect((await ready.look()).isReady).toBe(true)
    state = 'silent'
    await later(2_000)
    expect((await ready.look()).isReady).toBe(true)
    state = 'lacking'
    await later(2_000)
    expect(await ready.look()).toEqual({ isReady: false, parts: { temporal: 'namespace_missing' } })
  })

  it('looks by itself, so that the log tells although nobody asks, until it is stopped', async () => {
    vi.useFakeTimers()
    let asked = 0
    const probe: Probe = {
      part: 'workers',
      look: () => ((asked += 1), Promise.resolve({ reason: 'not_polling' })),
    }
    const { ready, lines } = readinessOver([probe])
    const stop = ready.keepLooking()
    await later(10_500)
    expect([asked, lines.length]).toEqual([2, 1])
    stop()
    await later(20_000)
    expect(asked).toBe(2)
  })

  it('says no while the process ends, without asking anybody', async () => {
    const probe: Probe = { part: 'database', look: () => Promise.reject(new Error('closed')) }
    const { ready, lines } = readinessOver([probe], () => true)
    expect(await ready.look()).toEqual({ isReady: false, parts: { process: 'ending' } })
    expect(lines).toEqual([])
  })
})
