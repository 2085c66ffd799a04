import { describe, expect, it } from 'vitest'
import { roles, type Role } from '../roles.ts'
import type { PolicyDecision } from './decide.ts'
import { defaultPolicy } from './defaults.ts'
import { underPrivilege } from './elevated.ts'
import { ruleFor } from './policy.ts'
import { firstApprovalSeconds, needsSecondApproval } from './second-approval.ts'
import { mayApprove, type DecidingPerson } from './who-decides.ts'

const held: PolicyDecision = {
  answer: 'hold',
  reasons: ['privileged', 'second_approval_needed'],
  next: 'second_approval',
  evidence: ['possession', 'second_contact'],
  missingCount: 0,
  missingClasses: [],
  closesAs: null,
  policyVersion: 1,
}

const ties = [
  'isInStartersLine',
  'isOwnCase',
  'isApprover',
] as const satisfies readonly (keyof DecidingPerson)[]

const comparisons = ['another', 'same', 'not_linked', 'other_not_linked'] as const

const people = function* (): Generator<DecidingPerson> {
  for (const role of roles)
    for (const maySecond of [false, true])
      for (const toFirst of comparisons)
        for (const toStarter of comparisons)
          for (let bits = 0; bits < 2 ** ties.length; bits += 1) {
            const tied = Object.fromEntries(ties.map((tie, at) => [tie, (bits & (1 << at)) !== 0]))
            yield { role, maySecond, isLinked: true, toFirst, toStarter, ...tied } as DecidingPerson
          }
}

const untied: Omit<DecidingPerson, 'role'> = {
  ...{ isLinked: true, toFirst: 'another', toStarter: 'another', isInStartersLine: false },
  ...{ isOwnCase: false, isApprover: false, maySecond: false },
}

const about = (first: Role | null, deciders: 'agent' | 'supervisor' = 'agent') => ({
  rule: { deciders },
  needsSecond: true,
  first: first === null ? null : { byRole: first },
})

describe('D1: two people for a privileged participant', () => {
  it('of all relations, only who is tied to nobody and holds the right gives the second approval', () => {
    const legal: string[] = []
    let seen = 0
    for (const person of people()) {
      seen += 1
      const result = mayApprove(held, person, about('agent'))
      if (result.ok) {
        expect(result.value).toEqual({ needsReason: false, gives: 'second' })
        legal.push(person.role)
        expect(ties.filter((tie) => person[tie])).toEqual([])
        expect([person.toFirst, person.toStarter, person.maySecond]).toEqual(['another', 'another', true])
      }
    }
    expect([seen, legal]).toEqual([4 * 2 * 4 * 4 * 8, ['agent', 'supervisor']])
  })

  it('tells why not, the tie to the participant first', () => {
    const codeOf = (change: Partial<DecidingPerson>) => {
      const result = mayApprove(
        held,
        { ...untied, role: 'supervisor', maySecond: true, ...change },
        about('agent'),
      )
      return result.ok ? 'ok' : result.error.code
    }
    expect(codeOf({})).toBe('ok')
    expect(codeOf({ isOwnCase: true, toFirst: 'same' })).toBe('own_case')
    expect(codeOf({ isApprover: true })).toBe('asked_to_vouch')
    expect(codeOf({ maySecond: false })).toBe('not_second_approver')
    expect(codeOf({ toFirst: 'same' })).toBe('first_approver')
    expect(codeOf({ toStarter: 'same' })).toBe('started_by_you')
    for (const to of ['toFirst', 'toStarter'] as const) {
      expect(codeOf({ [to]: 'not_linked' })).toBe('account_not_linked')
      expect(codeOf({ [to]: 'other_not_linked' })).toBe('other_not_linked')
    }
    expect(codeOf({ isInStartersLine: true })).toBe('in_starters_line')
    expect(codeOf({ role: 'admin' })).toBe('not_permitted')
  })

  it('the first approval may come from who started the case, and closes nothing', () => {
    const starter: DecidingPerson = { ...untied, role: 'agent', toStarter: 'same' }
    expect(mayApprove(held, starter, about(null))).toEqual({
      ok: true,
      value: { needsReason: false, gives: 'first' },
    })
    expect(mayApprove(held, { ...starter, isLinked: false }, about(null))).toMatchObject({
      error: { code: 'account_not_linked' },
    })
  })

  it('where the rule names a supervisor, one of the two is one', () => {
    const named: DecidingPerson = { ...untied, role: 'agent', maySecond: true }
    expect(mayApprove(held, named, about('agent', 'supervisor'))).toMatchObject({
      error: { code: 'supervisor_required' },
    })
    expect(mayApprove(held, named, about('supervisor', 'supervisor')).ok).toBe(true)
    expect(mayApprove(held, { ...named, role: 'supervisor' }, about('agent', 'supervisor')).ok).toBe(true)
  })

  it('an escalated case asks both of them for a reason', () => {
    const escalated: PolicyDecision = { ...held, next: 'supervisor' }
    const supervisor: DecidingPerson = { ...untied, role: 'supervisor', maySecond: true }
    for (const [first, gives] of [
      [null, 'first'],
      ['supervisor', 'second'],
    ] as const)
      expect(mayApprove(escalated, supervisor, about(first))).toEqual({
        ok: true,
        value: { needsReason: true, gives },
      })
  })

  it('D5: the first waits a quarter of an hour at most', () => {
    expect(firstApprovalSeconds).toBeLessThanOrEqual(15 * 60)
  })
})

