import { describe, expect, it } from 'vitest'
import { isCapReached } from './caps.ts'
import { defaultPolicy } from './defaults.ts'
import { isSecondKind, maySend, type SendContact, type SendCounts, type SendInput } from './may-send.ts'

const now = Date.UTC(2026, 10, 24, 12)
const hourMs = 3600 * 1000

const phone: SendContact = {
  channel: 'sms',
  origin: 'on_file',
  changedAt: now - 1000 * hourMs,
  lineType: 'mobile',
  country: 'DE',
  mailDomain: null,
  isOwnMailbox: false,
  numberCheck: null,
}
const mail: SendContact = {
  ...phone,
  channel: 'email',
  lineType: null,
  country: null,
  mailDomain: 'private',
}
const ownMailbox: SendContact = { ...mail, mailDomain: 'organisation', isOwnMailbox: true }

const counts: SendCounts = {
  sendsPerParticipant: [0, 0],
  sendsPerContact: [0],
  sendsPerPrefix: [0],
  sendsPerTenant: [0],
  startsPerAgent: [0, 0],
}

const input = (change: Partial<SendInput> = {}): SendInput => ({
  policy: defaultPolicy(),
  purpose: 'password_reset',
  tier: 'standard',
  role: 'agent',
  contact: phone,
  counts,
  now,
  isParticipantBlocked: false,
  isNeverViaHelpDesk: false,
  isOwnCase: false,
  ...change,
})

const at = (change: Partial<SendContact>): SendInput => input({ contact: { ...phone, ...change } })

