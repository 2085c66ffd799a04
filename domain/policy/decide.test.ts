import { describe, expect, it } from 'vitest'
import { decide, type DecideInput } from './decide.ts'
import type { Ask } from '../risk/check.ts'
import { ownMailboxGroup } from '../risk/contact-rules.ts'
import { purposes } from '../verification/verification.ts'
import { defaultPolicy } from './defaults.ts'
import { evidenceOf, type ResultFacts } from './evidence.ts'
import type { Policy } from './policy.ts'

const result = (code: string, change: Partial<ResultFacts> = {}): ResultFacts => ({
  code,
  group: code,
  mode: 'live',
  status: 'pass',
  ...change,
})

const link = result('POS_OTP', { group: 'otp:a', evidenceClass: 'possession' })
const secondCode = result('POS_OTP', { group: 'otp:b', evidenceClass: 'possession' })
const passkey = result('POS_PASSKEY', { evidenceClass: 'phishing_resistant' })
const vouched = result('POS_APPROVER', { evidenceClass: 'approver' })
const critical = (code: string): ResultFacts => result(code, { status: 'critical' })

const withoutApprovers: Policy = (() => {
  const policy = defaultPolicy()
  const rule = { ...policy.rules.password_reset.standard, asksApprover: false }
  return {
    ...policy,
    rules: { ...policy.rules, password_reset: { ...policy.rules.password_reset, standard: rule } },
  }
})()

const input = (change: Partial<DecideInput> & { r?: number } = {}): DecideInput => {
  const { r = 2.4, ...rest } = change
  return {
    policy: defaultPolicy(),
    purpose: 'password_reset',
    tier: 'standard',
    results: [link],
    score: { rDecide: r, floors: [] },
    rDecideUnansweredWrong: r,
    questions: 'complete',
    obtainable: ['second_contact'],
    isReported: false,
    isNeverViaHelpDesk: false,
    isContactChanged: false,
    isElevatedThreat: false,
    ...rest,
  }
}

