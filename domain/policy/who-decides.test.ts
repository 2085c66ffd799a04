import { describe, expect, it } from 'vitest'
import type { PolicyDecision } from './decide.ts'
import { mayApprove, mayRefuse, type ApprovalCase, type DecidingPerson } from './who-decides.ts'

const decision = (change: Partial<PolicyDecision> = {}): PolicyDecision => ({
  answer: 'approve',
  reasons: ['nothing_against'],
  next: 'agent',
  evidence: ['possession'],
  missingCount: 0,
  missingClasses: [],
  closesAs: null,
  policyVersion: 1,
  ...change,
})

const person = (change: Partial<DecidingPerson> = {}): DecidingPerson => ({
  role: 'agent',
  isLinked: true,
  toStarter: 'same',
  isOwnCase: false,
  isApprover: false,
  toFirst: 'another',
  isInStartersLine: false,
  maySecond: false,
  ...change,
})

const alone: ApprovalCase = { rule: { deciders: 'agent' }, needsSecond: false, first: null }

const codeOf = (result: ReturnType<typeof mayApprove>): string => (result.ok ? 'ok' : result.error.code)

describe('who may approve', () => {
  it.each([
    ['the agent, where the policy would', decision(), person(), 'ok'],
    ['a supervisor too', decision(), person({ role: 'supervisor' }), 'ok'],
    ['no auditor', decision(), person({ role: 'auditor' }), 'not_permitted'],
    ['no admin', decision(), person({ role: 'admin' }), 'not_permitted'],
    ['nobody their own case', decision(), person({ isOwnCase: true }), 'own_case'],
    [
      'D1: nobody a case in which they were asked to vouch',
      decision(),
      person({ role: 'supervisor', isApprover: true }),
      'asked_to_vouch',
    ],
    [
      'nobody a refused case',
      decision({ answer: 'refuse', next: 'close' }),
      person(),
      'state_does_not_allow',
    ],
    [
      'B1: nobody while evidence is missing',
      decision({ answer: 'hold', next: 'supervisor', missingCount: 1 }),
      person({ role: 'supervisor', toStarter: 'another' }),
      'evidence_missing',
    ],
    [
      'no agent an escalated case',
      decision({ answer: 'hold', next: 'supervisor' }),
      person(),
      'supervisor_required',
    ],
    [
      'no supervisor an escalated case of their own start',
      decision({ answer: 'hold', next: 'supervisor' }),
      person({ role: 'supervisor' }),
      'own_case',
    ],
    [
      'no supervisor an escalated case by an account that may be the starter’s',
      decision({ answer: 'hold', next: 'supervisor' }),
      person({ role: 'supervisor', toStarter: 'not_linked', isLinked: false }),
      'account_not_linked',
    ],
    [
      'a supervisor where the rule names one, even of their own start',
      decision({ next: 'supervisor' }),
      person({ role: 'supervisor' }),
      'ok',
    ],
  ] as const)('%s', (_name, answer, who, code) => {
    expect(codeOf(mayApprove(answer, who, alone))).toBe(code)
  })

  it('asks a reason of the supervisor who approves an escalated case', () => {
    const escalated = decision({ answer: 'hold', next: 'supervisor' })
    const supervisor = person({ role: 'supervisor', toStarter: 'another' })
    const gives = 'decision'
    expect(mayApprove(escalated, supervisor, alone)).toEqual({
      ok: true,
      value: { needsReason: true, gives },
    })
    expect(mayApprove(decision(), supervisor, alone)).toEqual({
      ok: true,
      value: { needsReason: false, gives },
    })
  })
})

describe('who may refuse', () => {
  it('is anyone who may decide, with a reason', () => {
    expect(mayRefuse(person())).toEqual({ ok: true, value: { needsReason: true } })
    expect(mayRefuse(person({ role: 'auditor' })).ok).toBe(false)
  })

  it('D1: is nobody who was asked to vouch: they say no on their own page', () => {
    const refused = mayRefuse(person({ role: 'supervisor', isApprover: true }))
    expect(refused).toEqual({ ok: false, error: { code: 'asked_to_vouch' } })
  })
})