describe('sending a link', () => {
  it('is allowed to an old contact on file, with its lifetime by channel', () => {
    expect(maySend(input())).toEqual({
      isAllowed: true,
      reasons: [],
      warnings: [],
      isForSupervisor: false,
      isEvidence: true,
      lifetimeSeconds: 600,
    })
    expect(maySend(input({ contact: mail })).isAllowed).toBe(true)
  })

  it('B7: is refused to a typed contact, which is never evidence', () => {
    expect(maySend(at({ origin: 'typed' }))).toMatchObject({
      isAllowed: false,
      reasons: ['typed_contact'],
      isEvidence: false,
      isForSupervisor: false,
    })
  })

  it.each(['voip', 'toll_free', 'premium_rate', 'shared_cost', 'pager', 'fixed_line'] as const)(
    'B18: is refused to %s',
    (lineType) => {
      expect(maySend(at({ lineType }))).toMatchObject({ isAllowed: false, reasons: ['line_type'] })
    },
  )

  it('B18: warns where the line type is not known', () => {
    expect(maySend(at({ lineType: null })).warnings).toEqual(['line_type_unknown'])
    expect(maySend(at({ lineType: 'fixed_line_or_mobile' })).warnings).toEqual([])
  })

  it('B19: needs a supervisor within 72 hours of a change, and is no evidence alone', () => {
    const changed = at({ changedAt: now - 71 * hourMs })
    expect(maySend(changed)).toMatchObject({
      isAllowed: false,
      reasons: ['contact_changed'],
      isForSupervisor: true,
      isEvidence: false,
    })
    expect(maySend({ ...changed, role: 'supervisor' })).toMatchObject({
      isAllowed: true,
      warnings: ['contact_changed_not_alone'],
      isEvidence: false,
    })
    expect(maySend(at({ changedAt: now - 72 * hourMs })).isAllowed).toBe(true)
    expect(maySend(at({ changedAt: null }))).toMatchObject({
      isAllowed: true,
      warnings: ['age_unknown_not_alone'],
      isEvidence: false,
    })
  })

  it('B20: what the carrier says of a number counts as policy says, and leaves no evidence where there is a doubt', () => {
    const { contacts, ...rest } = defaultPolicy()
    const policy = { ...rest, contacts: { ...contacts, checkNumbers: true } }
    const said = (numberCheck: SendContact['numberCheck'], change: Partial<typeof contacts> = {}) =>
      maySend({
        ...at({ numberCheck }),
        policy: { ...policy, contacts: { ...policy.contacts, ...change } },
      })
    expect(said('unchanged')).toMatchObject({ isAllowed: true, isEvidence: true })
    for (const doubt of ['swapped', 'unknown', 'timeout'] as const) {
      expect(said(doubt)).toMatchObject({ isAllowed: true, isEvidence: false })
      expect(said(doubt, { numbersRefused: [doubt] }).reasons).toEqual(['number_in_doubt'])
      expect(said(doubt, { numbersNotAlone: [] }).isEvidence).toBe(true)
    }
  })

  it('H3: is refused to a country that is not switched on or not known, and to a throw-away mailbox', () => {
    expect(maySend(at({ country: 'LV' })).reasons).toEqual(['country_off'])
    expect(maySend(at({ country: null })).reasons).toEqual(['country_off'])
    expect(maySend(input({ contact: mail })).isAllowed).toBe(true)
    expect(maySend(input({ contact: { ...mail, mailDomain: 'disposable' } })).reasons).toEqual([
      'disposable_mail',
    ])
  })

  it('is refused, for that reason alone, to a contact whose value does not open', () => {
    const said = maySend(at({ origin: 'unreadable', country: null }))
    expect(said).toMatchObject({ isAllowed: false, reasons: ['unreadable'] })
  })

  it('B21: warns that SMS alone never completes a privileged case', () => {
    expect(maySend(input({ tier: 'privileged' })).warnings).toEqual([
      'sms_not_alone',
      'second_kind_needed',
      'second_approval_needed',
    ])
    expect(maySend(input({ tier: 'privileged', contact: mail })).warnings).not.toContain('sms_not_alone')
  })

  it('B21: two numbers are one kind of evidence, so a privileged case never completes by SMS alone', () => {
    const privileged = { tier: 'privileged' } as const
    expect(isSecondKind(input(privileged), phone)).toBe(false)
    expect(isSecondKind(input(privileged), mail)).toBe(true)
    expect(isSecondKind(input({ ...privileged, contact: mail }), phone)).toBe(true)
    expect(isSecondKind(input({ ...privileged, contact: mail }), mail)).toBe(true)
  })

  it('B5: two mailboxes of the account are one kind of evidence; one of them beside any other contact is two', () => {
    const second = (contact: SendContact, first: SendContact) => isSecondKind(input({ contact }), first)
    expect(second(ownMailbox, ownMailbox)).toBe(false)
    expect(second(mail, ownMailbox)).toBe(true)
    expect(second(ownMailbox, mail)).toBe(true)
    expect(second(phone, ownMailbox)).toBe(true)
    expect(second(ownMailbox, phone)).toBe(true)
  })

  it('B5: says before it is sent that the mailbox of the account is not enough, where the rule says so', () => {
    const warnings = (purpose: SendInput['purpose'], contact = ownMailbox) =>
      maySend(input({ purpose, contact })).warnings
    expect(warnings('password_reset')).toEqual(['own_mailbox_not_alone'])
    expect(warnings('account_unlock')).toEqual(['own_mailbox_not_alone'])
    expect(warnings('mfa_reset')).toEqual(['own_mailbox_not_alone', 'second_kind_needed'])
    expect(warnings('identity_check')).toEqual([])
    expect(warnings('password_reset', mail)).toEqual([])
    const policy = defaultPolicy()
    const score = { ...policy.score, onlyRecorded: { own_mailbox: true } }
    const recording = {
      purpose: 'password_reset',
      contact: ownMailbox,
      policy: { ...policy, score },
    } as const
    expect(maySend(input(recording)).warnings).toEqual([])
  })

  it.each([
    ['B18: an internet telephone', { lineType: 'voip' }],
    ['B19: a number that changed yesterday', { changedAt: now - 24 * hourMs }],
    ['B19: a number of unknown age', { changedAt: null }],
    ['H3: a number of a country that is off', { country: 'LV' }],
    ['H3: a number of no country', { country: null }],
    ['B7: a typed number', { origin: 'typed' }],
  ] as const)('%s is no second kind of evidence, whatever the role of the sender', (_name, change) => {
    expect(isSecondKind({ ...at(change), role: 'supervisor' }, mail)).toBe(false)
  })

  it('is refused by a channel that the rule does not offer', () => {
    const base = defaultPolicy()
    const rule = { ...base.rules.password_reset.standard, channels: ['email'] as const }
    const policy = {
      ...base,
      rules: { ...base.rules, password_reset: { ...base.rules.password_reset, standard: rule } },
    }
    expect(maySend(input({ policy })).reasons).toEqual(['channel_not_offered'])
  })

  it.each([
    ['sendsPerParticipant', [3, 3], 'participant_limit'],
    ['sendsPerParticipant', [0, 6], 'participant_limit'],
    ['sendsPerContact', [3], 'contact_limit'],
    ['sendsPerPrefix', [10], 'prefix_limit'],
    ['sendsPerTenant', [2_000], 'tenant_limit'],
    ['startsPerAgent', [20, 20], 'agent_limit'],
    ['startsPerAgent', [0, 100], 'agent_limit'],
  ] as const)('H3, D8: is refused at the cap of %s (%o)', (name, reached, reason) => {
    expect(maySend(input({ counts: { ...counts, [name]: reached } })).reasons).toEqual([reason])
    const below = reached.map((count) => Math.max(0, count - 1))
    expect(maySend(input({ counts: { ...counts, [name]: below } })).isAllowed).toBe(true)
  })

  it('B9, D3, D7: is refused for a blocked participant, a protected account, the own case', () => {
    const all = { isParticipantBlocked: true, isNeverViaHelpDesk: true, isOwnCase: true }
    expect(maySend(input(all)).reasons).toEqual(['never_via_help_desk', 'own_case', 'participant_blocked'])
  })

  it('names every reason at once, and then a supervisor does not help', () => {
    const answer = maySend(at({ changedAt: now, lineType: 'voip' }))
    expect(answer.reasons).toEqual(['line_type', 'contact_changed'])
    expect(answer.isForSupervisor).toBe(false)
  })
})

describe('caps', () => {
  it('fail closed where a count is missing', () => {
    expect(isCapReached([{ max: 3, seconds: 60 }], [])).toBe(true)
    expect(isCapReached([{ max: 3, seconds: 60 }], [2])).toBe(false)
    expect(isCapReached([], [])).toBe(false)
  })
})
