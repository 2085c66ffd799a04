import { describe, expect, it } from 'vitest'
import { createLogger } from './log.ts'
import type { LogFields } from './log.ts'

function capture() {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const log = createLogger({ process: 'api', level: 'debug', destination })
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> }
}

describe('the log', () => {
  it('writes one JSON line with level, time, process and the fields given', () => {
    const { log, lines, last } = capture()
    log.info('request finished', { requestId: 'r-1', status: 200, durationMs: 3.5, ok: true })
    expect(lines).toHaveLength(1)
    expect(last()).toMatchObject({
      level: 'info',
      process: 'api',
      message: 'request finished',
      requestId: 'r-1',
      status: 200,
      durationMs: 3.5,
      ok: true,
    })
    expect(last()['time']).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/)
  })

  it('M2: leaves out every field that is not on the list', () => {
    const { log, lines } = capture()
    const fields = { requestId: 'r-1', password: 'canary-1', body: { phone: 'canary-2' } } as LogFields
    log.warn('refused', fields)
    log.child(fields).warn('refused again')
    expect(lines.join('')).toContain('r-1')
    expect(lines.join('')).not.toContain('canary')
  })

  it.each([
    'ada@northwind.example',
    '+441632960042',
    '481 920',
    '481920',
    'Ada Lindt',
    'a'.repeat(161),
    'x\ny',
  ])('M1: withholds a value that could be personal or a code even in an allowed field (%j)', (value) => {
    const { log, last } = capture()
    log.info('found', { route: value })
    expect(last()['route']).toBe('[withheld]')
  })

  it('leaves out values of another type, objects above all', () => {
    const { log, last } = capture()
    log.info('found', { status: '200', route: { a: 1 }, count: 3 } as unknown as LogFields)
    expect(last()).not.toHaveProperty('status')
    expect(last()).not.toHaveProperty('route')
    expect(last()).toHaveProperty('count', 3)
  })

  it('M1: names the kind and place of an error, never its message or cause', () => {
    const { log, lines, last } = capture()
    const error = new TypeError('canary: password was hunter2', { cause: new Error('canary') })
    log.error('unexpected', { error: Object.assign(error, { code: 'ECONNREFUSED', detail: 'canary' }) })
    expect(last()).toMatchObject({ error: 'TypeError', errorCode: 'ECONNREFUSED' })
    expect(last()['at']).toMatch(/^log\.test\.ts:\d+:\d+/)
    expect(lines.join('')).not.toContain('canary')
    expect(lines.join('')).not.toContain('hunter2')
  })

  it('K8: keeps line breaks and terminal codes of a message inside one JSON line', () => {
    const { log, lines } = capture()
    log.info('one\ntwo\u001b[31m')
    expect(lines.join('').trimEnd().split('\n')).toHaveLength(1)
    expect(lines.join('')).not.toContain('\u001b')
  })

  it('carries the fields of a child on every line', () => {
    const { log, last } = capture()
    log.child({ tenantId: 'northwind' }).child({ requestId: 'r-2' }).info('found')
    expect(last()).toMatchObject({ tenantId: 'northwind', requestId: 'r-2' })
  })
})
