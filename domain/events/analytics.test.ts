import { describe, expect, it } from 'vitest'
import { analyticsPayload } from './analytics.ts'
import type { AnalyticsContext, AnalyticsVerification } from './analytics.ts'
import { analyticsFields, eventVersions, type EventPayload, type EventType } from './catalog.ts'

const verification: AnalyticsVerification = {
  startedAt: '2026-03-01T09:00:00.000Z',
  pseudonym: '7d0f5d3e-52f4-4a55-9f6f-0a8c0a4b8f10',
  purpose: 'password_reset',
  tier: 'standard',
  channel: 'sms',
  referrerKind: 'agent',
  referrerId: 'b1a4b0de-93a6-4b76-8f0d-6d6f4b8b5f11',
}
const agent = { kind: 'agent', id: verification.referrerId ?? '', name: 'Maria Okafor' } as const
const context: AnalyticsContext = { actor: agent, verification }

describe('the fields of an event that analytics get', () => {
  it('carries the verification, the actor and the fields of its type', () => {
    const payload = {
      riskTenths: 34,
      band: 'guarded',
      reasons: ['NET_NEW_COUNTRY', 'CHA_ANSWER'],
      correct: 2,
    }
    expect(analyticsPayload({ type: 'verification.scored', payload }, context)).toEqual({
      ...verification,
      actorKind: 'agent',
      actorId: agent.id,
      ...payload,
    })
  })

  it('E8: leaves out names, free text, contacts and ids of participants', () => {
    const wide = { ...verification, personId: 'ada', name: 'Ada Lindt' }
    const payload = { rating: 'easy', comment: 'call me on +44 1632 960001', email: 'ada@northwind.example' }
    const actor = { kind: 'participant', id: 'person-1' } as const
    const told = analyticsPayload({ type: 'feedback.given', payload }, { actor, verification: wide })
    expect(told).toEqual({ ...verification, actorKind: 'participant', actorId: null, rating: 'easy' })
  })

  it('E8: leaves out a value that is not of its kind', () => {
    const payload = {
      riskTenths: 3.4,
      band: 'ada.lindt',
      reasons: ['NET_TOR_EXIT', 'Ada Lindt', ''],
      correct: '2',
    }
    const told = analyticsPayload(
      { type: 'verification.scored', payload },
      { actor: agent, verification: null },
    )
    expect(told).toEqual({ actorKind: 'agent', actorId: agent.id, reasons: ['NET_TOR_EXIT'] })
  })

  it('E8: takes yes and no as such, codes as a list, and nothing of an event that analytics do not know', () => {
    const told = (type: Parameters<typeof analyticsPayload>[0]['type'], payload: EventPayload) =>
      analyticsPayload({ type, payload }, { actor: agent, verification: null })
    const about = { actorKind: 'agent', actorId: agent.id }
    expect(told('code.tried', { accepted: true, tries: 2 })).toEqual({ ...about, accepted: true, tries: 2 })
    expect(told('code.tried', { accepted: 'yes' })).toEqual(about)
    expect(told('verification.scored', { reasons: 'NET_TOR_EXIT' })).toEqual(about)
    const unknown = Object.keys(eventVersions).find((type) => !(type in analyticsFields)) as EventType
    expect(told(unknown, { accepted: true, tries: 2 })).toEqual(about)
  })

  it('names only events of the catalogue', () => {
    for (const type of Object.keys(analyticsFields)) expect(Object.keys(eventVersions)).toContain(type)
  })
})
