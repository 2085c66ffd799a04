import { describe, expect, it } from 'vitest'
import { chooseApprover, problemWith, type ApproverCandidate, type ApproverCase } from './approver.ts'
import { defaultPolicy } from './defaults.ts'
import { ruleFor } from './policy.ts'

const policy = defaultPolicy()
const about = (change: Partial<ApproverCase> = {}): ApproverCase => ({
  policy,
  rule: ruleFor(policy, 'password_reset', 'standard'),
  participantId: 'participant',
  agents: [{ personId: 'agent', managerId: 'agents-manager' }],
  asked: 0,
  ...change,
})
const candidate = (change: Partial<ApproverCandidate> = {}): ApproverCandidate => ({
  personId: 'manager',
  as: 'manager',
  managerId: 'director',
  isActive: true,
  isFrozen: false,
  canSignIn: true,
  isContactChanged: false,
  hasContact: true,
  requests: [0],
  askedHere: 0,
  ...change,
})

describe('who may be asked to vouch', () => {
  it('is the manager when nothing speaks against it', () => {
    expect(problemWith(candidate(), about())).toBeNull()
    expect(problemWith(candidate(), about({ agents: [] }))).toBeNull()
    expect(chooseApprover([candidate()], about())).toMatchObject({
      approver: { personId: 'manager' },
      problem: null,
    })
  })

  it.each([
    ['is_participant', { personId: 'participant' }],
    ['is_agent', { personId: 'agent' }],
    ['is_agents_manager', { personId: 'agents-manager' }],
    ['is_agents_report', { managerId: 'agent' }],
    ['account', { isActive: false }],
    ['account', { isFrozen: true }],
    ['cannot_sign_in', { canSignIn: false }],
    ['contact_changed', { isContactChanged: true }],
    ['no_contact', { hasContact: false }],
    ['asked_too_often', { requests: [3] }],
  ] as const)('D1, D7, B19: never %s: %j', (problem, change) => {
    const one = candidate(change)
    expect(problemWith(one, about())).toBe(problem)
    expect(chooseApprover([one], about(), true)).toEqual({
      approver: null,
      problem,
      passedOver: [{ personId: one.personId, problem }],
    })
  })

  it('passes on to a named person where the manager may not be asked, and then to nobody', () => {
    const named = candidate({ personId: 'named', as: 'named' })
    const gone = candidate({ isActive: false })
    expect(chooseApprover([gone, named], about()).approver?.personId).toBe('named')
    expect(chooseApprover([candidate({ askedHere: 1 }), named], about({ asked: 1 })).approver?.personId).toBe(
      'named',
    )
    expect(chooseApprover([], about())).toMatchObject({ approver: null, problem: 'nobody' })
  })

  it('asks the same one again only when told to, and never beyond the limit of one case', () => {
    const asked = [candidate({ askedHere: 2 }), candidate({ personId: 'named', as: 'named', askedHere: 1 })]
    expect(chooseApprover(asked, about({ asked: 2 }))).toMatchObject({
      approver: null,
      problem: 'case_limit',
    })
    expect(chooseApprover(asked, about({ asked: 2 }), true).approver?.personId).toBe('named')
    expect(chooseApprover(asked, about({ asked: 3 }), true).problem).toBe('case_limit')
  })

  it('asks nobody where the rule does not', () => {
    const rule = { ...ruleFor(policy, 'password_reset', 'standard'), asksApprover: false }
    expect(chooseApprover([candidate()], about({ rule })).problem).toBe('not_offered')
  })
})