describe('the table of answers', () => {
  it('refuses on a report, an account state, a denial, a protected account, whatever else is there', () => {
    const all = [link, secondCode, passkey]
    expect(decide(input({ isReported: true, r: 0.1, results: all }))).toMatchObject({
      answer: 'refuse',
      reasons: ['reported'],
      next: 'close',
      closesAs: 'reported',
    })
    for (const [code, reason] of [
      ['PER_USER_REPORTED', 'reported'],
      ['PER_ACCOUNT_STATE', 'account_state'],
      ['POS_APPROVER', 'approver_denied'],
    ] as const)
      expect(decide(input({ r: 0.1, results: [...all, critical(code)] }))).toMatchObject({
        answer: 'refuse',
        reasons: [reason],
      })
    expect(decide(input({ isNeverViaHelpDesk: true }))).toMatchObject({
      answer: 'refuse',
      closesAs: 'failed',
    })
  })

  it('lets a shadow result refuse nothing', () => {
    const shadow = { ...critical('PER_ACCOUNT_STATE'), mode: 'shadow' }
    expect(decide(input({ results: [link, shadow] })).answer).toBe('approve')
  })

  it('escalates from 7.5, by score or floor, and never approves there', () => {
    const both = [link, secondCode]
    expect(decide(input({ r: 7.5, results: both }))).toMatchObject({
      answer: 'hold',
      next: 'supervisor',
      reasons: ['risk_high'],
      missingCount: 0,
    })
    const floors = [{ code: 'NET_SESSION_MOVED', value: 7.5 }]
    expect(decide(input({ results: both, score: { rDecide: 1, floors } }))).toMatchObject({
      answer: 'hold',
      next: 'supervisor',
      reasons: ['floor'],
    })
    expect(decide(input({ r: 8 })).missingCount).toBe(1)
  })

  it('asks for one kind more from 5.0 and for none below', () => {
    expect(decide(input({ r: 4.9 }))).toMatchObject({ answer: 'approve', reasons: ['nothing_against'] })
    expect(decide(input({ r: 5.0 }))).toMatchObject({
      answer: 'hold',
      reasons: ['risk_elevated', 'evidence_missing'],
      next: 'second_contact',
      missingCount: 1,
      missingClasses: ['second_contact', 'phishing_resistant', 'approver'],
    })
    expect(decide(input({ r: 7.4, results: [link, secondCode] })).answer).toBe('approve')
  })

  it('asks for a passkey where no second contact is left, and takes it as the further kind', () => {
    const asked = input({ r: 5.0, obtainable: ['phishing_resistant'] })
    expect(decide(asked)).toMatchObject({ answer: 'hold', next: 'passkey', closesAs: null })
    expect(decide({ ...asked, obtainable: ['second_contact', 'phishing_resistant'] }).next).toBe(
      'second_contact',
    )
    expect(decide({ ...asked, questions: 'not_possible' }).next).toBe('passkey')
    expect(decide(input({ r: 7.4, results: [link, passkey] })).answer).toBe('approve')
    // Above the threshold of a supervisor nothing is asked of the participant any more.
    expect(decide({ ...asked, score: { rDecide: 8, floors: [] } }).next).toBe('supervisor')
  })

  it('holds while the link has not come back with its match code', () => {
    expect(decide(input({ results: [] }))).toMatchObject({
      answer: 'hold',
      next: 'new_evidence',
      missingClasses: ['possession'],
    })
    expect(decide(input({ results: [passkey] }))).toMatchObject({
      answer: 'hold',
      missingClasses: ['possession'],
    })
  })

  it('B5: asks two kinds where a contact changed or the device is in a new country', () => {
    expect(decide(input({ isContactChanged: true }))).toMatchObject({
      answer: 'hold',
      reasons: ['contact_changed', 'evidence_missing'],
    })
    const abroad = result('NET_NEW_COUNTRY', { status: 'flag' })
    expect(decide(input({ results: [link, abroad] }))).toMatchObject({
      answer: 'hold',
      reasons: ['NET_NEW_COUNTRY', 'evidence_missing'],
    })
    expect(decide(input({ results: [link, secondCode, abroad] })).answer).toBe('approve')
    expect(decide(input({ results: [link, { ...abroad, status: 'pass' }] })).answer).toBe('approve')
  })

  it('F15: asks one kind more where no device key holds the session, and one alone where no report came either', () => {
    const unbound = result('END_NO_KEY', { status: 'flag' })
    const silent = result('END_NO_TELEMETRY', { status: 'flag' })
    expect(decide(input({ r: 0.1, results: [link, unbound] }))).toMatchObject({
      answer: 'hold',
      reasons: ['END_NO_KEY', 'evidence_missing'],
      missingCount: 1,
    })
    expect(decide(input({ r: 0.1, results: [link, secondCode, unbound, silent] }))).toMatchObject({
      answer: 'approve',
      reasons: ['END_NO_KEY', 'END_NO_TELEMETRY'],
    })
  })

  it('B5: asks one kind more where the browser sent no report, on top of all else, and nothing held already pays for it', () => {
    const silent = result('END_NO_TELEMETRY', { status: 'flag' })
    expect(decide(input({ r: 0.1, results: [link, silent] }))).toMatchObject({
      answer: 'hold',
      reasons: ['END_NO_TELEMETRY', 'evidence_missing'],
      next: 'second_contact',
      missingCount: 1,
    })
    expect(decide(input({ r: 0.1, results: [link, secondCode, silent] }))).toMatchObject({
      answer: 'approve',
      reasons: ['END_NO_TELEMETRY'],
    })
    // A second code that something else asks for is not the further kind.
    for (const change of [{ questions: 'not_possible' }, { isContactChanged: true }, { r: 6 }] as const) {
      const two = { ...change, results: [link, secondCode, silent] }
      expect(decide(input({ ...two, obtainable: ['approver'] }))).toMatchObject({
        answer: 'hold',
        next: 'approver',
        missingCount: 1,
      })
      expect(decide(input({ ...two, obtainable: [] }))).toMatchObject({
        next: 'new_evidence',
        closesAs: null,
      })
      expect(decide(input({ ...two, results: [...two.results, vouched] })).answer).toBe('approve')
    }
    expect(decide(input({ tier: 'privileged', results: [link, passkey, silent] })).missingCount).toBe(1)
    for (const other of [{ mode: 'shadow' }, { status: 'pass' }, { status: 'not_applicable' }])
      expect(decide(input({ results: [link, { ...silent, ...other }] })).answer).toBe('approve')
  })

  it.each([
    'END_WEBDRIVER',
    'END_CDP',
    'END_HEADLESS_UA',
    'END_WORKER',
    'END_API_TAMPER',
    'END_TELEMETRY_FORGED',
    'PER_UNTRUSTED_EVENT',
    'NET_TOR_EXIT',
  ])('B5: %s asks for one kind more by default, however low the number that decides', (code) => {
    const sign = result(code, { status: 'flag' })
    expect(decide(input({ r: 0.1, results: [link, sign] }))).toMatchObject({
      answer: 'hold',
      reasons: [code, 'evidence_missing'],
      next: 'second_contact',
    })
    expect(decide(input({ r: 0.1, results: [link, secondCode, sign] }))).toMatchObject({
      answer: 'approve',
      reasons: [code],
    })
  })

  it('asks of a finding what the policy says: nothing, two kinds, one more, a supervisor, or an end', () => {
    const sign = result('PER_HOUR', { status: 'flag' })
    const under = (ask: Ask, results: readonly ResultFacts[], change: Partial<DecideInput> = {}) => {
      const usual = defaultPolicy()
      const policy = { ...usual, score: { ...usual.score, checks: { PER_HOUR: { asks: ask } } } }
      return decide(input({ ...change, policy, results: [...results, sign] }))
    }
    const privileged = { tier: 'privileged' } as const
    const two = [link, secondCode]
    expect(under('points', [link]).answer).toBe('approve')
    expect(under('two_kinds', [link])).toMatchObject({ answer: 'hold', missingCount: 1 })
    expect(under('two_kinds', two, privileged)).toMatchObject({ missingCount: 0 })
    expect(under('one_more_kind', two, privileged)).toMatchObject({ missingCount: 1 })
    expect(under('one_more_kind', two).answer).toBe('approve')
    expect(under('supervisor', [link])).toMatchObject({ next: 'supervisor', missingCount: 1 })
    expect(under('supervisor', two)).toMatchObject({ next: 'supervisor', missingCount: 0, answer: 'hold' })
    expect(under('refuse', two)).toMatchObject({
      answer: 'refuse',
      reasons: ['PER_HOUR'],
      closesAs: 'failed',
    })
  })

  it('asks nothing for a check that is gone since the case was stored', () => {
    expect(decide(input({ results: [link, result('END_GONE', { status: 'flag' })] })).answer).toBe('approve')
  })

  it('asks two kinds where neither device nor network is known, unless the rule says otherwise', () => {
    const network = result('NET_NEW_ASN', { status: 'flag' })
    const device = (status: string) => result('END_NEW_DEVICE', { status })
    const of = (...results: ResultFacts[]) => decide(input({ r: 0.1, results: [link, ...results] }))
    // New, its key on another machine, never any before, and declined.
    for (const status of ['flag', 'info', 'not_applicable', 'unknown'])
      expect(of(network, device(status))).toMatchObject({
        answer: 'hold',
        reasons: ['new_place', 'evidence_missing'],
        next: 'second_contact',
      })
    expect(of(network, device('flag'), secondCode).answer).toBe('approve')
    expect(of(network, device('pass')).answer).toBe('approve')
    expect(of({ ...network, status: 'pass' }, device('flag')).answer).toBe('approve')
    expect(of({ ...network, mode: 'shadow' }, device('flag')).answer).toBe('approve')
    expect(of(network, { ...device('flag'), mode: 'shadow' }).answer).toBe('approve')
    const usual = defaultPolicy()
    const standard = { ...usual.rules.password_reset.standard, twoKindsWhenNew: false }
    const rules = { ...usual.rules, password_reset: { ...usual.rules.password_reset, standard } }
    const results = [link, network, device('flag')]
    expect(decide(input({ policy: { ...usual, rules }, results })).answer).toBe('approve')
  })

  it('B5: takes the mailbox of the account alone for no action on that account, unless the rule says otherwise', () => {
    const mailbox = result('POS_OTP', { group: ownMailboxGroup, evidenceClass: 'possession' })
    const of = (results: readonly ResultFacts[], change: Partial<DecideInput> = {}) =>
      decide(input({ r: 0.1, results, ...change }))
    for (const purpose of ['password_reset', 'account_unlock'] as const)
      expect(of([mailbox], { purpose })).toMatchObject({
        ...{ answer: 'hold', reasons: ['own_mailbox', 'evidence_missing'], missingCount: 1 },
        ...{ next: 'second_contact', evidence: ['possession'] },
      })
    expect(of([mailbox], { purpose: 'mfa_reset' })).toMatchObject({ missingCount: 1 })
    expect(of([mailbox], { purpose: 'identity_check' }).answer).toBe('approve')
    // A code to another mailbox of the account, and one that counts in no way, are nothing more.
    expect(of([mailbox, mailbox]).answer).toBe('hold')
    expect(of([mailbox, { ...link, mode: 'shadow' }]).answer).toBe('hold')
    for (const second of [link, passkey, vouched]) expect(of([mailbox, second]).answer).toBe('approve')
    expect(of([mailbox], { obtainable: ['approver'] }).next).toBe('approver')
    expect(of([mailbox], { obtainable: [] }).next).toBe('new_evidence')
    const usual = defaultPolicy()
    const standard = { ...usual.rules.password_reset.standard, twoKindsForOwnMailbox: false }
    const rules = { ...usual.rules, password_reset: { ...usual.rules.password_reset, standard } }
    expect(of([mailbox], { policy: { ...usual, rules } }).answer).toBe('approve')
    const asking = purposes.filter((purpose) => usual.rules[purpose].standard.twoKindsForOwnMailbox)
    expect(asking).toEqual(['password_reset', 'account_unlock', 'mfa_reset'])
  })

  it('takes a code to a second contact in place of questions, and closes where there is none', () => {
    const thin = input({ questions: 'not_possible' })
    expect(decide(thin)).toMatchObject({ answer: 'hold', next: 'second_contact', closesAs: null })
    expect(decide({ ...thin, results: [link, secondCode] }).answer).toBe('approve')
    for (const questions of ['not_possible', 'too_few'] as const)
      expect(decide(input({ questions, obtainable: [], policy: withoutApprovers }))).toMatchObject({
        answer: 'hold',
        next: 'close',
        closesAs: 'not_enough_questions',
      })
    expect(decide(input({ questions: 'not_wanted' })).answer).toBe('approve')
  })

  it('asks an approver where nothing else can be had, and ends with nobody turned away for want of data', () => {
    const thin = { questions: 'too_few', obtainable: ['approver'] } as const
    expect(decide(input(thin))).toMatchObject({ answer: 'hold', next: 'approver', closesAs: null })
    expect(decide(input({ ...thin, results: [link, vouched] })).answer).toBe('approve')
    expect(decide(input({ ...thin, obtainable: ['approver', 'second_contact'] })).next).toBe('second_contact')
    expect(decide(input({ ...thin, obtainable: [] }))).toMatchObject({ next: 'new_evidence', closesAs: null })
  })

  it('asks nobody to vouch where a yes could not complete the evidence', () => {
    const obtainable = ['approver'] as const
    expect(decide(input({ results: [], obtainable })).next).toBe('new_evidence')
    expect(decide(input({ purpose: 'mfa_reset', r: 6, obtainable })).next).toBe('new_evidence')
    expect(decide(input({ r: 6, obtainable })).next).toBe('approver')
    expect(decide(input({ r: 8, obtainable })).next).toBe('supervisor')
  })

  it('neither asks nor counts an approver where the rule does not', () => {
    const given = { questions: 'not_possible', obtainable: ['approver'], policy: withoutApprovers } as const
    const decision = decide(input({ ...given, results: [link, vouched] }))
    expect(decision).toMatchObject({ answer: 'hold', evidence: ['possession'] })
    expect(decision.next).not.toBe('approver')
    expect(decision.missingClasses).not.toContain('approver')
  })

  it('asks one kind of evidence more behind a closed gate, however low the number that decides', () => {
    expect(decide(input({ questions: 'gate_closed', results: [link] }))).toMatchObject({ missingCount: 1 })
    expect(decide(input({ results: [link] }))).toMatchObject({ missingCount: 0 })
  })

  it('hands a closed gate to a supervisor', () => {
    expect(decide(input({ questions: 'gate_closed', results: [link, secondCode] }))).toMatchObject({
      answer: 'hold',
      next: 'supervisor',
      reasons: ['gate_closed'],
    })
  })

  it('keeps privileged people on hold until a second person approves', () => {
    expect(decide(input({ tier: 'privileged' })).missingCount).toBe(1)
    expect(decide(input({ tier: 'privileged', results: [link, passkey] }))).toMatchObject({
      answer: 'hold',
      reasons: ['privileged', 'second_approval_needed'],
      next: 'second_approval',
    })
  })

  it('approves by itself only where the policy says so', () => {
    expect(decide(input())).toMatchObject({ answer: 'approve', next: 'agent', closesAs: null })
    const base = defaultPolicy()
    const rule = { ...base.rules.password_reset.standard, deciders: 'auto' as const }
    const policy: Policy = {
      ...base,
      rules: { ...base.rules, password_reset: { ...base.rules.password_reset, standard: rule } },
    }
    expect(decide(input({ policy }))).toMatchObject({ answer: 'approve', next: 'auto', closesAs: 'passed' })
    expect(decide(input({ purpose: 'mfa_reset', results: [link, passkey] }))).toMatchObject({
      answer: 'approve',
      next: 'supervisor',
    })
  })

  it('B4: holds where weighing unanswered questions as wrong would not approve', () => {
    expect(decide(input({ rDecideUnansweredWrong: 5.1 }))).toMatchObject({
      answer: 'hold',
      reasons: ['risk_elevated', 'evidence_missing', 'unanswered_questions'],
    })
  })
})

describe('evidence', () => {
  it('counts contacts, not secrets, and only what is live and passed', () => {
    expect(evidenceOf([link, link])).toEqual(['possession'])
    expect(evidenceOf([link, secondCode])).toEqual(['possession', 'second_contact'])
    expect(
      evidenceOf([
        { ...link, mode: 'shadow' },
        { ...passkey, status: 'info' },
      ]),
    ).toEqual([])
    const approver = result('POS_APPROVER', { evidenceClass: 'approver' })
    expect(evidenceOf([passkey, approver])).toEqual(['phishing_resistant', 'approver'])
  })

  it('B4: is nothing that an answer, a known device or a familiar network could be', () => {
    const codes = ['CHA_ANSWER', 'END_KNOWN_KEY', 'NET_CORP_EGRESS', 'POS_NUMBER_MATCH']
    expect(evidenceOf(codes.map((code) => result(code)))).toEqual([])
  })
})
