import { describe, expect, it } from 'vitest'
import { findOnPath, startChild, whenReady } from './supervise.ts'

function node(
  script: string,
  more: Partial<Parameters<typeof startChild>[0]> = {},
): ReturnType<typeof startChild> {
  return startChild({ name: 'part', command: process.execPath, args: ['-e', script], env: {}, ...more })
}

describe('a child process', () => {
  it('gets only the environment that is named', async () => {
    process.env['NOT_FOR_CHILDREN'] = 'secret'
    const lines: string[] = []
    const child = node('console.log(JSON.stringify(process.env))', {
      env: { GIVEN: 'yes' },
      onLine: (line) => lines.push(line),
    })
    await child.exited
    delete process.env['NOT_FOR_CHILDREN']
    expect(JSON.parse(lines[0] ?? '')).toEqual({ GIVEN: 'yes' })
  })

  it('is stopped by its signal and reports how it ended', async () => {
    const child = node(
      "process.on('SIGTERM', () => process.exit(7)); console.log('up'); setInterval(() => {}, 1000)",
    )
    await whenReady(child, () => Promise.resolve(child.tail() === 'up'))
    await child.stop()
    expect(await child.exited).toEqual({ code: 7, signal: null })
    await child.stop()
  })

  it('is killed when it does not listen within the grace time', async () => {
    const child = node("process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)", {
      graceMs: 100,
    })
    await whenReady(child, () => Promise.resolve(child.tail() === 'up'))
    await child.stop()
    expect((await child.exited).signal).toBe('SIGKILL')
  })

  it('that ends while starting is named with its last words', async () => {
    const child = node("console.error('no such file'); process.exit(1)")
    await expect(whenReady(child, () => Promise.resolve(false))).rejects.toThrow(
      /part ended.*\n?.*no such file/,
    )
  })

  it('that is never ready is named after the time has passed', async () => {
    const child = node('setInterval(() => {}, 1000)')
    await expect(whenReady(child, () => Promise.resolve(false), { withinMs: 100 })).rejects.toThrow(
      'not ready',
    )
    await child.stop()
  })
})

it('finds programs on absolute folders of PATH only', () => {
  expect(findOnPath('sh', '/nowhere:/bin')).toBe('/bin/sh')
  expect(findOnPath('sh', 'bin:.')).toBeUndefined()
})