describe('when two are needed', () => {
  const calm = { next: 'agent' } as const
  const free = { holdForSecondApproval: false }

  it('D1: at a privileged account whatever the policy says, unless nothing is written', () => {
    const tier = 'privileged'
    expect(needsSecondApproval(calm, free, { purpose: 'password_reset', tier })).toBe(true)
    expect(needsSecondApproval(calm, free, { purpose: 'identity_check', tier })).toBe(false)
    expect(needsSecondApproval(calm, free, { purpose: 'password_reset', tier: 'standard' })).toBe(false)
  })

  it('where the rule or the answer says so', () => {
    const about = { purpose: 'identity_check', tier: 'standard' } as const
    expect(needsSecondApproval(calm, { holdForSecondApproval: true }, about)).toBe(true)
    expect(needsSecondApproval({ next: 'second_approval' }, free, about)).toBe(true)
  })
})

describe('D2: a person who became privileged since their case began', () => {
  const policy = defaultPolicy()
  const about = { purpose: 'password_reset', tier: 'standard' } as const
  const approved: PolicyDecision = {
    ...held,
    ...{ answer: 'approve', reasons: ['nothing_against'], next: 'agent', evidence: ['possession'] },
  }

  it('needs what the privileged need', () => {
    expect(underPrivilege(approved, policy, about)).toMatchObject({
      ...{ answer: 'hold', next: 'new_evidence', missingCount: 1 },
      reasons: ['nothing_against', 'privileged'],
    })
    const two = { ...approved, evidence: ['possession', 'second_contact'] as const }
    expect(underPrivilege(two, policy, about)).toMatchObject({ answer: 'hold', next: 'second_approval' })
  })

  it('is held to the same where the directory does not say, and the reason says so', () => {
    const two = { ...approved, evidence: ['possession', 'second_contact'] as const }
    expect(underPrivilege(two, policy, about, 'unread')).toMatchObject({
      ...{ answer: 'hold', next: 'second_approval' },
      reasons: ['nothing_against', 'privilege_unread'],
    })
  })

  it('changes nothing at a refusal, nor for who was privileged already', () => {
    const refused: PolicyDecision = { ...approved, answer: 'refuse' }
    expect(underPrivilege(refused, policy, about)).toBe(refused)
    expect(underPrivilege(approved, policy, { ...about, tier: 'privileged' })).toBe(approved)
    expect(ruleFor(policy, 'password_reset', 'privileged').holdForSecondApproval).toBe(true)
  })
})
