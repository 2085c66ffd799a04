import { describe, expect, it } from 'vitest'
import { eventRow, factRow } from './rows.ts'
import { events, verifications } from './tables.ts'
import { eventsOf } from './testing/story.ts'
import type { Story } from './testing/story.ts'

const tenantId = '6f2c2f38-2a55-4d2e-9a3e-0d6f6b5a7c11'
const started = '2026-03-02T09:00:00.000Z'
const first = (...happened: Story['happened']) => {
  const [event] = eventsOf({ tenantId, startedAt: started, happened })
  if (event === undefined) throw new Error('A story needs an event.')
  return event
}

describe('the row of an event', () => {
  it('is flat and fits its table', () => {
    const event = first([
      5,
      'answer.stored',
      { family: 'manager', verdict: 'correct', secondsTenths: 123, timedOut: false },
    ])
    const row = events.row.parse(eventRow(event))
    expect(row).toMatchObject({
      tenant_id: tenantId,
      type: 'answer.stored',
      occurred_at: '2026-03-02 09:00:05.000',
      family: 'manager',
      verdict: 'correct',
      seconds_tenths: 123,
      timed_out: false,
      accepted: null,
      purpose: 'password_reset',
    })
  })

  it('takes a payload that is nothing, or odd, as one that says nothing', () => {
    const event = first([0, 'verification.scored'])
    for (const payload of [
      null,
      'text',
      7,
      [],
      { riskTenths: 1e12, band: 5, reasons: 'x', startedAt: 'soon' },
    ]) {
      expect(events.row.parse(eventRow({ ...event, payload }))).toMatchObject({
        risk_tenths: null,
        band: '',
        reasons: [],
      })
      expect(factRow({ ...event, payload })).toBeNull()
    }
  })

  it('has a place for an event that is about no verification', () => {
    const event = { ...first([0, 'staff.signed_in']), verificationId: null }
    expect(events.row.parse(eventRow(event)).verification_id).toBe('00000000-0000-0000-0000-000000000000')
    expect(factRow(event)).toBeNull()
  })
})

describe('what an event adds to its verification', () => {
  it('is its start, what it is about, and its own fact', () => {
    const payload = {
      riskTenths: 34,
      band: 'guarded',
      correct: 2,
      partial: 1,
      skipped: 4,
      reasons: ['CHA_ANSWER', 'CHA_ANSWER'],
    }
    const row = verifications.row.parse(factRow(first([60, 'verification.scored', payload])))
    expect(row.started_at).toBe('2026-03-02 09:00:00.000')
    expect(row.about).toMatchObject({
      at: '2026-03-02 09:01:00.000',
      purpose: 'password_reset',
      channel: 'sms',
    })
    expect(row.scoring).toEqual({
      at: '2026-03-02 09:01:00.000',
      risk_tenths: 34,
      band: 'guarded',
      correct: 2,
      judged: 3,
      reasons: ['CHA_ANSWER'],
    })
    expect(row).not.toHaveProperty('closing')
  })

  it('is nothing for a delivery that failed, a scanner, and an end without an outcome', () => {
    expect(factRow(first([1, 'link.delivery_reported', { status: 'undelivered' }]))).not.toHaveProperty(
      'delivered_at',
    )
    expect(factRow(first([1, 'link.page_seen', { scannerLike: true }]))).not.toHaveProperty('seen_at')
    expect(factRow(first([1, 'link.page_seen']))).toHaveProperty('seen_at')
    expect(factRow(first([1, 'verification.closed']))).not.toHaveProperty('closing')
  })
})
