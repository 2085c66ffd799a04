import { describe, expect, it } from 'vitest'
import { createLogger } from './log.ts'
import { createShutdown, endOnSignal } from './shutdown.ts'
import type { SignalSource } from './shutdown.ts'

const log = createLogger({ process: 'api', level: 'silent' })

describe('the end of a process', () => {
  it('stops the last part first and waits for each', async () => {
    const order: string[] = []
    const shutdown = createShutdown({ log, limitMs: 1000 })
    shutdown.add('database', () => void order.push('database'))
    shutdown.add('listener', async () => {
      await new Promise((resolve) => setImmediate(resolve))
      order.push('listener')
    })
    expect(await shutdown.run()).toEqual([
      { part: 'listener', result: 'stopped' },
      { part: 'database', result: 'stopped' },
    ])
    expect(order).toEqual(['listener', 'database'])
  })

  it('continues when a part throws, rejects or hangs', async () => {
    const shutdown = createShutdown({ log, limitMs: 20 })
    shutdown.add('last', () => undefined)
    shutdown.add('hangs', () => new Promise<void>(() => undefined))
    shutdown.add('rejects', () => Promise.reject(new Error('no')))
    shutdown.add('throws', () => {
      throw new Error('no')
    })
    expect((await shutdown.run()).map(({ result }) => result)).toEqual([
      'failed',
      'failed',
      'timed_out',
      'stopped',
    ])
  })

  it('runs once, however often it is asked', async () => {
    let stops = 0
    const shutdown = createShutdown({ log, limitMs: 1000 })
    shutdown.add('part', () => void stops++)
    expect(shutdown.ending).toBe(false)
    await Promise.all([shutdown.run(), shutdown.run()])
    expect(shutdown.ending).toBe(true)
    expect(stops).toBe(1)
  })
})

describe('signals', () => {
  function fakeProcess() {
    const listeners = new Map<string, () => void>()
    const exits: number[] = []
    const source: SignalSource = {
      on: (signal, listener) => listeners.set(signal, listener),
      exit: (code) => void exits.push(code),
    }
    return { source, exits, send: (signal: string) => listeners.get(signal)?.() }
  }

  it('exits 0 after a clean end', async () => {
    const { source, exits, send } = fakeProcess()
    const shutdown = createShutdown({ log, limitMs: 1000 })
    endOnSignal(shutdown, source)
    send('SIGTERM')
    await shutdown.run()
    await new Promise((resolve) => setImmediate(resolve))
    expect(exits).toEqual([0])
  })

  it('exits 1 when a part did not stop, and at once on a second signal', async () => {
    const { source, exits, send } = fakeProcess()
    const shutdown = createShutdown({ log, limitMs: 10 })
    shutdown.add('hangs', () => new Promise<void>(() => undefined))
    endOnSignal(shutdown, source)
    send('SIGINT')
    send('SIGINT')
    expect(exits).toEqual([1])
    await shutdown.run()
    await new Promise((resolve) => setImmediate(resolve))
    expect(exits).toEqual([1, 1])
  })
})
