import { describe, expect, it } from 'vitest'
import { queueKindOf, type QueuedCase } from './queue.ts'

const one = (change: Partial<QueuedCase> = {}): QueuedCase => ({
  ...{ recommendation: 'approve', instruction: 'agent', hasFirst: false, mayGiveSecond: false },
  ...{ isStarter: false, isNobodys: false, ...change },
})

describe('what waits for whom', () => {
  it.each([
    ['their own case', one({ isStarter: true }), 'agent', 'decision'],
    ['a case that no agent started', one({ isNobodys: true }), 'agent', 'decision'],
    ['a case of another agent', one(), 'supervisor', null],
    ['D1: a second approval', one({ hasFirst: true, mayGiveSecond: true }), 'supervisor', 'second_approval'],
    ['D1: no second approval of their own first', one({ hasFirst: true, isStarter: true }), 'agent', null],
    ['an escalation', one({ instruction: 'supervisor', recommendation: 'hold' }), 'supervisor', 'escalation'],
    [
      'no escalation of their own start',
      one({ instruction: 'supervisor', recommendation: 'hold', isStarter: true }),
      'supervisor',
      null,
    ],
    ['no escalation, for an agent', one({ instruction: 'supervisor', isStarter: true }), 'agent', null],
    ['a decision that a supervisor makes', one({ instruction: 'supervisor' }), 'supervisor', 'decision'],
  ] as const)('%s', (_what, queued, role, kind) => {
    expect(queueKindOf(queued, role)).toBe(kind)
  })
})
